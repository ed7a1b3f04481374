import { isTerminal } from "../../subgraphs/one-stop/saga/state.ts";
import { type Mistake, stepOf, withChangedDecision, withChangedInput, withStep } from "./mistake.ts";

/** Mistakes about answers, missing answers and repeated calls. */
export const MISTAKES_ABOUT_CALLS: Readonly<Record<string, Mistake>> = {
  "a timeout is read as a refusal": {
    detectedBy: /is REFUSED here and|stuck: .*REFUSED/,
    decide: withChangedInput((state, event) => [
      state,
      event.kind === "NOT_ANSWERED" && event.delivered === "UNKNOWN"
        ? { kind: "ANSWERED", step: event.step, answer: { state: "REFUSED" } }
        : event,
    ]),
  },

  "a refused connection is read as a cancellation": {
    detectedBy: /stuck: .*CANCELLED/,
    decide: withChangedInput((state, event) => [
      state,
      event.kind === "NOT_ANSWERED" && event.delivered === "NO"
        ? { kind: "ANSWERED", step: event.step, answer: { state: "CANCELLED" } }
        : event,
    ]),
  },

  "a refused connection hides an earlier call that may have arrived": {
    detectedBy: /marked as undelivered/,
    decide: withChangedDecision((right, before, event) => {
      const step = stepOf(before, event);
      const hidden = step?.delivery === "UNKNOWN" && event.kind === "NOT_ANSWERED" && event.delivered === "NO";
      if (!hidden || step.state !== "SENT") return right;
      return {
        state: withStep(right.state, {
          ...step,
          state: "READY",
          delivery: "QUEUED",
        }),
        commands: [...right.commands, { kind: "RECORD", step: step.key, state: "READY" }],
      };
    }),
  },

  "the call of a worker that crashed is forgotten": {
    detectedBy: /marked as undelivered/,
    decide: withChangedDecision(({ state, commands }, before, event) => {
      const step = stepOf(before, event);
      if (step?.delivery !== "SENT" || event.kind !== "CALLED") return { state, commands };
      return { state: withStep(state, { ...step, attempts: 1 }), commands };
    }),
  },

  "a late answer overwrites a terminal state": {
    detectedBy: /left GRANTED for/,
    decide: withChangedDecision(({ state, commands }, before, event) => {
      const step = stepOf(before, event);
      if (step === undefined || !isTerminal(step.state) || event.kind !== "ANSWERED") return { state, commands };
      return {
        state: withStep(state, { ...step, state: event.answer.state }),
        commands,
      };
    }),
  },

  "a late failure reopens a terminal step": {
    detectedBy: /left GRANTED for READY/,
    decide: withChangedDecision(({ state, commands }, before, event) => {
      const step = stepOf(before, event);
      if (step === undefined || !isTerminal(step.state) || event.kind !== "NOT_ANSWERED") return { state, commands };
      return {
        state: withStep(state, { ...step, state: "READY" }),
        commands: [
          { kind: "RECORD", step: step.key, state: "READY" },
          { kind: "DELIVER", step: step.key, afterMs: 200 },
        ],
      };
    }),
  },

  "a step is given up after ten failures": {
    detectedBy: /no job is left for/,
    decide: withChangedDecision(({ state, commands }, _before, event) => {
      const step = stepOf(state, event);
      if (step === undefined || step.failures < 10) return { state, commands };
      return { state, commands: [{ kind: "CLEAR_WORK", step: step.key }] };
    }),
  },

  "a part that its agency lost is not sent again": {
    detectedBy: /does not settle/,
    decide: withChangedDecision((right, before, event) =>
      event.kind === "NOT_FOUND" ? { state: before, commands: [] } : right,
    ),
  },

  "an agency that processes a part is not asked for its state": {
    detectedBy: /no job is left for/,
    decide: withChangedDecision(({ state, commands }) => ({
      state,
      commands: commands.map((command) =>
        command.kind === "ASK_STATUS" ? { kind: "CLEAR_WORK", step: command.step } : command,
      ),
    })),
  },

  "the backoff has no cap": {
    detectedBy: /DELIVER after \d+ ms/,
    decide: withChangedDecision(({ state, commands }, _before, event) => {
      const failures = stepOf(state, event)?.failures ?? 0;
      const afterMs = 200 * 2 ** failures;
      return {
        state,
        commands: commands.map((command) => ("afterMs" in command ? { ...command, afterMs } : command)),
      };
    }),
  },

  "an answer to a part that needs a supplement is ignored": {
    detectedBy: /does not settle/,
    decide: withChangedInput((state, event) => {
      const step = stepOf(state, event);
      const forgotten = step?.state === "SUPPLEMENT_NEEDED" && event.kind === "ANSWERED";
      return [state, forgotten ? { ...event, answer: { state: "SUPPLEMENT_NEEDED" } } : event];
    }),
  },
};
