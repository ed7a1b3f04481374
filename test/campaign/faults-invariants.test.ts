import { expect, test } from "vitest";
import { requestFor } from "../../scripts/campaign/birth-requests.ts";
import { violations } from "../../scripts/campaign/invariants/all-invariants.ts";
import type { Ledger } from "../../scripts/campaign/ledger.ts";
import type { PaymentFact } from "../../scripts/campaign/payment-facts.ts";
import type { EntryFact, StepFact, SystemFacts } from "../../scripts/campaign/system-facts.ts";
import type { Invariant } from "../../scripts/campaign/violation.ts";
import type { LegalDay } from "../../subgraphs/_shared/reference/days.ts";
import { storedKey } from "../../subgraphs/one-stop/acceptance/duplicate-keys.ts";
import type { BirthRequest } from "../../subgraphs/one-stop/bundles/birth/birth-request.ts";
import type { BirthStep } from "../../subgraphs/one-stop/bundles/birth/birth-versions.ts";

const CODE = "H13.155-261122-0001";
const NUMBER = "092326000001";
const RECEIVED_AT = new Date("2026-11-23T01:00:00.000Z");
const OVERDUE = { dossierId: "d", stepKey: null, state: "COMPLETED", note: "Quá hạn: hồ sơ phải trả kết quả" };
const AGENCIES: Record<BirthStep, StepFact["agency"]> = {
  BIRTH: "CIVIL_STATUS",
  PERSONAL_NUMBER: "RESIDENCE",
  NUMBER_NOTICE: "CIVIL_STATUS",
  RESIDENCE: "RESIDENCE",
  INSURANCE: "HEALTH_INSURANCE",
};
const KEYS = Object.keys(AGENCIES) as BirthStep[]; // of a record over exactly these keys

const PAID: PaymentFact = {
  ...{ order: "o", code: "H13.155-261122-0009", dossierState: "IN_PROGRESS", state: "PAID", amountVnd: 16_000 },
  ...{ refundVnd: 0, refundedVnd: 0, costVnd: 16_000, timesPaid: 1 },
  provider: { state: "PAID", paidVnd: 16_000, refunds: [] },
};

type World = { ledger: Ledger; facts: SystemFacts };

/** One request, acknowledged by the desk and granted by all agencies. */
function aGrantedRequest(): World {
  const input = requestFor(0, "31471", "2026-11-22" as LegalDay);
  const request = structuredClone(input) as unknown as BirthRequest; // the compared fields have the same shape
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
  const entry = (key: BirthStep): EntryFact => ({
    ...{ id: `entry ${key}`, partId: key, dossier: CODE, citizenId: "child", personalId: NUMBER },
  });
  const dossier = { id: "d", code: CODE, owner: "desk", key: "k", state: "COMPLETED", outcome: "GRANTED" };
  return {
    ledger: {
      sent: [{ owner: "desk", key: "k", input, replies: [{ kind: "ACKNOWLEDGED", code: CODE }] }],
      tombstones: [{ agency: "CIVIL_STATUS", partId: "cancelled-part" }],
    },
    facts: {
      dossiers: [
        { ...dossier, completed: true, parties: [], receivedAt: RECEIVED_AT, marks: {}, holdings: [], request },
      ],
      steps,
      history: [
        ...steps.map(({ key }) => ({ dossierId: "d", stepKey: key, state: "GRANTED", note: null })),
        { dossierId: "d", stepKey: null, state: "COMPLETED", note: null },
      ],
      reservedCodes: [{ code: CODE, usedBy: "d", isVoid: false }],
      childKeys: [{ key: storedKey(`birth:notice:${request.child.birthNotice}`), dossierId: "d" }],
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
      payments: [{ ...PAID }],
      duplicates: [],
    },
  };
}

function stepOf({ facts }: World, key: BirthStep): StepFact {
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
    ({ ledger: { sent } }) => change(sent, { replies: [rejected, ...(sent[0]?.replies ?? [])] }),
  ],
  ["there is no response", "answered", ({ ledger }) => change(ledger.sent, { replies: [] })],
  [
    "a request was rejected without an accepted one",
    "answered",
    ({ ledger }) => change(ledger.sent, { replies: [rejected] }),
  ],
  ["a step has no planned work", "ended", (world) => change([stepOf(world, "INSURANCE")], { state: "READY" })],
  ["the outcome is another", "ended", ({ facts }) => change(facts.dossiers, { outcome: "REFUSED" })],
  ["a dossier has two cards", "single", ({ facts }) => again(facts.registers.cards, { id: "2", partId: "2" })],
  ["a constraint let something through", "single", ({ facts }) => facts.duplicates.push("2 births")],
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
  ["a deadline is acted on without its mark", "deadlines", ({ facts }) => facts.history.push(OVERDUE)],
  [
    "a dossier is overdue because of the days with the citizen",
    "deadlines",
    ({ facts }) => {
      facts.history.push(OVERDUE);
      change(facts.dossiers, {
        marks: { OVERDUE: "2026-11-30T00:00:00.000Z" },
        holdings: [{ at: "2026-11-23T02:00:00.000Z", holder: "CITIZEN" }],
      });
    },
  ],
  ["a reserved code is on two dossiers", "codes", ({ facts }) => again(facts.dossiers, { id: "2", key: "2" })],
  ["a used code is on no record", "codes", ({ facts }) => change(facts.reservedCodes, { usedBy: null })],
  ["a used code is void", "codes", ({ facts }) => change(facts.reservedCodes, { isVoid: true })],
  ["a code was replaced", "codes", ({ ledger }) => change(ledger.sent, { reservedCode: "H13.155-261122-90001" })],
  ["a payment is counted twice", "payments", ({ facts }) => change(facts.payments, { timesPaid: 2 })],
  ["a payment was never counted", "payments", ({ facts }) => change(facts.payments, { state: "PENDING" })],
  ["the fee of a dropped part is kept", "payments", ({ facts }) => change(facts.payments, { costVnd: 0 })],
  ["a refund is in one of the books alone", "payments", ({ facts }) => change(facts.payments, { refundedVnd: 16_000 })],
  ["the child has no dossier", "children", ({ facts }) => facts.childKeys.pop()],
];
const rejected = { kind: "REJECTED" as const, problems: ["X"] };

test.each(SPOILT)("an invariant is broken when %s", (_, invariant, spoil) => {
  const world = aGrantedRequest();
  spoil(world);
  expect(violations(world.ledger, world.facts).map((found) => found.invariant)).toContain(invariant);
});
