import { expect, it } from "vitest";
import { bearer } from "../../kit/ask-agency.ts";
import { clerk, contract, type Persona } from "../../world.ts";
import { aKey, COPIES, COPIES_FEE, isPaid, paying, paymentEntries } from "./paying.ts";

const given = paying();
const LIST = `query { paymentDiscrepancies(first: 200) { nodes {
  id reason text textEn transaction orderNumber amountVnd settledAt settlement dossier { code } } pageInfo { hasNextPage } } }`;
const SETTLE = `mutation ($id: ID!, $settlement: String!, $key: String!) {
  settlePaymentDiscrepancy(id: $id, settlement: $settlement, idempotencyKey: $key) {
    discrepancy { id settledAt settlement } problems { code path } } }`;
const administrator = bearer("administrator");

type Discrepancy = { id: string; reason: string; orderNumber: string; dossier: { code: string } | null };

async function discrepancyOf(order: string, who: Persona = clerk): Promise<Discrepancy | undefined> {
  const { data, errors } = await given.world.ask(who, LIST);
  // an administrator sees the discrepancies of dossiers that are not within reach
  const expected = who === administrator ? (errors ?? []).map(() => "NOT_FOUND") : [];
  expect((errors ?? []).map(({ extensions }) => extensions.code)).toEqual(expected);
  return data.paymentDiscrepancies.nodes.find(({ orderNumber }: Discrepancy) => orderNumber === order);
}

async function settle(id: string, settlement: string, key = aKey(), who: Persona = clerk) {
  const { data, errors } = await given.world.ask(who, SETTLE, { id, settlement, key });
  return data?.settlePaymentDiscrepancy ?? { errors };
}

async function paidOnline() {
  const dossier = await given.submitted(COPIES);
  await given.atProvider("pay", dossier.payment);
  await given.paymentThatIs(dossier.code, isPaid);
  return dossier;
}

async function withdrawn(code: string) {
  const variables = { dossier: code, reason: "Không còn nhu cầu", idempotencyKey: aKey() };
  const { data } = await given.world.ask(clerk, contract("withdraw-dossier"), variables);
  expect(data.withdrawDossier.problems).toEqual([]);
}

it("money whose notice was lost while its dossier was withdrawn is found by a query and refunded", async () => {
  const { code, payment } = await given.submitted(COPIES);
  await given.atProvider("pay", payment, "LOST");
  await withdrawn(code);
  await given.paymentThatIs(code, ({ state }) => state === "REFUNDED");
  expect(given.provider.ledger.find(payment.id)?.refunds).toMatchObject([{ amountVnd: COPIES_FEE }]);
});

it("the fee of a dossier that is withdrawn before its work is refunded at the provider, once", async () => {
  const { code, payment } = await paidOnline();
  await withdrawn(code);
  const refunded = await given.paymentThatIs(code, ({ state }) => state === "REFUNDED");
  expect(refunded.payment).toMatchObject({
    refundVnd: COPIES_FEE,
    refundedVnd: COPIES_FEE,
    refunds: [{ amountVnd: COPIES_FEE }],
  });
  expect(paymentEntries(refunded)).toEqual(["PENDING", "PAID", "REFUND_DUE", "REFUNDED"]);
  expect(given.provider.ledger.find(payment.id)?.refunds).toHaveLength(1);
});

it("a refund whose answer was lost is called for again under its key, and paid out once", async () => {
  const { code, payment } = await paidOnline();
  await withdrawn(code);
  await given.paymentThatIs(code, ({ state }) => state === "REFUNDED");
  const sql = given.world.sql("one-stop");
  await sql`update payments set state = 'REFUND_DUE', refunded_vnd = 0 where id = ${payment.id}`;
  await sql`
    update payment_refunds set done_at = null, receipt = null, next_attempt_at = now() where payment_id = ${payment.id}`;
  await given.paymentThatIs(code, ({ state }) => state === "REFUNDED");
  expect(given.provider.ledger.find(payment.id)?.refunds).toHaveLength(1);
});

it("a refund that the provider is about to pay out is not paid at the counter as well", async () => {
  const { code, payment } = await paidOnline();
  await withdrawn(code);
  await given.paymentThatIs(code, ({ state }) => state === "REFUNDED");
  const sql = given.world.sql("one-stop");
  await sql`
    update payment_refunds set done_at = null, receipt = null, next_attempt_at = now() + interval '1 hour'
     where payment_id = ${payment.id}`;
  await sql`update payments set state = 'REFUND_DUE', refunded_vnd = 0 where id = ${payment.id}`;
  const { dossier, problems } = await given.record(code, { refund: { receipt: "PC-4" } });
  expect([dossier, problems]).toMatchObject([null, [{ code: "REFUND_UNDER_WAY", path: ["dossier"] }]]);
  expect((await given.read(code)).payment).toMatchObject({ state: "REFUND_DUE", refundedVnd: 0 });
});

it("a refund that is paid out while its payment is reversed goes to a person", async () => {
  const { code, payment } = await paidOnline();
  await withdrawn(code);
  await given.paymentThatIs(code, ({ state }) => state === "REFUNDED");
  const sql = given.world.sql("one-stop");
  const [{ due } = {}] = await sql<{ due: string }[]>`
    update payment_refunds set done_at = null, receipt = null, next_attempt_at = now() + interval '1 second'
     where payment_id = ${payment.id} returning next_attempt_at::text as due`;
  await sql`update payments set state = 'REFUND_DUE', refunded_vnd = 0 where id = ${payment.id}`;
  await sql.begin(async (tx) => {
    await tx`select 1 from dossiers where code = ${code} for update`; // the desk cannot record the payout meanwhile
    const isCalled = () => sql`
      select 1 from payment_refunds where payment_id = ${payment.id} and next_attempt_at::text <> ${due ?? ""}`;
    await expect.poll(async () => (await isCalled()).length, { timeout: 10_000 }).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 300)); // until the provider has answered
    await tx`delete from payment_refunds where payment_id = ${payment.id}`;
    await tx`update payments set state = 'REVERSED' where id = ${payment.id}`;
  });
  await expect.poll(() => discrepancyOf(payment.id), { timeout: 10_000 }).toMatchObject({ reason: "REFUND_NOT_DUE" });
  expect((await given.read(code)).payment).toMatchObject({ state: "REVERSED", refundedVnd: 0 });
});

it("the fee of a part that an officer has begun to work on is kept at a withdrawal", async () => {
  const { code, parts } = await paidOnline();
  const variables = { part: parts[0].id };
  const { data } = await given.world.ask({ persona: "registrar" }, contract("claim-part"), variables);
  expect(data.claimPart.problems).toEqual([]);
  await withdrawn(code);
  expect((await given.read(code)).payment).toMatchObject({ state: "PAID", refundVnd: 0 });
});

it("a refund that the provider refuses goes to a person, who pays it out at the counter", async () => {
  const { code, payment } = await paidOnline();
  given.provider.ledger.refund(payment.id, "00000000-0000-4000-8000-000000000000", 1); // the whole fee is no longer there
  await withdrawn(code);
  await expect.poll(() => discrepancyOf(payment.id), { timeout: 10_000 }).toMatchObject({ reason: "REFUND_REFUSED" });
  const paid = await expect
    .poll(() => given.record(code, { refund: { receipt: "PC-3" } }), { timeout: 10_000 })
    .toMatchObject({ problems: [], dossier: { payment: { state: "REFUNDED" } } });
  return paid;
});

it("a wrong amount and an unknown order pay nothing and wait for a person", async () => {
  const { code, payment } = await given.submitted(COPIES);
  await given.atProvider("pay", payment, "SENT", COPIES_FEE - 1);
  await expect
    .poll(() => discrepancyOf(payment.id), { timeout: 10_000 })
    .toMatchObject({ reason: "AMOUNT_DIFFERS", dossier: { code } });
  expect((await given.read(code)).state).toBe("AWAITING_PAYMENT");
  const order = aKey();
  const response = await given.notify({ transaction: aKey(), order, amountVnd: 5_000 });
  expect(await response.json()).toEqual({ result: "PROBLEM" });
  expect(await discrepancyOf(order)).toBeUndefined();
  expect(await discrepancyOf(order, administrator)).toMatchObject({ reason: "ORDER_UNKNOWN", dossier: null });
});

it("money for a waived fee, a transaction of another order, and a reversal of an unknown payment wait for a person", async () => {
  const [first, second] = [await given.submitted(COPIES), await given.submitted(COPIES)];
  await given.record(second.code, { waiver: { legalBasis: "Luật Phí và lệ phí, Điều 10" } });
  await given.notify({ transaction: aKey(), order: second.payment.id, amountVnd: COPIES_FEE });
  expect(await discrepancyOf(second.payment.id)).toMatchObject({ reason: "NOT_OWED" });
  const reversal = { kind: "REVERSED", transaction: aKey(), order: first.payment.id, amountVnd: COPIES_FEE };
  await given.notify(reversal);
  expect(await discrepancyOf(first.payment.id)).toMatchObject({ reason: "PAYMENT_UNKNOWN" });
  const [third, { payment: paid }] = [await given.submitted(COPIES), await paidOnline()];
  const { transaction } = given.provider.ledger.find(paid.id) ?? {};
  await given.notify({ transaction, order: third.payment.id, amountVnd: COPIES_FEE });
  expect(await discrepancyOf(third.payment.id)).toMatchObject({ reason: "TRANSACTION_USED" });
});

it("a discrepancy is settled once, with a note, under one key; the second person learns who did", async () => {
  const { payment } = await given.submitted(COPIES);
  await given.notify({ transaction: aKey(), order: payment.id, amountVnd: 1 });
  const { id = "" } = (await discrepancyOf(payment.id)) ?? {};
  expect((await settle(id, " ")).problems).toMatchObject([{ code: "SETTLEMENT_MISSING" }]);
  const key = aKey();
  for (const _ of [1, 2])
    expect(await settle(id, "Đã hoàn trả", key)).toMatchObject({ problems: [], discrepancy: { id } });
  expect((await settle(id, "Khác", key)).problems).toMatchObject([{ code: "IDEMPOTENCY_CONFLICT" }]);
  const leader = bearer("leader", { office: "31471" });
  expect((await settle(id, "Khác", aKey(), leader)).problems).toMatchObject([{ code: "DISCREPANCY_SETTLED" }]);
  expect(await discrepancyOf(payment.id)).toBeUndefined();
});

it("of two persons who settle a discrepancy at once one does", async () => {
  const { payment } = await given.submitted(COPIES);
  await given.notify({ transaction: aKey(), order: payment.id, amountVnd: 1 });
  const { id = "" } = (await discrepancyOf(payment.id)) ?? {};
  const both = await Promise.all([settle(id, "Đã hoàn trả"), settle(id, "Đã chuyển kế toán")]);
  expect(both.map(({ problems }) => problems[0]?.code ?? "SETTLED").sort()).toEqual(["DISCREPANCY_SETTLED", "SETTLED"]);
});

it("discrepancies are seen and settled by clerks and leaders of the office and by administrators alone", async () => {
  const { payment } = await given.submitted(COPIES);
  await given.notify({ transaction: aKey(), order: payment.id, amountVnd: 1 });
  const { id = "" } = (await discrepancyOf(payment.id)) ?? {};
  const elsewhere = bearer("clerk", { office: "31474" });
  expect(await discrepancyOf(payment.id, elsewhere)).toBeUndefined();
  expect((await settle(id, "-", aKey(), elsewhere)).errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
  const citizen = bearer("citizen", { personalId: "093195000017" });
  expect((await settle(id, "-", aKey(), citizen)).errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  expect((await given.world.ask(citizen, LIST)).errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
});
