import type { SubmittableKind } from "../acceptance/application.ts";
import type { Submission, Submitted } from "../acceptance/submission.ts";
import { submitRequest } from "../acceptance/submission.ts";
import type { Facts } from "../definitions/dossier-kind.ts";
import type { OneStopContext } from "../loaders.ts";
import type { RefileChanges } from "./input.ts";

/** A part that has ended, the request and the facts of its dossier, and the changes of the new request. */
export type RefiledPart<Request> = { stepKey: string; request: Request; facts: Facts; changes: RefileChanges };

/**
 * Submission of the new request, or the change that does not belong to the part. `ANEW`: no form follows from the request of the
 * bundle, so the part's procedure is submitted anew. `AT_AGENCY`: the part is a stage of a procedure whose registration stands, which
 * the agency completes by its own acts.
 */
export type Refiling =
  | {
      kind: "SUBMIT";
      /** The change that replaces the whole request. */
      whole: keyof RefileChanges | null;
      submit(submission: Submission, ctx: OneStopContext): Promise<Submitted>;
    }
  | { kind: "OUTSIDE"; change: string }
  | { kind: "ANEW" }
  | { kind: "AT_AGENCY" };

export function refiling<Input, Request extends object>(
  kind: SubmittableKind<Input, Request>,
  input: Input,
  whole: keyof RefileChanges | null = null,
): Refiling {
  return { kind: "SUBMIT", whole, submit: (submission, ctx) => submitRequest(kind, input, submission, ctx) };
}

/** The first given change that does not belong to the part; null if all do. */
export function pathOutside(changes: RefileChanges, allowed: readonly (keyof RefileChanges)[]): Refiling | null {
  const given = Object.entries(changes).filter(([, value]) => value !== null && value !== undefined);
  const change = given.map(([name]) => name).find((name) => !allowed.some((each) => each === name));
  return change === undefined ? null : { kind: "OUTSIDE", change };
}
