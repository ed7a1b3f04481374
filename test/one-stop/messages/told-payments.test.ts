import { expect, it } from "vitest";
import { setClock } from "../../kit/dossier-outcomes.ts";
import { COPIES, COPIES_FEE, isPaid, paying } from "../payments/paying.ts";
import { expectTold } from "./spooled-files.ts";

const given = paying();
const told = (code: string, kinds: readonly string[]) => expectTold(given.world, code, kinds);

it("an online dossier with a fee is told with the last day to pay, and then that the fee was received", async () => {
  const { code, payment } = await given.submitted(COPIES);
  const [message] = await told(code, ["PAYMENT_AWAITED"]);
  expect(message?.sms).toMatch(/^Hồ sơ .* chờ nộp phí, hạn \d\d\/\d\d\/2026$/);
  // no link to pay is sent: a citizen cannot tell it from a forged one
  expect(message?.text).not.toContain(given.provider.url);
  await given.atProvider("pay", payment);
  await given.paymentThatIs(code, isPaid);
  await told(code, ["PAYMENT_AWAITED", "PAYMENT_RECEIVED"]);
});

it("cash at the counter is told as well", async () => {
  const { code } = await given.submitted(COPIES, "DESK");
  await given.record(code, { cash: { amountVnd: COPIES_FEE, receipt: "BL-1" } });
  await told(code, ["RECEIVED", "PAYMENT_RECEIVED"]);
});

it("a dossier whose fee does not come is told that it is not accepted", async () => {
  const { code } = await given.submitted(COPIES);
  await told(code, ["PAYMENT_AWAITED"]);
  setClock(given.world, "2027-01-04T09:00:00+07:00");
  await told(code, ["PAYMENT_AWAITED", "NOT_ACCEPTED"]);
});
