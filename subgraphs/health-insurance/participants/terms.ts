import { type LegalDay, parseLegalDay } from "../../_shared/reference/days.ts";
import type { Problems } from "../../_shared/registers/act-problems.ts";
import { termEndsBefore, termInThePast } from "./errors.ts";

/** First and last day of a card's term; null: as long as contributions are paid. */
export type Term = { from: LegalDay; to: LegalDay | null };

/** Reads a term that begins today or later; undefined, with problems, unless it does. */
export function readTerm(
  { validFrom, validTo }: { validFrom: string; validTo?: string | null | undefined },
  today: LegalDay,
  problems: Problems,
): Term | undefined {
  const from = problems.take(["validFrom"], parseLegalDay(validFrom));
  const to = validTo == null ? null : problems.take(["validTo"], parseLegalDay(validTo));
  if (from && from < today) problems.add(["validFrom"], termInThePast());
  if (from && to && to < from) problems.add(["validTo"], termEndsBefore());
  return from && to !== undefined ? { from, to } : undefined;
}
