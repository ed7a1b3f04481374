import type { AnswerState, SagaState } from "../../subgraphs/one-stop/saga/state.ts";
import type { Schedule } from "./schedule.ts";
import { between, type Random } from "./seeded-random.ts";
import type { Store } from "./simulated-store.ts";
import type { Timeline } from "./timeline.ts";

const LATEST_MS = 6 * 3_600_000;

/** Officers and citizens who act on open parts, and the end of the citizens' terms. */
export type People = {
  /** Plans an act on each part that waits for somebody. Call after every change. */
  readonly look: () => void;
};

/**
 * Each waiting part may get one act for each state in which it waits: a decision, an answer to a supplement, or its expiry,
 * which two processes notice at once.
 */
export function simulatedPeople(
  { people }: Schedule,
  { store, time, random }: { store: Store; time: Timeline; random: Random },
  write: (change: () => void) => void,
): People {
  const planned = new Set<string>();

  function act(key: string): void {
    const step = store.state.steps.find((each) => each.key === key);
    if (step?.state === "PROCESSING") {
      const decision: AnswerState = random() < 0.5 ? "GRANTED" : "REFUSED";
      write(() => store.instruct({ kind: "INSTRUCTED", step: key, instruction: "DECIDE" }, decision, time.now));
    } else if (step?.state === "SUPPLEMENT_NEEDED" && random() < 0.5) {
      write(() => store.instruct({ kind: "INSTRUCTED", step: key, instruction: "ANSWER" }, "GRANTED", time.now));
    } else if (step?.state === "SUPPLEMENT_NEEDED") {
      for (let processes = 2; processes > 0; processes -= 1)
        write(() => store.instruct({ kind: "SUPPLEMENT_EXPIRED", step: key }, "REFUSED", time.now));
    }
  }

  return {
    look() {
      for (const { key, state } of waiting(store.state)) {
        if (planned.has(`${key} ${state}`)) continue;
        planned.add(`${key} ${state}`);
        if (random() < people) time.plan(between(random, 10, LATEST_MS), () => act(key));
      }
    },
  };
}

function waiting({ steps }: SagaState) {
  return steps.filter(({ state }) => state === "PROCESSING" || state === "SUPPLEMENT_NEEDED");
}
