import { expect, it } from "vitest";
import { bearer } from "../../kit/ask-agency.ts";
import { clerk, contract } from "../../world.ts";
import { aKey, COPIES, COPIES_FEE, paying, paymentEntries, RESIDENCE } from "./paying.ts";

const given = paying();
const MARRIAGE = "1.000894";
/** Change of a household business: a council sets the fee. */
const SHOP = "2.000720";
const cash = (amountVnd: number, receipt = "BL-0001") => ({ cash: { amountVnd, receipt } });

async function withdrawn(code: string) {
  const variables = { dossier: code, reason: "Không còn nhu cầu", idempotencyKey: aKey() };
  const { data } = await given.world.ask(clerk, contract("withdraw-dossier"), variables);
  expect(data.withdrawDossier.problems).toEqual([]);
}

it("at the counter the work begins at once, and the clerk records the cash with the receipt", async () => {
  const { code, ...dossier } = await given.submitted(RESIDENCE, "DESK");
  expect(dossier).toMatchObject({ feesVnd: 20_000, payment: { state: "PENDING" }, parts: [{ state: "PROCESSING" }] });
  expect(await given.record(code, cash(20_000))).toMatchObject({
    problems: [],
    dossier: { payment: { state: "PAID", method: "CASH", receipt: "BL-0001", recordedBy: { id: "demo:clerk:31471" } } },
  });
});

it("cash begins the work of an online dossier that awaits its payment, once under one key", async () => {
  const { code } = await given.submitted(COPIES);
  const key = aKey();
  const recorded = await Promise.all([1, 2].map(() => given.record(code, cash(COPIES_FEE), key)));
  for (const { problems } of recorded) expect(problems).toEqual([]);
  const dossier = await given.read(code);
  expect(dossier).toMatchObject({ state: "IN_PROGRESS", parts: [{ state: "PROCESSING" }] });
  expect(paymentEntries(dossier)).toEqual(["PENDING", "PAID"]);
  expect((await given.record(code, cash(COPIES_FEE, "BL-2"), key)).problems).toMatchObject([
    { code: "IDEMPOTENCY_CONFLICT" },
  ]);
});

it("of two clerks who record cash at once one has received it, and the other learns that nothing is to be paid", async () => {
  const { code } = await given.submitted(COPIES, "DESK");
  const both = await Promise.all(["BL-1", "BL-2"].map((receipt) => given.record(code, cash(COPIES_FEE, receipt))));
  const codes = both.map(({ problems }) => problems[0]?.code ?? "RECORDED");
  expect(codes.sort()).toEqual(["NOTHING_TO_PAY", "RECORDED"]);
});

it("of cash and a notice at once one is counted, and the money of the other waits for a person or for the clerk", async () => {
  const { code, payment } = await given.submitted(COPIES);
  const notice = { transaction: aKey(), order: payment.id, amountVnd: COPIES_FEE };
  const [counter, online] = await Promise.all([given.record(code, cash(COPIES_FEE)), given.notify(notice)]);
  const { result } = (await online.json()) as { result: string };
  const isCash = counter.problems.length === 0;
  expect(result).toBe(isCash ? "PROBLEM" : "APPLIED");
  expect(paymentEntries(await given.read(code))).toEqual(["PENDING", "PAID"]);
});

it.each([
  ["another amount than the published fee", cash(1), "FEE_AMOUNT_DIFFERS", ["input", "cash", "amountVnd"]],
  ["no amount", cash(0), "AMOUNT_IMPOSSIBLE", ["input", "cash", "amountVnd"]],
  ["no receipt", cash(COPIES_FEE, " "), "RECEIPT_MISSING", ["input", "cash", "receipt"]],
  [
    "a waiver without a legal basis",
    { waiver: { legalBasis: "" } },
    "LEGAL_BASIS_MISSING",
    ["input", "waiver", "legalBasis"],
  ],
  ["nothing", {}, "PAYMENT_RECORD_MALFORMED", ["input"]],
  ["a refund that is not due", { refund: { receipt: "PC-1" } }, "NOTHING_TO_REFUND", ["dossier"]],
])("a record of %s is a problem and changes nothing", async (_what, input, code, path) => {
  const dossier = await given.submitted(COPIES, "DESK", 0);
  const recorded = await given.record(dossier.code, input);
  expect(recorded).toMatchObject({ dossier: null, problems: [{ code, path }] });
  expect((await given.read(dossier.code)).payment.state).toBe("PENDING");
});

it("a free dossier has nothing to pay, and a fee that a council sets is recorded as it was counted", async () => {
  const free = await given.submitted(MARRIAGE, "DESK");
  expect((await given.record(free.code, cash(1_000))).problems).toMatchObject([{ code: "NOTHING_TO_PAY" }]);
  const shop = await given.submitted(SHOP, "DESK");
  expect(shop.payment).toBeNull();
  for (const amount of [0, 100_000_001, 9_000_000_000_000_000]) {
    const { dossier, problems } = await given.record(shop.code, cash(amount));
    expect([dossier, problems]).toMatchObject([
      null,
      [{ code: "AMOUNT_IMPOSSIBLE", path: ["input", "cash", "amountVnd"] }],
    ]);
    expect(problems[0].message).toContain("100.000.000 đồng");
  }
  const recorded = await given.record(shop.code, cash(100_000));
  expect(recorded).toMatchObject({ problems: [], dossier: { payment: { state: "PAID", amountVnd: 100_000 } } });
});

it("an exempt applicant pays nothing: the waiver with its legal basis begins the work", async () => {
  const { code } = await given.submitted(COPIES);
  const waiver = { legalBasis: "Luật Phí và lệ phí 97/2015/QH13, Điều 10" };
  expect(await given.record(code, { waiver })).toMatchObject({
    ...{ problems: [], dossier: { state: "IN_PROGRESS", payment: { state: "WAIVED", ...waiver } } },
  });
  expect((await given.record(code, cash(COPIES_FEE))).problems).toMatchObject([{ code: "NOTHING_TO_PAY" }]);
});

it("the cash of a dossier that is withdrawn before its work is paid back at the counter", async () => {
  const { code } = await given.submitted(COPIES, "DESK");
  await given.record(code, cash(COPIES_FEE));
  await withdrawn(code);
  expect((await given.read(code)).payment).toMatchObject({
    state: "REFUND_DUE",
    refundVnd: COPIES_FEE,
    refundedVnd: 0,
  });
  const key = aKey();
  for (const _ of [1, 2])
    expect(await given.record(code, { refund: { receipt: "PC-9" } }, key)).toMatchObject({
      ...{ problems: [], dossier: { payment: { state: "REFUNDED", refundedVnd: COPIES_FEE } } },
    });
  expect(paymentEntries(await given.read(code)).slice(-3)).toEqual(["PAID", "REFUND_DUE", "REFUNDED"]);
});

it("a fee that nobody has paid ends with the withdrawal", async () => {
  const { code } = await given.submitted(COPIES, "DESK");
  await withdrawn(code);
  expect((await given.read(code)).payment.state).toBe("EXPIRED");
});

it("results are handed over only when the fee is paid", async () => {
  const { code, parts } = await given.submitted(COPIES, "DESK");
  const registrar = { persona: "registrar" };
  const grant = { part: parts[0].id, decision: { grant: { facts: { number: "01" } } }, idempotencyKey: aKey() };
  const { data } = await given.world.ask(registrar, contract("decide-part"), grant);
  expect(data.decidePart.problems).toEqual([]);
  const handOver = async () => {
    const variables = { dossier: code, input: { method: "DESK", receiptCode: "R1" }, idempotencyKey: aKey() };
    return (await given.world.ask(clerk, contract("return-results"), variables)).data.returnResults;
  };
  expect((await handOver()).problems).toMatchObject([{ code: "FEE_NOT_PAID", path: ["dossier"] }]);
  await given.record(code, cash(COPIES_FEE));
  expect(await handOver()).toMatchObject({ problems: [], dossier: { state: "RETURNED" } });
});

it("a clerk alone records payments, and only of the own office", async () => {
  const { code } = await given.submitted(COPIES, "DESK");
  const record = (who: Parameters<typeof given.record>[3]) => given.record(code, cash(COPIES_FEE), aKey(), who);
  for (const role of ["citizen", "leader"] as const) {
    const { errors } = await record(bearer(role, { office: "31471", personalId: "093195000017" }));
    expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  }
  const { errors } = await record(bearer("clerk", { office: "31474" }));
  expect(errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
});
