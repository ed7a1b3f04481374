import { foldName } from "../../../_shared/reference/person-names.ts";

type Case = {
  deceased: { personalId: string | null; fullName: string; dateOfBirth: string };
  death: { diedOn: string };
};

/** Key of a death: the deceased, and without a personal number also the day, because names and years recur. */
export function deceasedKeys({ deceased: { personalId, fullName, dateOfBirth }, death: { diedOn } }: Case): string[] {
  return [`deceased:${personalId ?? `${foldName(fullName)}|${dateOfBirth}|${diedOn}`}`];
}
