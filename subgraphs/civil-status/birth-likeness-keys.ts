import { createHash } from "node:crypto";
import { soundOf } from "../_shared/reference/name-likeness.ts";
import type { BirthContent, RecordedParent } from "./contents.ts";

/** Facts by which two births are compared. */
export type ComparedBirth = {
  child: { fullName: string; sex: string; dateOfBirth: string; birthNotice: string | null };
  multipleBirth: { order: number; of: number } | null;
  mother: RecordedParent | null;
  father: RecordedParent | null;
};

export function comparedBirth({ child, mother, father }: BirthContent): ComparedBirth {
  const { fullName, sex, dateOfBirth, birthNotice, multipleBirth } = child;
  return { child: { fullName, sex, dateOfBirth, birthNotice }, multipleBirth, mother, father };
}

/** Keys under which a birth is stored for the search of possible duplicates: parents' numbers, sounds of names, months. */
export function likenessKeys(birth: ComparedBirth): string[] {
  return [...personKeys(birth), ...monthKeys(birth, [0])];
}

/**
 * Keys as they are stored: the first four bytes of their SHA-256 digests. Two keys with one digest only make a candidate more, which
 * the rules compare.
 */
export function storedLikenessKeys(keys: readonly string[]): number[] {
  return [...new Set(keys.map((key) => createHash("sha256").update(key).digest().readInt32BE()))];
}

/** Keys under which possible duplicates of this birth are stored. */
export function keysToSearch(birth: ComparedBirth): string[] {
  return [...personKeys(birth), ...monthKeys(birth, [-1, 0, 1])];
}

function personKeys({ child, mother, father }: ComparedBirth): string[] {
  const parents = [mother, father].filter((parent) => parent !== null);
  return [
    ...parents.flatMap(({ personalId }) => (personalId ? [`parent:${personalId}`] : [])),
    ...parents.map(({ fullName }) => `names:${soundOf(child.fullName)}|${soundOf(fullName)}`),
  ];
}

/** Keys of a parent's name and the month of birth, which find a duplicate despite an error in the child's name. */
function monthKeys({ child, mother, father }: ComparedBirth, around: readonly number[]): string[] {
  const parent = mother ?? father;
  if (!parent || child.dateOfBirth.length < 7) return [];
  const month = Number(child.dateOfBirth.slice(0, 4)) * 12 + Number(child.dateOfBirth.slice(5, 7));
  return around.map((shift) => `month:${soundOf(parent.fullName)}|${month + shift}`);
}
