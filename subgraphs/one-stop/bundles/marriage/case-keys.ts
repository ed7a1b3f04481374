import { foldName } from "../../../_shared/reference/person-names.ts";

type Person = { personalId: string | null };

/** One key for a couple in any order, until its dossier is over: the register refuses a second marriage, and a couple may marry again. */
export function coupleKey(husband: Person, wife: Person): string {
  return `couple:${[husband.personalId, wife.personalId].sort().join("+")}`;
}

/** Key of a confirmation of the marital status: one is enough for a purpose. */
export function confirmationKey({ personalId }: Person, purpose: string): string {
  return `confirmation:${personalId}|${foldName(purpose)}`;
}
