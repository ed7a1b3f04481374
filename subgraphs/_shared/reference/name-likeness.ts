import { foldName } from "./person-names.ts";

/** Rule of similarity of two names: the same folded text, the same sound if `sound`, or at most `slips` typing errors. */
export type NameRule = { readonly sound: boolean; readonly slips: number };

/**
 * Spellings that sound alike in some region of Viet Nam, for folded syllables: each form and its replacement. Initials come before
 * finals, and longer forms before shorter ones.
 */
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/^ngh/, "ng"],
  [/^gh/, "g"],
  [/^ph/, "f"],
  [/^(?:gi|r)(?=[aeiouy])/, "d"],
  [/^tr/, "ch"],
  [/^x/, "s"],
  [/^(?:k|q)(?=u?[aeiouy])/, "c"],
  [/^l/, "n"],
  [/y/g, "i"],
  [/(?<=[aeiou])(?:nh|ng)$/, "n"],
  [/(?<=[aeiou])(?:c|ch)$/, "t"],
];

/** Sound of a name without its tones, such as "ngien dut fat" for "Nghiêng Dức Phát". */
export function soundOf(name: string): string {
  return foldName(name)
    .replace(/[^a-z ]/g, "")
    .split(" ")
    .map((syllable) => SOUNDS.reduce((sound, [form, written]) => sound.replace(form, written), syllable))
    .join(" ");
}

/**
 * Number of insertions, deletions, replacements and swaps of neighbours that turn one text into the other (optimal string
 * alignment); `limit` + 1 where there are more than `limit`.
 */
export function editDistance(a: string, b: string, limit: number): number {
  const [from, to] = [[...a], [...b]];
  if (Math.abs(from.length - to.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = to.map((_, column) => column + 1);
  last.unshift(0);
  for (const [row, letter] of from.entries()) {
    const current = [row + 1];
    for (const [column, other] of to.entries()) {
      const replaced = at(last, column) + (letter === other ? 0 : 1);
      const swaps = row > 0 && column > 0 && letter === to[column - 1] && from[row - 1] === other;
      const swapped = swaps ? at(beforeLast, column - 1) + 1 : Number.POSITIVE_INFINITY;
      current.push(Math.min(replaced, swapped, at(last, column + 1) + 1, at(current, column) + 1));
    }
    [beforeLast, last] = [last, current];
  }
  return Math.min(at(last, to.length), limit + 1);
}

/** True if two names are similar by a rule. */
export function areLikeNames(a: string, b: string, { sound, slips }: NameRule): boolean {
  const [foldedA, foldedB] = [foldName(a), foldName(b)];
  if (foldedA === foldedB) return true;
  if (sound && soundOf(a) === soundOf(b)) return true;
  return slips > 0 && editDistance(foldedA, foldedB, slips) <= slips;
}

function at(numbers: readonly number[], place: number): number {
  return numbers[place] ?? Number.POSITIVE_INFINITY;
}
