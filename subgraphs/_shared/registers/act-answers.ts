import type { ActRow } from "./acts-table.ts";
import type { Agency } from "./agency-type.ts";
import type { ActOutcome } from "./perform-act.ts";
import { type Problem, problemOf } from "./problem-type.ts";

/** Description of the argument `idempotencyKey`. */
export const KEY = "1 to 200 printable ASCII characters; the same key acts once (khóa chống trùng).";

/** An act for clients. */
type ShownAct<Kind extends string> = Omit<ActRow<Kind>, "owner"> & { recordedBy: string };

export function actOf<Kind extends string>({ owner, ...act }: ActRow<Kind>): ShownAct<Kind> {
  return { ...act, recordedBy: owner };
}

/** Makes the function that shows the outcome of an act of an agency to clients. */
export function answersOf({ agency, vi, en }: { agency: Agency["code"]; vi: string; en: string }) {
  const raisedBy = { code: agency, name: vi, nameEn: en };
  return <Kind extends string>({
    act,
    problems,
  }: ActOutcome<Kind>): { act: ShownAct<Kind> | null; problems: Problem[] } => ({
    act: act && actOf(act),
    problems: problems.map((problem) => problemOf(problem, raisedBy)),
  });
}
