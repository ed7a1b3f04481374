import type { LegalDay } from "../../_shared/reference/days.ts";

/** Last number of a book in each year. */
export type LastNumbers = Map<number, number>;

/** Gives entries of one book of a commune the next numbers of their years, in the order of their days; counts `last` up. */
export function numbered<Entry extends { registeredOn: LegalDay }>(
  entries: readonly Entry[],
  last: LastNumbers,
): (Entry & { year: number; number: number })[] {
  return [...entries]
    .sort((a, b) => (a.registeredOn < b.registeredOn ? -1 : a.registeredOn > b.registeredOn ? 1 : 0))
    .map((entry) => {
      const year = Number(entry.registeredOn.slice(0, 4));
      const number = (last.get(year) ?? 0) + 1;
      last.set(year, number);
      return { ...entry, year, number };
    });
}
