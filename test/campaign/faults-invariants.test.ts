import { expect, test } from "vitest";
import { requestFor } from "../../scripts/campaign/birth-requests.ts";
import { violations } from "../../scripts/campaign/invariants/all-invariants.ts";
import type { Ledger } from "../../scripts/campaign/ledger.ts";
import type { EntryFact, StepFact, StepKey, SystemFacts } from "../../scripts/campaign/system-facts.ts";
import type { Invariant } from "../../scripts/campaign/violation.ts";
import type { LegalDay } from "../../subgraphs/_shared/reference/days.ts";
import type { BirthRequest } from "../../subgraphs/one-stop/bundles/birth/request.ts";

const CODE = "H13.155-261122-0001";
const NUMBER = "092326000001";
const AGENCIES: Record<StepKey, StepFact["agency"]> = {
  BIRTH: "CIVIL_STATUS",
  PERSONAL_NUMBER: "RESIDENCE",
  NUMBER_NOTICE: "CIVIL_STATUS",
  RESIDENCE: "RESIDENCE",
  INSURANCE: "HEALTH_INSURANCE",
};
const KEYS = Object.keys(AGENCIES) as StepKey[]; // of a record over exactly these keys

type World = { ledger: Ledger; facts: SystemFacts };

/** One request, acknowledged and granted by everybody. */
function aGrantedRequest(): World {
  const input = requestFor(0, "31471", "2026-11-22" as LegalDay);
  const request = structuredClone(input) as unknown as BirthRequest; // of the same shape, but for what nobody compares
  const steps = KEYS.map((key): StepFact => {
    const part = key === "BIRTH" || key === "RESIDENCE" || key === "INSURANCE";
    const facts: Record<string, string> = key === "PERSONAL_NUMBER" ? { personalId: NUMBER } : {};
    const result = { resultId: part ? `entry ${key}` : null, refusal: null };
    return {
      id: key,
      dossierId: "d",
      key,
      part,
      agency: AGENCIES[key],
      state: "GRANTED",
      work: null,
      facts,
      ...result,
    };
  });
  const entry = (key: StepKey): EntryFact => ({
    ...{ id: `entry ${key}`, partId: key, dossier: CODE, citizenId: "child", personalId: NUMBER },
  });
  const dossier = { id: "d", code: CODE, owner: "desk", key: "k", state: "COMPLETED", outcome: "GRANTED" };
  return {
    ledger: {
      sent: [{ owner: "desk", key: "k", input, replies: [{ kind: "ACKNOWLEDGED", code: CODE }] }],
      tombstones: [{ agency: "CIVIL_STATUS", partId: "cancelled-part" }],
    },
    facts: {
      dossiers: [{ ...dossier, completed: true, parties: [], request }],
      steps,
      history: [
        ...steps.map(({ key }) => ({ dossierId: "d", stepKey: key, state: "GRANTED" })),
        { dossierId: "d", stepKey: null, state: "COMPLETED" },
      ],
      childKeys: [{ key: `birth:notice:${request.child.birthNotice}`, dossierId: "d" }],
      received: [
        ...steps.map(({ id, agency, resultId }) => ({ agency, partId: id, dossier: CODE, state: "GRANTED", resultId })),
        {
          agency: "CIVIL_STATUS",
          partId: "cancelled-part",
          dossier: null,
          state: "CANCELLED",
          resultId: null,
        },
      ],
      registers: {
        ...{ births: [entry("BIRTH")], persons: [entry("PERSONAL_NUMBER")] },
        ...{ residencies: [entry("RESIDENCE")], cards: [entry("INSURANCE")] },
      },
      doubles: [],
    },
  };
}

function stepOf({ facts }: World, key: StepKey): StepFact {
  const found = facts.steps.find((step) => step.key === key);
  if (!found) throw new Error(`No step ${key}`);
  return found;
}

test("a granted request breaks no invariant", () => {
  const { ledger, facts } = aGrantedRequest();
  expect(violations(ledger, facts)).toEqual([]);
});

function change<T extends object>(rows: readonly T[], changes: Partial<T>): void {
  for (const row of rows) Object.assign(row, changes);
}

function again<T extends object>(rows: T[], changes: Partial<T>): void {
  const [first] = rows;
  if (first) rows.push({ ...first, ...changes });
}

const SPOILT: [string, Invariant, (world: World) => unknown][] = [
  ["the dossier is gone", "acknowledged", ({ facts }) => facts.dossiers.pop()],
  [
    "the dossier has another code",
    "acknowledged",
    ({ facts }) => change(facts.dossiers, { code: "H13.155-261122-0002" }),
  ],
  [
    "the dossier has another body",
    "acknowledged",
    ({ facts: { dossiers } }) =>
      change(
        dossiers.map((d) => d.request.child),
        { sex: "?" as "MALE" },
      ),
  ],
  [
    "a double click had two answers",
    "answered",
    ({ ledger: { sent } }) => change(sent, { replies: [turnedAway, ...(sent[0]?.replies ?? [])] }),
  ],
  ["nobody answered", "answered", ({ ledger }) => change(ledger.sent, { replies: [] })],
  ["a child was turned away for nothing", "answered", ({ ledger }) => change(ledger.sent, { replies: [turnedAway] })],
  ["a step waits for nobody", "ended", (world) => change([stepOf(world, "INSURANCE")], { state: "READY" })],
  ["the outcome is another", "ended", ({ facts }) => change(facts.dossiers, { outcome: "REFUSED" })],
  ["a dossier has two cards", "single", ({ facts }) => again(facts.registers.cards, { id: "2", partId: "2" })],
  ["a constraint let something through", "single", ({ facts }) => facts.doubles.push("2 births")],
  ["the card is gone", "granted", ({ facts }) => facts.registers.cards.pop()],
  ["the card is another child's", "granted", ({ facts }) => change(facts.registers.cards, { personalId: "0" })],
  [
    "the birth never learned the number",
    "granted",
    ({ facts }) => change(facts.registers.births, { personalId: null }),
  ],
  ["an agency refused by itself", "refusals", (world) => change([stepOf(world, "INSURANCE")], { state: "REFUSED" })],
  ["the agency says otherwise", "agreement", ({ facts }) => change(facts.received.slice(0, 1), { state: "REFUSED" })],
  ["a register has an entry of no dossier", "orphans", ({ facts }) => again(facts.registers.births, { partId: "x" })],
  ["an agency has a part of no dossier", "orphans", ({ facts }) => again(facts.received, { partId: "x" })],
  [
    "a cancelled part took effect",
    "tombstones",
    ({ facts }) => again(facts.registers.births, { partId: "cancelled-part" }),
  ],
  ["a step was granted twice", "history", ({ facts }) => again(facts.history, {})],
  ["the history ends otherwise", "history", ({ facts }) => change(facts.history.slice(-1), { state: "IN_PROGRESS" })],
  ["the child belongs to nobody", "children", ({ facts }) => facts.childKeys.pop()],
];
const turnedAway = { kind: "TURNED_AWAY" as const, problems: ["X"] };

test.each(SPOILT)("an invariant is broken when %s", (_, invariant, spoil) => {
  const world = aGrantedRequest();
  spoil(world);
  expect(violations(world.ledger, world.facts).map((found) => found.invariant)).toContain(invariant);
});
