import { expect, it } from "vitest";
import { type DossierData, setClock } from "../../kit/dossier-outcomes.ts";
import { contract } from "../../world.ts";
import { aKey, COPIES, COPIES_FEE, isPaid, paying, paymentEntries, RESIDENCE } from "./paying.ts";

const given = paying();
type Result = { result: string };
const MARRIAGE = "1.000894";

it("an online dossier with a fee awaits the payment, with an address to pay at, and its clock stands still", async () => {
  const dossier = await given.submitted(COPIES);
  expect(dossier).toMatchObject({
    ...{ state: "AWAITING_PAYMENT", nationalStatus: 6, feesVnd: COPIES_FEE },
    payment: { state: "PENDING", amountVnd: COPIES_FEE, paidAt: null, payUrl: expect.stringContaining("/pay/") },
    parts: [{ state: "BLOCKED" }],
  });
  expect(dossier.payment.lines).toEqual([{ name: "Phí cấp bản sao, mỗi bản", amountVnd: COPIES_FEE }]);
  expect(dossier.timeLedger).toEqual([{ holder: "CITIZEN" }]);
  const texts = dossier.dueAtExplanation.map(({ textEn }: { textEn: string }) => textEn).join("\n");
  expect(texts).toContain("a payment is awaited");
  const variables = { code: dossier.code, phoneLast4: "5678" };
  const { data } = await given.world.ask(null, contract("track-dossier"), variables);
  expect(data.trackDossier.whatYouMustDo).toEqual([
    expect.stringMatching(/^Nộp phí, lệ phí 16\.000 đồng tại http.* trước hết ngày 08\/12\/2026/),
  ]);
});

it("the payment begins the work once: the history shows it, and the officers get the part", async () => {
  const { code, payment } = await given.submitted(RESIDENCE);
  expect(payment.amountVnd).toBe(10_000);
  await given.atProvider("pay", payment);
  // parts and history are read one after the other, and the part may move between
  const isAtOfficers = (_: DossierData, { parts, history }: DossierData) =>
    parts[0].state === "PROCESSING" && history.nodes.at(-1).state === "PROCESSING";
  const paid = await given.paymentThatIs(code, isAtOfficers);
  expect(paid).toMatchObject({
    ...{ state: "IN_PROGRESS", parts: [{ state: "PROCESSING" }] },
    payment: { method: "ELECTRONIC", payUrl: null, receipt: expect.stringMatching(/^GD/) },
  });
  expect(paid.history.nodes.map(({ state }: { state: string }) => state)).toEqual([
    ...["RECEIVED", "AWAITING_PAYMENT", "PENDING", "PAID", "IN_PROGRESS", "READY", "SENT", "PROCESSING"],
  ]);
});

it("a repeated notice changes nothing", async () => {
  const { code, payment } = await given.submitted(COPIES);
  await given.atProvider("pay", payment, "REPEATED");
  const paid = await given.paymentThatIs(code, isPaid);
  const { transaction, paidVnd: amountVnd } = given.provider.ledger.find(payment.id) ?? {};
  const again = await Promise.all(
    Array.from({ length: 4 }, () => given.notify({ transaction, order: payment.id, amountVnd })),
  );
  expect(await Promise.all(again.map((response) => response.json()))).toEqual(Array(4).fill({ result: "REPEATED" }));
  expect(paymentEntries(await given.read(code))).toEqual(["PENDING", "PAID"]);
  expect(paymentEntries(paid)).toEqual(["PENDING", "PAID"]);
});

it("of two transactions at once for one order one is counted, and the other waits for a person", async () => {
  const { code, payment } = await given.submitted(COPIES);
  const notice = { order: payment.id, amountVnd: COPIES_FEE };
  const answers = await Promise.all(
    ["first", "second"].map((name) => given.notify({ ...notice, transaction: `${name} ${payment.id}` })),
  );
  const results = await Promise.all(answers.map(async (response) => ((await response.json()) as Result).result));
  expect(results.sort()).toEqual(["APPLIED", "PROBLEM"]);
  expect(paymentEntries(await given.read(code))).toEqual(["PENDING", "PAID"]);
});

it.each([
  ["that is forged", { secret: "another secret of 32 characters and more!!" }],
  ["that is older than five minutes", { at: Date.now() - 301_000 }],
  ["without a signature", { header: "t=1,v1=0" }],
])("a notice %s is refused and stores nothing", async (_what, signing) => {
  const { code, payment } = await given.submitted(COPIES);
  const transaction = aKey();
  const response = await given.notify({ transaction, order: payment.id, amountVnd: COPIES_FEE }, signing);
  expect(response.status).toBe(401);
  expect((await given.read(code)).state).toBe("AWAITING_PAYMENT");
  expect(
    await given.world.sql("one-stop")`select 1 from payment_notices where transaction = ${transaction}`,
  ).toHaveLength(0);
});

it("a malformed notice and one for another merchant are refused", async () => {
  for (const notice of [{ transaction: 7 }, { merchant: "other", transaction: "t", order: "o", amountVnd: 1 }])
    expect((await given.notify(notice)).status).toBe(400);
});

it("where the notice was lost the desk asks the provider, and the payment is counted", async () => {
  const { code, payment } = await given.submitted(COPIES);
  await given.world.sql(
    "one-stop",
  )`update payments set next_attempt_at = now() + interval '1 day' where id = ${payment.id}`;
  await given.atProvider("pay", payment, "LOST");
  await given.world.sql("one-stop")`update payments set next_attempt_at = now() where id = ${payment.id}`;
  const paid = await given.paymentThatIs(code, isPaid);
  expect(paymentEntries(paid)).toEqual(["PENDING", "PAID"]);
});

it("a reversed payment is owed again, and a person is told", async () => {
  const { code, payment } = await given.submitted(COPIES);
  await given.atProvider("pay", payment);
  await given.paymentThatIs(code, isPaid);
  await given.atProvider("reverse", payment, "REPEATED");
  const reversed = await given.paymentThatIs(code, ({ state }) => state === "REVERSED");
  expect(paymentEntries(reversed)).toEqual(["PENDING", "PAID", "REVERSED"]);
  const cash = await given.record(code, { cash: { amountVnd: COPIES_FEE, receipt: "BL-7" } });
  expect(cash).toMatchObject({
    problems: [],
    dossier: { payment: { state: "PAID", method: "CASH", receipt: "BL-7" } },
  });
});

it("a reversal whose notice was lost is found by a query of the paid order", async () => {
  const { code, payment } = await given.submitted(COPIES);
  await given.atProvider("pay", payment);
  await given.paymentThatIs(code, isPaid);
  await given.atProvider("reverse", payment, "LOST");
  await given.world.sql("one-stop")`update payments set next_attempt_at = now() where id = ${payment.id}`;
  await given.paymentThatIs(code, ({ state }) => state === "REVERSED");
});

it("a payment and its reversal whose notices arrive at once never leave the order paid", async () => {
  const orders = await Promise.all(Array.from({ length: 8 }, () => given.submitted(COPIES)));
  await Promise.all(
    orders.map(async ({ payment: { id: order } }) => {
      const notice = { transaction: aKey(), order, amountVnd: COPIES_FEE };
      await Promise.all([given.notify(notice), given.notify({ ...notice, kind: "REVERSED" })]);
    }),
  );
  for (const { code } of orders) expect((await given.read(code)).payment.state).toMatch(/^(PENDING|REVERSED)$/);
});

it("a free dossier has no payment order and begins at once", async () => {
  expect(await given.submitted(MARRIAGE)).toMatchObject({
    feesVnd: 0,
    payment: null,
    parts: [{ state: "PROCESSING" }],
  });
});

it("the days on which the payment was awaited do not count: the due date moves, and its explanation says so", async () => {
  const before = await given.submitted(RESIDENCE);
  setClock(given.world, "2026-11-26T10:00:00+07:00");
  await given.atProvider("pay", before.payment);
  const paid = await given.paymentThatIs(before.code, isPaid);
  const suspended = paid.dueAtExplanation.filter(({ rule }: { rule: string }) => rule === "SUSPENDED");
  expect(suspended.map(({ text }: { text: string }) => text)).toEqual([
    ...[expect.stringContaining("chờ nộp phí, lệ phí"), expect.stringContaining("25/11/2026")],
  ]);
  expect(paid.dueAt).toBe("2026-12-04T23:59:59+07:00");
});

it("a fee that is not paid within its term ends the dossier, and money that comes later is refunded", async () => {
  const { code, payment } = await given.submitted(COPIES);
  setClock(given.world, "2027-01-04T09:00:00+07:00");
  const isEnded = ({ state }: DossierData, dossier: DossierData) =>
    state === "EXPIRED" && dossier.state !== "AWAITING_PAYMENT";
  const ended = await given.paymentThatIs(code, isEnded);
  expect(ended).toMatchObject({ state: "NOT_ACCEPTED", nationalStatus: 3, parts: [{ state: "CANCELLED" }] });
  await given.atProvider("pay", payment);
  const refunded = await given.paymentThatIs(code, ({ state }) => state === "REFUNDED");
  expect(refunded).toMatchObject({ state: "NOT_ACCEPTED", payment: { refundedVnd: COPIES_FEE } });
});
