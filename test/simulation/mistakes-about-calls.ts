import { isTerminal } from "../../subgraphs/one-stop/saga/state.ts";
import { type Mistake, misread, spoilt, stepOf, withStep } from "./mistake.ts";

/** Mistakes about answers, silence and repetition. */
export const MISTAKES_ABOUT_CALLS: Readonly<Record<string, Mistake>> = {
  "a timeout is read as a refusal": {
    noticed: /is REFUSED here and|stuck: .*REFUSED/,
    decide: misread((state, event) => [
      state,
      event.kind === "NOT_ANSWERED" && event.delivered === "UNKNOWN"
        ? { kind: "ANSWERED", step: event.step, answer: { state: "REFUSED" } }
        : event,
    ]),
  },

  "a refused connection is read as a cancellation": {
    noticed: /stuck: .*CANCELLED/,
    decide: misread((state, event) => [
      state,
      event.kind === "NOT_ANSWERED" && event.delivered === "NO"
        ? { kind: "ANSWERED", step: event.step, answer: { state: "CANCELLED" } }
        : event,
    ]),
  },

  "a refused connection hides an earlier call that may have arrived": {
    noticed: /surely undelivered/,
    decide: spoilt((right, before, event) => {
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
    noticed: /surely undelivered/,
    decide: spoilt(({ state, commands }, before, event) => {
      const step = stepOf(before, event);
      if (step?.delivery !== "SENT" || event.kind !== "CALLED") return { state, commands };
      return { state: withStep(state, { ...step, attempts: 1 }), commands };
    }),
  },

  "a late answer overwrites a terminal state": {
    noticed: /left GRANTED for/,
    decide: spoilt(({ state, commands }, before, event) => {
      const step = stepOf(before, event);
      if (step === undefined || !isTerminal(step.state) || event.kind !== "ANSWERED") return { state, commands };
      return {
        state: withStep(state, { ...step, state: event.answer.state }),
        commands,
      };
    }),
  },

  "a late failure reopens a terminal step": {
    noticed: /left GRANTED for READY/,
    decide: spoilt(({ state, commands }, before, event) => {
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

  "it gives up after ten failures": {
    noticed: /nobody will look at/,
    decide: spoilt(({ state, commands }, _before, event) => {
      const step = stepOf(state, event);
      if (step === undefined || step.failures < 10) return { state, commands };
      return { state, commands: [{ kind: "REST", step: step.key }] };
    }),
  },

  "a part that its agency lost is not sent again": {
    noticed: /never comes to rest/,
    decide: spoilt((right, before, event) => (event.kind === "NOT_FOUND" ? { state: before, commands: [] } : right)),
  },

  "nobody asks an agency that is working": {
    noticed: /nobody will look at/,
    decide: spoilt(({ state, commands }) => ({
      state,
      commands: commands.map((command) =>
        command.kind === "ASK_STATUS" ? { kind: "REST", step: command.step } : command,
      ),
    })),
  },

  "the backoff has no cap": {
    noticed: /DELIVER after \d+ ms/,
    decide: spoilt(({ state, commands }, _before, event) => {
      const failures = stepOf(state, event)?.failures ?? 0;
      const afterMs = 200 * 2 ** failures;
      return {
        state,
        commands: commands.map((command) => ("afterMs" in command ? { ...command, afterMs } : command)),
      };
    }),
  },

  "an answer to a part that is asked about is forgotten": {
    noticed: /never comes to rest/,
    decide: misread((state, event) => {
      const step = stepOf(state, event);
      const forgotten = step?.state === "SUPPLEMENT_NEEDED" && event.kind === "ANSWERED";
      return [state, forgotten ? { ...event, answer: { state: "SUPPLEMENT_NEEDED" } } : event];
    }),
  },
};
