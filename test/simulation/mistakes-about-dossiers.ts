import { decide } from "../../subgraphs/one-stop/saga/decide.ts";
import { type Mistake, stepOf, withChangedDecision, withChangedInput, withStep } from "./mistake.ts";

/** Mistakes about dependants, outcome and history. */
export const MISTAKES_ABOUT_DOSSIERS: Readonly<Record<string, Mistake>> = {
  "dependants are not released": {
    detectedBy: /is BLOCKED after GRANTED/,
    decide: withChangedDecision(({ state, commands }, before) => {
      const released = new Set<string | null>();
      for (const [index, step] of state.steps.entries()) {
        if (step.dependsOn.length > 0 && step.state === "READY" && before.steps[index]?.state === "BLOCKED") {
          released.add(step.key);
        }
      }
      if (released.size === 0) return { state, commands };
      const steps = state.steps.map((step) => (released.has(step.key) ? { ...step, state: "BLOCKED" as const } : step));
      return {
        state: { ...state, steps },
        commands: commands.filter(({ step }) => step === undefined || !released.has(step)),
      };
    }),
  },

  "one granted dependency is enough": {
    detectedBy: /was sent while/,
    decide: withChangedDecision(({ state, commands }, _before, event) => {
      const eager = state.steps.find(
        (step) => step.state === "BLOCKED" && event.kind === "ANSWERED" && step.dependsOn.includes(event.step),
      );
      if (eager === undefined || event.kind !== "ANSWERED" || event.answer.state !== "GRANTED")
        return { state, commands };
      return {
        state: withStep(state, { ...eager, state: "READY" }),
        commands: [
          ...commands,
          { kind: "RECORD", step: eager.key, state: "READY" },
          { kind: "DELIVER", step: eager.key, afterMs: 0 },
        ],
      };
    }),
  },

  "a refusal releases the dependants": {
    detectedBy: /was sent while \S+ was REFUSED/,
    decide: withChangedDecision(({ state, commands }, before, event) => {
      const refused = stepOf(before, event);
      const next = state.steps.find(({ state: now, dependsOn }) => now === "NOT_APPLICABLE" && dependsOn.length > 0);
      if (refused === undefined || next === undefined || !next.dependsOn.includes(refused.key))
        return { state, commands };
      if (before.steps.some(({ key, state: was }) => key === next.key && was !== "BLOCKED")) return { state, commands };
      return {
        state: {
          ...withStep(state, { ...next, state: "READY" }),
          dossier: "IN_PROGRESS",
          outcome: null,
        },
        commands: [
          ...commands.filter(({ step }) => step !== next.key && step !== null),
          { kind: "RECORD", step: next.key, state: "READY" },
          { kind: "DELIVER", step: next.key, afterMs: 0 },
        ],
      };
    }),
  },

  "only direct dependants are closed": {
    detectedBy: /is BLOCKED after/,
    decide: withChangedDecision(({ state, commands }, before, event) => {
      const far = state.steps.filter(
        (step, index) =>
          event.kind === "ANSWERED" &&
          step.state === "NOT_APPLICABLE" &&
          before.steps[index]?.state === "BLOCKED" &&
          !step.dependsOn.includes(event.step),
      );
      if (far.length === 0) return { state, commands };
      const steps = state.steps.map((step) => (far.includes(step) ? { ...step, state: "BLOCKED" as const } : step));
      const kept = commands.filter(({ step }) => step !== null && !far.some(({ key }) => key === step));
      return {
        state: { ...state, steps, dossier: before.dossier, outcome: null },
        commands: kept,
      };
    }),
  },

  "the outcome counts steps that are no parts": {
    detectedBy: /outcome PARTLY_GRANTED with/,
    decide: withChangedDecision(({ state, commands }) => {
      if (state.outcome === null) return { state, commands };
      const granted = state.steps.filter((step) => step.state === "GRANTED").length;
      const outcome = granted === state.steps.length ? "GRANTED" : granted === 0 ? "REFUSED" : "PARTLY_GRANTED";
      return { state: { ...state, outcome }, commands };
    }),
  },

  "the dossier stays with the citizen": {
    detectedBy: /the dossier is AWAITING_CITIZEN/,
    decide: withChangedDecision(({ state, commands }, before) => {
      const back = before.dossier === "AWAITING_CITIZEN" && state.dossier === "IN_PROGRESS";
      return {
        state: back ? { ...state, dossier: "AWAITING_CITIZEN" } : state,
        commands,
      };
    }),
  },

  "every dossier is returned at once": {
    detectedBy: /the dossier is RETURNED/,
    decide: withChangedInput((state, event) => [{ ...state, returnsAtOnce: true }, event]),
  },

  "the clock runs while the citizen is awaited": {
    detectedBy: /the term is over after \d+ of \d+ ms/,
    decide: withChangedDecision(({ state, commands }) => ({
      state,
      commands: commands.filter(({ kind }) => kind !== "STOP_CLOCK"),
    })),
  },

  "a dossier is late while the citizen is awaited": {
    detectedBy: /acted on while the citizen is awaited/,
    decide: (state, event, jitter, backoff) => {
      const { state: next, commands } = decide(state, event, jitter, backoff);
      const isIgnored = event.kind === "TIME_CAME" && next === state && state.dossier === "AWAITING_CITIZEN";
      const kept = commands.filter(({ kind }) => kind !== "STOP_CLOCK");
      return isIgnored ? { state: { ...state, marks: ["OVERDUE"] }, commands } : { state: next, commands: kept };
    },
  },

  "a deadline is acted on by every process": {
    detectedBy: /history has 2 deadlines, the dossier 1/,
    decide: withChangedInput((state, event) => [event.kind === "TIME_CAME" ? { ...state, marks: [] } : state, event]),
  },

  "an expired supplement is refused at the desk alone": {
    detectedBy: /stuck: .*REFUSED/,
    decide: withChangedDecision(({ state, commands }, before, event) => {
      const step = stepOf(before, event);
      if (event.kind !== "SUPPLEMENT_EXPIRED" || step?.state !== "SUPPLEMENT_NEEDED") return { state, commands };
      return decide(before, { kind: "ANSWERED", step: step.key, answer: { state: "REFUSED" } }, 0);
    }),
  },

  "a person's instruction is dropped when the agency does not answer": {
    detectedBy: /was never carried out/,
    decide: withChangedDecision((right, before, event) => {
      const step = stepOf(right.state, event);
      const isLost = event.kind === "NOT_ANSWERED" && step !== undefined && step.instruction !== null;
      if (!isLost) return right;
      return decide(withStep(before, { ...step, instruction: null }), event, 0);
    }),
  },

  "a change is not recorded": {
    detectedBy: /history of/,
    decide: withChangedDecision(({ state, commands }) => ({
      state,
      commands: commands.filter((command) => command.kind !== "RECORD" || command.state !== "SUPPLEMENT_NEEDED"),
    })),
  },
};
