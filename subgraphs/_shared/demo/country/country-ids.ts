import { type SeededRandom, seededRandom } from "../population-random.ts";
import type { Country } from "./types.ts";

/** Kinds of entries that have ids of their own; the place in the list is part of an id. */
const KINDS = [
  "PERSON",
  "HOUSEHOLD",
  "RESIDENCY",
  "BIRTH",
  "MARRIAGE",
  "DEATH",
  "CARD",
  "CERTIFICATE",
  "BUSINESS",
  "LICENCE",
  "DOSSIER",
  "STEP",
] as const;

/** UUID version 7 (RFC 9562, section 5.7) of the day of an entry, as yyyy-MM-dd: the number of the entry makes it the only one of its kind. */
export function countryId(
  { seed }: Pick<Country, "seed">,
  kind: (typeof KINDS)[number],
  number: number,
  day: string,
): string {
  const hex = (value: number, width: number) => value.toString(16).padStart(width, "0").slice(-width);
  const time = hex(Math.max(0, Date.parse(`${day}T00:00:00Z`)), 12);
  const place = hex(number, 9);
  const random = seededRandom(seed);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(KINDS.indexOf(kind), 3)}-8${hex(random.below(2 ** 12), 3)}-${place}${hex(random.below(2 ** 12), 3)}`;
}

/** Random numbers about the n-th entry of a kind, by the country's seed. */
export function countryRandom({ seed }: Country, kind: (typeof KINDS)[number], number: number): SeededRandom {
  const random = seededRandom(seed ^ Math.imul(KINDS.indexOf(kind) + 1, 0x85ebca6b));
  return seededRandom(random.below(2 ** 31) ^ number);
}
