import { DEFAULT_COMMUNE } from "../../../subgraphs/_shared/demo/population.ts";
import type { NoticeDelivery } from "../../payment-provider/notices.ts";
import { openPayer, type Payer } from "../payer.ts";
import { paymentsSettled } from "../payment-facts.ts";
import { killAt } from "./crashes.ts";
import type { FaultSetup } from "./fault-setup.ts";
import type { Scenario } from "./scenario.ts";

const PATIENCE_MS = 30_000;
let serial = 0;

function payerOf({ harness }: FaultSetup): Payer {
  const since = performance.now();
  return openPayer(harness.system, DEFAULT_COMMUNE, () => since + PATIENCE_MS);
}

async function settled({ harness }: FaultSetup): Promise<void> {
  await paymentsSettled(harness, 20);
}

async function payOnce(setup: FaultSetup, notice: NoticeDelivery) {
  const payer = payerOf(setup);
  const sent = await payer.submit(`paid-${process.pid}-${serial++}`);
  await payer.atProvider("pay", sent.order, notice);
  return { payer, ...sent };
}

/** A notice that arrives three times at once. */
export const repeatedNotice: Scenario = {
  name: "the provider sends its notice three times at once",
  async run(setup) {
    await payOnce(setup, "REPEATED");
    await settled(setup);
  },
};

export const paymentFaults: Scenario[] = [
  repeatedNotice,
  ...(["before-commit", "after-commit"] as const).map((moment) => ({
    name: `one-stop dies ${moment} of a payment's notice, before its answer; the provider sends it again`,
    async run(setup: FaultSetup) {
      const payer = payerOf(setup);
      const { order } = await payer.submit(`paid-${process.pid}-${serial++}`);
      await killAt(setup, `${moment}.PAYMENT`, () => payer.atProvider("pay", order, "SENT"));
      await settled(setup);
    },
  })),
  {
    name: "the notice of a payment is lost; the desk asks the provider",
    async run(setup) {
      await payOnce(setup, "LOST");
      await settled(setup);
    },
  },
  {
    name: "the provider is killed when the dossier is withdrawn; the refund is paid out when it is back",
    async run(setup) {
      const { payer, code } = await payOnce(setup, "SENT");
      await settled(setup);
      await setup.harness.killAndAwait("payment-provider");
      await payer.withdraw(code, `withdraw-${code}`);
      await setup.harness.start("payment-provider");
      await settled(setup);
    },
  },
  {
    name: "one-stop dies when the provider has paid a refund out, before it is recorded",
    async run(setup) {
      const { payer, code } = await payOnce(setup, "SENT");
      await settled(setup);
      await killAt(setup, "after-call.REFUND", () => payer.withdraw(code, `withdraw-${code}`));
      await settled(setup);
    },
  },
  {
    name: "a payment is reversed, and both notices come three times",
    async run(setup) {
      const { payer, order } = await payOnce(setup, "REPEATED");
      await settled(setup);
      await payer.atProvider("reverse", order, "REPEATED");
      await settled(setup);
    },
  },
];
