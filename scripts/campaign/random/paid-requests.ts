import { setTimeout as sleep } from "node:timers/promises";
import { seededRandom } from "../../../subgraphs/_shared/demo/population-random.ts";
import { NOTICE_DELIVERIES, type NoticeDelivery } from "../../payment-provider/notices.ts";
import type { Payer } from "../payer.ts";

/** A dossier with a fee: when it is sent, how its notice travels, and what follows. */
type PaidRequest = {
  atMs: number;
  key: string;
  notice: NoticeDelivery;
  then: "NOTHING" | "WITHDRAW" | "REVERSE";
  paid: boolean;
};

/** One dossier with a fee for this number of free ones. */
const FREE_FOR_EACH = 10;
const PERCENT = { unpaid: 10, withdrawn: 30, reversed: 15 };

/** Dossiers with a fee, spread over the campaign's seconds; the same for the same seed. */
function paidRequests(seed: number, plan: { requests: number; seconds: number }): PaidRequest[] {
  const random = seededRandom(seed);
  const count = Math.ceil(plan.requests / FREE_FOR_EACH);
  return Array.from({ length: count }, (_, number): PaidRequest => {
    const [chance, luck] = [random.below(100), random.below(100)];
    const then = chance < PERCENT.withdrawn ? "WITHDRAW" : chance >= 100 - PERCENT.reversed ? "REVERSE" : "NOTHING";
    return {
      ...{ atMs: (number * plan.seconds * 1_000) / count, key: `campaign-paid-${seed}-${number}`, then },
      ...{ notice: random.pick(NOTICE_DELIVERIES), paid: luck >= PERCENT.unpaid },
    };
  });
}

/** Sends the dossiers with a fee, pays and withdraws them. The invariants report a dossier whose calls failed. */
export async function payFees(payer: Payer, seed: number, plan: { requests: number; seconds: number }): Promise<void> {
  const began = performance.now();
  const act = async ({ atMs, key, notice, then, paid }: PaidRequest) => {
    await sleep(Math.max(0, began + atMs - performance.now()));
    const { code, order } = await payer.submit(key);
    if (paid) await payer.atProvider("pay", order, notice);
    if (then === "WITHDRAW") await payer.withdraw(code, `${key}-withdraw`);
    if (then === "REVERSE" && paid) await payer.atProvider("reverse", order, notice);
  };
  await Promise.allSettled(paidRequests(seed, plan).map(act));
}
