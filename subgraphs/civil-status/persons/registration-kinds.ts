import { parseFreeText } from "../../_shared/reference/person-names.ts";
import type { Problems } from "../../_shared/registers/act-problems.ts";
import { formerRegistrationRequired, reregistrationTooYoung } from "../errors.ts";

/** Way in which an event comes into the register. */
export type RegistrationKind = "REGISTERED" | "REREGISTERED" | "NOTED";

/** First day of which an event is not registered again: Decree 123/2015/NĐ-CP, art. 24. */
const FIRST_DAY_OF_THE_LAW = "2016-01-01";
const LONGEST_FORMER = 200;

type Registration = { kind: RegistrationKind; formerRegistration?: string | null };

/**
 * Number and office of the former registration; null for a first one. Adds a problem where it is missing, or where the event is too
 * young to be registered again.
 */
export function readFormerRegistration(
  { kind, formerRegistration }: Registration,
  happenedOn: string | undefined,
  problems: Problems,
): string | null {
  if (kind === "REGISTERED") return null;
  if (!formerRegistration) problems.add(["formerRegistration"], formerRegistrationRequired());
  if (kind === "REREGISTERED" && happenedOn && happenedOn >= FIRST_DAY_OF_THE_LAW)
    problems.add(["kind"], reregistrationTooYoung());
  if (!formerRegistration) return null;
  return problems.take(["formerRegistration"], parseFreeText(formerRegistration, LONGEST_FORMER)) ?? null;
}
