import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LAND_TRANSFER_VERSIONS } from "../../subgraphs/one-stop/bundles/land-transfer/land-transfer-versions.ts";
import { initialState } from "../../subgraphs/one-stop/definitions/steps.ts";
import { decide } from "../../subgraphs/one-stop/saga/decide.ts";
import { type AnswerState, isTerminal, type SagaEvent, type SagaState } from "../../subgraphs/one-stop/saga/state.ts";
import {
  accepted,
  answered,
  beforeTheBranches,
  called,
  granted,
  having,
  received,
  refusedConnection,
  timedOut,
} from "./saga-events.ts";

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

const [transferVersion] = LAND_TRANSFER_VERSIONS;
if (!transferVersion) throw new Error("A transfer of land has a version");
const transfer = initialState(transferVersion, false);
const OWED = { lines: [{ step: "SETTLEMENT", name: "Thuế", amountVnd: 20_000 }], dueOn: null };
const granting = (step: string) => ({ kind: "ANSWERED", step, answer: { state: "GRANTED" } }) as const;
const PAYMENT_EVENTS: readonly SagaEvent[] = [
  { kind: "PAID", note: "" },
  { kind: "PAYMENT_WAIVED", note: "" },
  { kind: "PAYMENT_REVERSED", note: "" },
];

describe("whatever comes, late, twice or out of order", () => {
  const steps = [...[received, transfer].flatMap((start) => start.steps.map(({ key }) => key)), "NO_SUCH_STEP"];
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
    fc.constantFrom(...steps).map((step): SagaEvent => ({ ...granting(step), owed: OWED })),
    fc.constantFrom<SagaEvent>({ kind: "PAYMENT_EXPIRED" }, ...PAYMENT_EVENTS),
    fc.subarray(steps).map((resumedSteps): SagaEvent => ({ kind: "RESUMED", steps: resumedSteps })),
  );

  it("no sequence of events makes decide throw, change its input or leave a terminal state", () => {
    fc.assert(
      fc.property(fc.constantFrom(received, transfer), fc.array(event, { maxLength: 60 }), (start, events) => {
        let state = frozen(start);
        for (const next of events) {
          const decision = decide(state, next, 0.5);
          for (const [index, step] of state.steps.entries()) {
            if (isTerminal(step.state)) expect(decision.state.steps[index]?.state).toBe(step.state);
          }
          const hasGrant = state.steps.some(({ state: now }) => now === "GRANTED");
          if (hasGrant && next.kind === "PAYMENT_EXPIRED") expect(decision.state).toBe(state);
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
        commands: [{ kind: "CLEAR_WORK", step: "BIRTH" }],
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
      commands: [{ kind: "CLEAR_WORK", step: "BIRTH" }],
    });
  });
});

function frozen(state: SagaState): SagaState {
  for (const step of state.steps) Object.freeze(step);
  Object.freeze(state.steps);
  return Object.freeze(state);
}
