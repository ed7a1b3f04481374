import { addDays, fullYearsBetween, type LegalDay, parseLegalDay } from "../../_shared/reference/days.ts";
import type { Path, Problems } from "../../_shared/registers/act-problems.ts";
import { termOver, termTooLong } from "./errors.ts";

/** First and last day of a temporary residence. */
export type Term = { startsOn: LegalDay; endsOn: LegalDay };

/** Longest term, Law on Residence 68/2020, art. 27 (2). */
const LONGEST_YEARS = 2;
/** Days before the last one in which a term is renewed, art. 28 (3). */
export const RENEWAL_DAYS = 15;

/** Reads a term that begins on a day; undefined, with problems, unless it ends in time. */
export function readTerm(startsOn: LegalDay, lastDay: string, path: Path, problems: Problems): Term | undefined {
  const endsOn = problems.take(path, parseLegalDay(lastDay));
  if (!endsOn) return undefined;
  if (endsOn < startsOn) problems.add(path, termOver());
  else if (fullYearsBetween(startsOn, addDays(endsOn, -1)) >= LONGEST_YEARS) problems.add(path, termTooLong());
  else return { startsOn, endsOn };
  return undefined;
}

/** First day on which a term may be renewed. */
export function renewableFrom({ endsOn }: Pick<Term, "endsOn">): LegalDay {
  return addDays(endsOn, -RENEWAL_DAYS);
}
