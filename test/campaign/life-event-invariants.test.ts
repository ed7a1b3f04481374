import { expect, test } from "vitest";
import { lifeEventsHappenOnce } from "../../scripts/campaign/invariants/life-event-invariants.ts";
import type { LifeEventFacts } from "../../scripts/campaign/life-event-facts.ts";
import type { LifeEvent } from "../../scripts/campaign/random/life-events.ts";

type Step = LifeEventFacts["dossiers"][number]["steps"][number];

const reply = { code: "H13.152-261130-0001", problems: [] };
const DEATH: LifeEvent = { event: "death", key: "life-1", replies: [reply, reply] };
const STEP: Step = { id: "p1", key: "DEATH", part: true, agency: "CIVIL_STATUS", state: "GRANTED", resultId: "r1" };

function facts(
  change: { step?: Partial<Step>; received?: object; acts?: number; dossiers?: 0 | 1 } = {},
): LifeEventFacts {
  const { step = {}, received = {}, acts = 1, dossiers = 1 } = change;
  const dossier = { code: reply.code, key: DEATH.key, state: "COMPLETED", steps: [{ ...STEP, ...step }] };
  return {
    dossiers: dossiers === 1 ? [dossier] : [],
    received: new Map([["p1", { state: "GRANTED", resultId: "r1", ...received }]]),
    actsOf: new Map([["p1", acts]]),
    registersActs: new Set(["CIVIL_STATUS"]),
  };
}

const found = (event: Partial<LifeEvent>, given: LifeEventFacts) =>
  lifeEventsHappenOnce([{ ...DEATH, ...event }], given).map(({ detail }) => detail);

test("a life event that is one dossier with one act for its granted part violates nothing", () => {
  expect(found({}, facts())).toEqual([]);
});

test.each<[string, Partial<LifeEvent>, LifeEventFacts, string]>([
  ["that was not answered", { replies: [] }, facts(), "was not answered"],
  ["with a second code", { replies: [reply, { ...reply, code: "other" }] }, facts(), "acknowledged as"],
  ["that is refused without a fault", { replies: [reply, { code: null, problems: ["X"] }] }, facts(), "refused for X"],
  ["that is lost after its acknowledgement", {}, facts({ dossiers: 0 }), "stored as nothing"],
  ["whose part never ends", {}, facts({ step: { state: "SENT" } }), "has not ended"],
  ["whose agency has another state", {}, facts({ received: { state: "REFUSED" } }), "REFUSED at CIVIL_STATUS"],
  ["whose agency has another result", {}, facts({ received: { resultId: "r2" } }), "another result"],
  ["that is registered twice", {}, facts({ acts: 2 }), "has 2 acts"],
  ["that is granted and not registered", {}, facts({ acts: 0 }), "has 0 acts"],
])("a life event %s violates the invariant", (_, event, given, text) => {
  expect(found(event, given)).toEqual([expect.stringContaining(text)]);
});
