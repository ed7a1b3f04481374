/**
 * Relation to the head of household (quan hệ với chủ hộ): English name → Vietnamese term of form CT01
 * (Circular 66/2023/TT-BCA and its successors).
 */
export const RELATIONS = {
  HEAD: "Chủ hộ",
  WIFE: "Vợ",
  HUSBAND: "Chồng",
  CHILD: "Con đẻ",
  ADOPTED_CHILD: "Con nuôi",
  DAUGHTER_IN_LAW: "Con dâu",
  SON_IN_LAW: "Con rể",
  FATHER: "Cha đẻ",
  MOTHER: "Mẹ đẻ",
  ADOPTIVE_FATHER: "Cha nuôi",
  ADOPTIVE_MOTHER: "Mẹ nuôi",
  HUSBANDS_FATHER: "Cha chồng",
  HUSBANDS_MOTHER: "Mẹ chồng",
  WIFES_FATHER: "Cha vợ",
  WIFES_MOTHER: "Mẹ vợ",
  PATERNAL_GRANDFATHER: "Ông nội",
  PATERNAL_GRANDMOTHER: "Bà nội",
  MATERNAL_GRANDFATHER: "Ông ngoại",
  MATERNAL_GRANDMOTHER: "Bà ngoại",
  OLDER_BROTHER: "Anh ruột",
  OLDER_SISTER: "Chị ruột",
  YOUNGER_SIBLING: "Em ruột",
  GRANDCHILD: "Cháu ruột",
  GUARDIAN: "Người giám hộ",
  WARD: "Người được giám hộ",
  GUEST: "Ở nhờ",
  BORROWER: "Ở mượn",
  TENANT: "Ở thuê",
  FELLOW_GUEST: "Cùng ở nhờ",
  FELLOW_TENANT: "Cùng ở thuê",
  OTHER: "Khác",
} as const;

export type Relation = keyof typeof RELATIONS;

export function isRelation(text: string): text is Relation {
  return Object.hasOwn(RELATIONS, text);
}
