import type { Context } from "../../_shared/serving/context.ts";
import { reportUnavailable } from "../../_shared/serving/unavailable-agencies.ts";
import type { StepRow } from "./types.ts";
import { isUnanswered } from "./waiting.ts";

/** Reports the agencies that have not responded to the last call of a step, also of a step that is no part. */
export function reportSilentAgencies(ctx: Pick<Context, "unavailable">, steps: readonly StepRow[]): void {
  for (const step of steps) {
    if (isUnanswered(step) && step.firstSentAt) reportUnavailable(ctx, step.agency, step.firstSentAt);
  }
}
