import { type LegalDay, parseLegalDay } from "../../_shared/reference/days.ts";
import { parseFreeText } from "../../_shared/reference/person-names.ts";
import type { Problems } from "../../_shared/registers/act-problems.ts";
import { eventInFuture } from "../errors.ts";
import { readPerson } from "../persons/read-person.ts";
import type { RecordedPerson } from "../persons/recorded.ts";
import { periodReversed } from "./errors.ts";
import type { MaritalConfirmationInput } from "./input.ts";

const LONGEST_PURPOSE = 500;

type Period = { from: LegalDay; to: LegalDay };

/** Facts of a confirmation that are kept as one text. */
export type ConfirmationDetails = { person: RecordedPerson; purpose: string; period: Period | null };

/** The confirmation of an input; undefined, with all problems, if a value is unreadable. */
export function readConfirmation(
  input: MaritalConfirmationInput,
  on: LegalDay,
  problems: Problems,
): ConfirmationDetails | undefined {
  const person = readPerson(input.person, ["person"], problems);
  const purpose = problems.take(["purpose"], parseFreeText(input.purpose, LONGEST_PURPOSE));
  const period = input.period ? readPeriod(input.period, on, problems) : null;
  return person && purpose && period !== undefined ? { person, purpose, period } : undefined;
}

function readPeriod(raw: { from: string; to: string }, on: LegalDay, problems: Problems): Period | undefined {
  const from = problems.take(["period", "from"], parseLegalDay(raw.from));
  const to = problems.take(["period", "to"], parseLegalDay(raw.to));
  if (to && to > on) problems.add(["period", "to"], eventInFuture());
  if (from && to && to < from) problems.add(["period", "to"], periodReversed());
  return from && to ? { from, to } : undefined;
}
