import { killAt } from "./crashes.ts";
import type { Scenario } from "./scenario.ts";

/** Fault of a desk that writes one reserved code on two receipts. */
export const oneCodeOnTwoReceipts: Scenario = {
  name: "a desk gives one reserved code to two children, and sends both at once",
  async run({ desk, newChild, send }) {
    const [code] = await desk.reserve(1, "two-receipts");
    const children = [newChild(), newChild()];
    const sent = await Promise.all(children.map((child, place) => desk.submit(child, `receipt-${place}`, 1, code)));
    // the desk issues the receipt again under a new code
    for (const { input, replies } of sent) if (replies[0]?.kind !== "ACKNOWLEDGED") await send(input);
  },
};

export const reservedCodes: Scenario[] = [
  oneCodeOnTwoReceipts,
  {
    name: "one-stop dies before the COMMIT of a reservation; the desk asks again",
    async run(setup) {
      const { desk, newChild } = setup;
      let codes: string[] = [];
      await killAt(setup, "before-commit.RESERVE", async () => {
        codes = await desk.reserve(2, "reserved-before");
      });
      await desk.submit(newChild(), "offline-before", 1, codes[0]);
    },
  },
  {
    name: "one-stop dies after the COMMIT of an item of a batch and before its answer; the desk sends it again",
    async run(setup) {
      const { desk, newChild } = setup;
      const [code] = await desk.reserve(1, "reserved-after");
      await killAt(setup, "after-commit.ACCEPT", () => desk.submit(newChild(), "offline-after", 1, code));
    },
  },
];
