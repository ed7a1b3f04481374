import type { Relation } from "../_shared/reference/relations.ts";

/** What each relation to the head of a household is, in English, where the list has the Vietnamese term. */
export const MEANINGS: Readonly<Record<Relation, string>> = {
  HEAD: "The head of the household",
  WIFE: "Wife",
  HUSBAND: "Husband",
  CHILD: "Child by birth",
  ADOPTED_CHILD: "Adopted child",
  DAUGHTER_IN_LAW: "Daughter-in-law",
  SON_IN_LAW: "Son-in-law",
  FATHER: "Father by birth",
  MOTHER: "Mother by birth",
  ADOPTIVE_FATHER: "Adoptive father",
  ADOPTIVE_MOTHER: "Adoptive mother",
  HUSBANDS_FATHER: "Father of the husband",
  HUSBANDS_MOTHER: "Mother of the husband",
  WIFES_FATHER: "Father of the wife",
  WIFES_MOTHER: "Mother of the wife",
  PATERNAL_GRANDFATHER: "Grandfather on the father's side",
  PATERNAL_GRANDMOTHER: "Grandmother on the father's side",
  MATERNAL_GRANDFATHER: "Grandfather on the mother's side",
  MATERNAL_GRANDMOTHER: "Grandmother on the mother's side",
  OLDER_BROTHER: "Older brother",
  OLDER_SISTER: "Older sister",
  YOUNGER_SIBLING: "Younger brother or sister",
  GRANDCHILD: "Grandchild; the Vietnamese term also covers nephew and niece by blood",
  GUARDIAN: "Guardian",
  WARD: "Ward of a guardian",
  GUEST: "Lives there by courtesy",
  BORROWER: "Lives there on loan of the dwelling",
  TENANT: "Lives there as a tenant",
  FELLOW_GUEST: "Lives there by courtesy together with the head",
  FELLOW_TENANT: "Lives there as a tenant together with the head",
  OTHER: "Another relation",
};

const DESCENDANTS: ReadonlySet<string> = new Set<Relation>(["CHILD", "ADOPTED_CHILD", "GRANDCHILD"]);

/** True if a newborn of the household can be this to its head by descent alone, so that nobody need look into it. */
export function isDescendant(relation: string): boolean {
  return DESCENDANTS.has(relation);
}
