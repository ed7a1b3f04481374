/**
 * Relation to the child of a person who may declare a birth (người đi đăng ký khai sinh): English name → Vietnamese term.
 * Parents first; where they cannot, grandparents, other relatives, or the person or organisation that cares for the child
 * (Law on Civil Status 60/2014, art. 15 (1)); or a person whom a parent has authorized in writing (Circular 04/2020/TT-BTP).
 */
export const BIRTH_DECLARANTS = {
  MOTHER: "Mẹ",
  FATHER: "Cha",
  PATERNAL_GRANDFATHER: "Ông nội",
  PATERNAL_GRANDMOTHER: "Bà nội",
  MATERNAL_GRANDFATHER: "Ông ngoại",
  MATERNAL_GRANDMOTHER: "Bà ngoại",
  OLDER_BROTHER: "Anh ruột",
  OLDER_SISTER: "Chị ruột",
  UNCLE: "Chú, bác, cậu ruột",
  AUNT: "Cô, dì, bác ruột",
  OTHER_RELATIVE: "Người thân thích khác",
  GUARDIAN: "Người giám hộ",
  CARER: "Cá nhân đang nuôi dưỡng trẻ em",
  CARE_ORGANISATION: "Đại diện tổ chức đang nuôi dưỡng trẻ em",
  AUTHORISED: "Người được cha hoặc mẹ ủy quyền",
  OTHER: "Người khác",
} as const;

export type BirthDeclarant = keyof typeof BIRTH_DECLARANTS;

export function isBirthDeclarant(text: string): text is BirthDeclarant {
  return Object.hasOwn(BIRTH_DECLARANTS, text);
}

/** Declarants whose right an officer verifies: it depends on a paper or on the parents' inability. */
const VERIFIED: ReadonlySet<string> = new Set<BirthDeclarant>([
  "OTHER_RELATIVE",
  "GUARDIAN",
  "CARER",
  "CARE_ORGANISATION",
  "AUTHORISED",
  "OTHER",
]);

/** True if an officer verifies the right of a declarant of this relation. */
export function isVerifiedDeclarant(relation: string): boolean {
  return VERIFIED.has(relation);
}
