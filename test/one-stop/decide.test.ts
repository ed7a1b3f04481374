import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { initialState } from "../../subgraphs/one-stop/definitions/steps.ts";
import { backoffMs, PACES } from "../../subgraphs/one-stop/saga/backoff.ts";
import { type Decision, decide } from "../../subgraphs/one-stop/saga/decide.ts";
import {
  type AnswerState,
  DOSSIER_STATES,
  isTerminal,
  NATIONAL_STATUS,
  type SagaEvent,
  type SagaState,
} from "../../subgraphs/one-stop/saga/state.ts";
import { birthDefinition } from "./birth-definition.ts";

const received = initialState(birthDefinition("2026-11-23"), false);

const accepted: SagaEvent = { kind: "ACCEPTED" };
const called = (step: string): SagaEvent => ({ kind: "CALLED", step });
const refusedConnection = (step: string): SagaEvent => ({
  kind: "NOT_ANSWERED",
  step,
  delivered: "NO",
});
const timedOut = (step: string): SagaEvent => ({
  kind: "NOT_ANSWERED",
  step,
  delivered: "UNKNOWN",
});
const answered = (step: string, state: AnswerState): SagaEvent => ({
  kind: "ANSWERED",
  step,
  answer: { state },
});
const granted = (step: string): SagaEvent[] => [called(step), answered(step, "GRANTED")];

function having(events: readonly SagaEvent[], start: SagaState = received): Decision {
  return events.reduce<Decision>(({ state }, event) => decide(state, event, 1), { state: start, commands: [] });
}

function statesOf({ state }: Decision): Record<string, string> {
  return Object.fromEntries(state.steps.map((step) => [step.key, step.state]));
}

const stepOf = ({ state }: Decision, key: string) => state.steps.find((step) => step.key === key);
const beforeTheBranches = [accepted, ...granted("BIRTH"), ...granted("PERSONAL_NUMBER")];

describe("an accepted dossier", () => {
  it("an accepted dossier delivers the birth at once and nothing else", () => {
    expect(having([accepted]).commands).toEqual([
      { kind: "RECORD", step: null, state: "RECEIVED" },
      { kind: "RECORD", step: "BIRTH", state: "READY" },
      { kind: "DELIVER", step: "BIRTH", afterMs: 0 },
    ]);
  });

  it("an accepted dossier is in progress with the first call, which is recorded before it is sent", () => {
    const decision = having([accepted, called("BIRTH")]);
    expect(decision.commands).toEqual([
      { kind: "RECORD", step: "BIRTH", state: "SENT" },
      { kind: "RECORD", step: null, state: "IN_PROGRESS" },
    ]);
    expect(stepOf(decision, "BIRTH")).toMatchObject({
      state: "SENT",
      delivery: "SENT",
      attempts: 1,
    });
  });

  it("an accepted dossier releases the branches in parallel when the personal number exists", () => {
    const { commands } = having(beforeTheBranches);
    const delivered = commands.filter(({ kind }) => kind === "DELIVER").map(({ step }) => step);
    expect(delivered).toEqual(["NUMBER_NOTICE", "RESIDENCE", "INSURANCE"]);
  });
});

describe("a call without an answer", () => {
  it("a call whose connection was refused goes back into the queue", () => {
    const decision = having([accepted, called("BIRTH"), refusedConnection("BIRTH")]);
    expect(stepOf(decision, "BIRTH")).toMatchObject({
      state: "READY",
      delivery: "QUEUED",
      attempts: 1,
      failures: 1,
    });
    expect(decision.commands).toContainEqual({
      kind: "DELIVER",
      step: "BIRTH",
      afterMs: 200,
    });
  });

  it("a call that timed out has an unknown outcome and is never a refusal", () => {
    const decision = having([accepted, called("BIRTH"), timedOut("BIRTH")]);
    expect(stepOf(decision, "BIRTH")).toMatchObject({
      state: "SENT",
      delivery: "UNKNOWN",
      failures: 1,
    });
    expect(decision.commands).toEqual([
      { kind: "RECORD", step: "BIRTH", state: "SENT" },
      { kind: "DELIVER", step: "BIRTH", afterMs: 200 },
    ]);
  });

  it("a call of unknown outcome stays unknown when a later connection is refused", () => {
    const late = [accepted, called("BIRTH"), timedOut("BIRTH"), called("BIRTH"), refusedConnection("BIRTH")];
    expect(stepOf(having(late), "BIRTH")).toMatchObject({
      state: "SENT",
      delivery: "UNKNOWN",
      attempts: 2,
    });
  });

  it("a call has an unknown outcome when its worker died and another worker called again", () => {
    const crashed = [accepted, called("BIRTH"), called("BIRTH"), refusedConnection("BIRTH")];
    expect(stepOf(having(crashed), "BIRTH")).toMatchObject({
      state: "SENT",
      delivery: "UNKNOWN",
      attempts: 2,
    });
  });

  it("a call without a response is retried for ever, with a history that does not grow", () => {
    const outage = Array.from({ length: 1_000 }, () => [called("BIRTH"), refusedConnection("BIRTH")]).flat();
    const entries: string[] = [];
    let state = having([accepted]).state;
    for (const event of outage) {
      const decision = decide(state, event, 1);
      state = decision.state;
      entries.push(...decision.commands.flatMap((command) => (command.kind === "RECORD" ? [command.state] : [])));
    }
    expect(entries).toEqual(["SENT", "IN_PROGRESS", "READY"]);
    expect(decide(state, called("BIRTH"), 1).state.steps[0]).toMatchObject({
      attempts: 1_001,
    });
  });

  it("a call without a response leaves a part that the agency has in its state", () => {
    const asked = [accepted, called("BIRTH"), answered("BIRTH", "PROCESSING"), refusedConnection("BIRTH")];
    expect(stepOf(having(asked), "BIRTH")).toMatchObject({
      state: "PROCESSING",
      delivery: "ACKNOWLEDGED",
    });
    expect(having(asked).commands).toEqual([{ kind: "ASK_STATUS", step: "BIRTH", afterMs: 4_000 }]);
  });
});

describe("an agency's decision", () => {
  it("a refused birth cancels all other steps unsent", () => {
    const decision = having([accepted, called("BIRTH"), answered("BIRTH", "REFUSED")]);
    const { BIRTH, ...others } = statesOf(decision);
    expect(BIRTH).toBe("REFUSED");
    expect(new Set(Object.values(others))).toEqual(new Set(["NOT_APPLICABLE"]));
    expect(decision.state).toMatchObject({
      dossier: "COMPLETED",
      outcome: "REFUSED",
    });
    expect(decision.commands.some(({ kind }) => kind === "DELIVER")).toBe(false);
  });

  it("a refused personal number leaves the birth granted", () => {
    const decision = having([
      accepted,
      ...granted("BIRTH"),
      called("PERSONAL_NUMBER"),
      answered("PERSONAL_NUMBER", "REFUSED"),
    ]);
    expect(statesOf(decision)).toMatchObject({
      BIRTH: "GRANTED",
      RESIDENCE: "NOT_APPLICABLE",
      INSURANCE: "NOT_APPLICABLE",
    });
    expect(decision.state).toMatchObject({
      dossier: "COMPLETED",
      outcome: "PARTLY_GRANTED",
    });
  });

  it("a refused card leaves birth and residence granted", () => {
    const refusal = [called("INSURANCE"), answered("INSURANCE", "REFUSED")];
    const events = [...beforeTheBranches, ...refusal, ...granted("RESIDENCE"), ...granted("NUMBER_NOTICE")];
    expect(having(events).state).toMatchObject({
      dossier: "COMPLETED",
      outcome: "PARTLY_GRANTED",
    });
  });

  it("a supplement makes the dossier wait for the citizen while the other parts continue", () => {
    const asked = having([...beforeTheBranches, called("INSURANCE"), answered("INSURANCE", "SUPPLEMENT_NEEDED")]);
    expect(asked.state.dossier).toBe("AWAITING_CITIZEN");
    expect(asked.commands).toContainEqual({
      kind: "ASK_STATUS",
      step: "INSURANCE",
      afterMs: 5_000,
    });
    const others = having([...granted("RESIDENCE"), ...granted("NUMBER_NOTICE")], asked.state);
    expect(others.state.dossier).toBe("AWAITING_CITIZEN");
    expect(statesOf(others)).toMatchObject({
      RESIDENCE: "GRANTED",
      INSURANCE: "SUPPLEMENT_NEEDED",
    });
    expect(having([answered("INSURANCE", "PROCESSING")], others.state).state.dossier).toBe("IN_PROGRESS");
  });

  it("the last decision completes the dossier via IN_PROGRESS, and returns it where nothing is handed over", () => {
    const electronic = initialState(birthDefinition("2026-11-23", ["residence"]), true);
    const asked = [...beforeTheBranches, ...granted("NUMBER_NOTICE"), called("INSURANCE")];
    const waiting = having([...asked, answered("INSURANCE", "SUPPLEMENT_NEEDED")], electronic);
    const { state, commands } = having([answered("INSURANCE", "GRANTED")], waiting.state);
    expect(commands.filter(({ step }) => step === null).map((command) => "state" in command && command.state)).toEqual([
      "IN_PROGRESS",
      "COMPLETED",
      "RETURNED",
    ]);
    expect(state).toMatchObject({ dossier: "RETURNED", outcome: "GRANTED" });
  });

  it("a decision lost by a restored agency is requested again with the same key", () => {
    const decision = having([
      accepted,
      called("BIRTH"),
      answered("BIRTH", "PROCESSING"),
      { kind: "NOT_FOUND", step: "BIRTH" },
    ]);
    expect(stepOf(decision, "BIRTH")).toMatchObject({
      state: "SENT",
      delivery: "UNKNOWN",
    });
    expect(decision.commands).toContainEqual({
      kind: "DELIVER",
      step: "BIRTH",
      afterMs: 200,
    });
  });
});

describe("a dossier that a reconciliation resumes", () => {
  const resumed = (...steps: string[]): SagaEvent => ({ kind: "RESUMED", steps });

  it("a resumed dossier works on its open steps at once, each by its state, and on no others", () => {
    const { state } = having([...beforeTheBranches, called("INSURANCE"), answered("INSURANCE", "PROCESSING")]);
    expect(decide(state, resumed("BIRTH", "RESIDENCE", "INSURANCE"), 1)).toEqual({
      state,
      commands: [
        { kind: "DELIVER", step: "RESIDENCE", afterMs: 0 },
        { kind: "ASK_STATUS", step: "INSURANCE", afterMs: 0 },
      ],
    });
  });

  it("a resumed dossier releases only the steps whose dependencies are granted", () => {
    const { state } = having([accepted, ...granted("BIRTH")]);
    const steps = state.steps.map((step) => (step.state === "READY" ? { ...step, state: "BLOCKED" as const } : step));
    const released = decide({ ...state, steps }, resumed(), 1);
    expect(released.state).toEqual(state);
    expect(released.commands).toContainEqual({ kind: "DELIVER", step: "PERSONAL_NUMBER", afterMs: 0 });
  });

  it("a resumed dossier is completed when all its steps are over", () => {
    const ended = having([...beforeTheBranches, ...["NUMBER_NOTICE", "RESIDENCE", "INSURANCE"].flatMap(granted)]).state;
    const open = { ...ended, dossier: "IN_PROGRESS" as const, outcome: null };
    expect(decide(open, resumed(), 1).state).toEqual(ended);
    expect(decide(ended, resumed("BIRTH"), 1)).toEqual({ state: ended, commands: [] });
  });
});

describe("whatever comes, late, twice or out of order", () => {
  const steps = [...received.steps.map(({ key }) => key), "NO_SUCH_STEP"];
  const event: fc.Arbitrary<SagaEvent> = fc.oneof(
    fc.constant(accepted),
    fc.constantFrom(...steps).map(called),
    fc
      .tuple(
        fc.constantFrom(...steps),
        fc.constantFrom<AnswerState>("PROCESSING", "SUPPLEMENT_NEEDED", "GRANTED", "REFUSED", "CANCELLED"),
      )
      .map(([step, state]) => answered(step, state)),
    fc.constantFrom(...steps).map(refusedConnection),
    fc.constantFrom(...steps).map(timedOut),
    fc.constantFrom(...steps).map((step): SagaEvent => ({ kind: "NOT_FOUND", step })),
    fc.subarray(steps).map((resumedSteps): SagaEvent => ({ kind: "RESUMED", steps: resumedSteps })),
  );

  it("no sequence of events makes decide throw, change its input or leave a terminal state", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        let state = frozen(received);
        for (const next of events) {
          const decision = decide(state, next, 0.5);
          for (const [index, step] of state.steps.entries()) {
            if (isTerminal(step.state)) expect(decision.state.steps[index]?.state).toBe(step.state);
          }
          state = frozen(decision.state);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("a terminal step responds to every event with no command and the same state", () => {
    const { state } = having([accepted, ...granted("BIRTH")]);
    for (const late of [called("BIRTH"), timedOut("BIRTH"), answered("BIRTH", "REFUSED")]) {
      expect(decide(state, late, 1)).toEqual({
        state,
        commands: [{ kind: "REST", step: "BIRTH" }],
      });
      expect(decide(state, late, 1).state).toBe(state);
    }
  });

  it("a second acceptance, a response for a blocked step and an unknown step change nothing", () => {
    const { state } = having([accepted]);
    for (const odd of [accepted, answered("RESIDENCE", "GRANTED"), called("RESIDENCE"), called("NO_SUCH_STEP")]) {
      expect(decide(state, odd, 1)).toEqual({ state, commands: [] });
    }
  });

  it("a withdrawn dossier sends no calls", () => {
    const withdrawn: SagaState = {
      ...having([accepted]).state,
      dossier: "WITHDRAWN",
    };
    expect(decide(withdrawn, called("BIRTH"), 1)).toEqual({
      state: withdrawn,
      commands: [{ kind: "REST", step: "BIRTH" }],
    });
  });
});

describe("the pace", () => {
  it("the retry delay doubles up to its cap, with half of it random", () => {
    const waits = [0, 1, 2, 7, 8, 5_000].map((round) => backoffMs(round, 1, PACES.deliver));
    expect(waits).toEqual([200, 400, 800, 25_600, 30_000, 30_000]);
    expect(backoffMs(5_000, 0, PACES.deliver)).toBe(15_000);
  });

  it("the retry delay can be set for every kind of call", () => {
    const hasty = { ...PACES, deliver: { baseMs: 10, capMs: 20 } };
    const { state } = having([accepted, called("BIRTH"), timedOut("BIRTH"), called("BIRTH"), timedOut("BIRTH")]);
    expect(decide(state, timedOut("BIRTH"), 1, hasty).commands).toEqual([
      { kind: "DELIVER", step: "BIRTH", afterMs: 20 },
    ]);
  });
});

it("every state of a dossier has its own national status", () => {
  expect(new Set(DOSSIER_STATES.map((state) => NATIONAL_STATUS[state])).size).toBe(DOSSIER_STATES.length);
});

function frozen(state: SagaState): SagaState {
  for (const step of state.steps) Object.freeze(step);
  Object.freeze(state.steps);
  return Object.freeze(state);
}
