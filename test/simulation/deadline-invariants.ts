import type { SagaState } from "../../subgraphs/one-stop/saga/state.ts";
import { invariantViolated } from "./invariant-violation.ts";

/** Checks of deadlines, with a separate measure of time, which runs while no supplement, payment or draft certificate is open. */
export function deadlineInvariants(termMs: number): {
  changed(before: SagaState, after: SagaState, now: number): void;
} {
  let awaitedMs = 0;
  let awaitedSince: number | null = null;
  return {
    changed(before, after, now) {
      const isNew = after.marks.length > before.marks.length;
      const isAwaited =
        after.steps.some(({ state }) => state === "SUPPLEMENT_NEEDED") ||
        after.payment?.state === "PENDING" ||
        after.certificate === "AWAITED";
      if (isNew && isAwaited) throw invariantViolated("a deadline is acted on while the citizen is awaited");
      const runningMs = now - awaitedMs;
      if (isNew && runningMs < termMs - 1)
        throw invariantViolated(`the term is over after ${Math.round(runningMs)} of ${Math.round(termMs)} ms`);
      if (isAwaited) awaitedSince ??= now;
      else if (awaitedSince !== null) {
        awaitedMs += now - awaitedSince;
        awaitedSince = null;
      }
      if (new Set(after.marks).size !== after.marks.length) throw invariantViolated("a deadline is marked twice");
    },
  };
}
