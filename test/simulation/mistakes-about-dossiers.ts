import { type Mistake, misread, spoilt, stepOf, withStep } from "./mistake.ts";

/** Mistakes about dependants, outcome and history. */
export const MISTAKES_ABOUT_DOSSIERS: Readonly<Record<string, Mistake>> = {
  "dependants are not released": {
    noticed: /is BLOCKED after GRANTED/,
    decide: spoilt(({ state, commands }, before) => {
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
        commands: commands.filter(({ step }) => !released.has(step)),
      };
    }),
  },

  "one granted dependency is enough": {
    noticed: /was sent while/,
    decide: spoilt(({ state, commands }, _before, event) => {
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
    noticed: /was sent while \S+ was REFUSED/,
    decide: spoilt(({ state, commands }, before, event) => {
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
    noticed: /is BLOCKED after/,
    decide: spoilt(({ state, commands }, before, event) => {
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
    noticed: /outcome PARTLY_GRANTED with/,
    decide: spoilt(({ state, commands }) => {
      if (state.outcome === null) return { state, commands };
      const granted = state.steps.filter((step) => step.state === "GRANTED").length;
      const outcome = granted === state.steps.length ? "GRANTED" : granted === 0 ? "REFUSED" : "PARTLY_GRANTED";
      return { state: { ...state, outcome }, commands };
    }),
  },

  "the dossier stays with the citizen": {
    noticed: /the dossier is AWAITING_CITIZEN/,
    decide: spoilt(({ state, commands }, before) => {
      const back = before.dossier === "AWAITING_CITIZEN" && state.dossier === "IN_PROGRESS";
      return {
        state: back ? { ...state, dossier: "AWAITING_CITIZEN" } : state,
        commands,
      };
    }),
  },

  "every dossier is returned at once": {
    noticed: /the dossier is RETURNED/,
    decide: misread((state, event) => [{ ...state, returnsAtOnce: true }, event]),
  },

  "a change is not recorded": {
    noticed: /history of/,
    decide: spoilt(({ state, commands }) => ({
      state,
      commands: commands.filter((command) => command.kind !== "RECORD" || command.state !== "SUPPLEMENT_NEEDED"),
    })),
  },
};
