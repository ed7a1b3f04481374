import { describe, expect, it } from "vitest";
import { initialState } from "../../subgraphs/one-stop/definitions/steps.ts";
import { backoffMs, DEFAULT_BACKOFF } from "../../subgraphs/one-stop/saga/backoff.ts";
import { decide } from "../../subgraphs/one-stop/saga/decide.ts";
import { DOSSIER_STATES, NATIONAL_STATUS } from "../../subgraphs/one-stop/saga/state.ts";
import { birthDefinition } from "./birth-definition.ts";
import {
  accepted,
  answered,
  beforeTheBranches,
  called,
  granted,
  having,
  refusedConnection,
  statesOf,
  stepOf,
  timedOut,
} from "./saga-events.ts";

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

describe("the pace", () => {
  it("the retry delay doubles up to its cap, with half of it random", () => {
    const waits = [0, 1, 2, 7, 8, 5_000].map((round) => backoffMs(round, 1, DEFAULT_BACKOFF.deliver));
    expect(waits).toEqual([200, 400, 800, 25_600, 30_000, 30_000]);
    expect(backoffMs(5_000, 0, DEFAULT_BACKOFF.deliver)).toBe(15_000);
  });

  it("the retry delay can be set for every kind of call", () => {
    const hasty = { ...DEFAULT_BACKOFF, deliver: { baseMs: 10, capMs: 20 } };
    const { state } = having([accepted, called("BIRTH"), timedOut("BIRTH"), called("BIRTH"), timedOut("BIRTH")]);
    expect(decide(state, timedOut("BIRTH"), 1, hasty).commands).toEqual([
      { kind: "DELIVER", step: "BIRTH", afterMs: 20 },
    ]);
  });
});

it("every state of a dossier has its own national status", () => {
  expect(new Set(DOSSIER_STATES.map((state) => NATIONAL_STATUS[state])).size).toBe(DOSSIER_STATES.length);
});

describe("a withdrawn dossier whose agency has a part", () => {
  const withdrawn = having([accepted, called("BIRTH"), answered("BIRTH", "SUPPLEMENT_NEEDED")]).state;
  const cancelling = having(
    [{ kind: "INSTRUCTED", step: "BIRTH", instruction: "ANSWER" }, { kind: "WITHDRAWN" }],
    withdrawn,
  );
  const birth = (decision: typeof cancelling) => stepOf(decision, "BIRTH");
  const INSTRUCT = { kind: "INSTRUCT", step: "BIRTH" };

  it("the part is cancelled although the agency answers the citizen's supplement meanwhile", () => {
    const processing = { kind: "ANSWERED", step: "BIRTH", answer: { state: "PROCESSING" }, instructed: true } as const;
    const answer = having([processing], cancelling.state);
    expect(birth(answer)).toMatchObject({ state: "PROCESSING", instruction: "CANCEL" });
    expect(answer.commands).toContainEqual({ ...INSTRUCT, afterMs: 0 });
    // an agency that does not follow is asked again after a pause
    expect(having([processing], answer.state).commands).toContainEqual({ ...INSTRUCT, afterMs: 200 });
    const cancelled = having([answered("BIRTH", "CANCELLED")], answer.state);
    expect(birth(cancelled)).toMatchObject({ state: "CANCELLED", instruction: null });
  });

  it("the part is not delivered once more where the agency has lost it, and is cancelled there", () => {
    const lost = having([{ kind: "NOT_FOUND", step: "BIRTH" }], cancelling.state);
    expect(birth(lost)).toMatchObject({ instruction: "CANCEL" });
    expect(lost.commands.map(({ kind }) => kind)).toEqual(["INSTRUCT"]);
  });

  it("a delivery that a worker is about to send is not sent any more", () => {
    const unknown = having([accepted, called("BIRTH"), timedOut("BIRTH"), { kind: "WITHDRAWN" }]);
    const late = having([called("BIRTH")], unknown.state);
    expect(late).toEqual({ state: unknown.state, commands: [] });
  });
});
