import { setTimeout as sleep } from "node:timers/promises";
import { crashesAt } from "./crashes.ts";
import type { Scenario } from "./scenario.ts";

/** Longer than an acceptance takes, shorter than a desk's timeout. */
const LONG_ENOUGH_MS = 1_500;

/** Fault that loses an acknowledgement given before the COMMIT. */
export const acknowledgedEarly: Scenario = {
  name: "one-stop dies while the COMMIT of an acceptance is held up",
  async run({ harness, desk, ledger, aChild }) {
    const sent = { owner: `demo:clerk:${desk.commune}`, key: "held-up", input: aChild(), replies: [] };
    harness.failpoints.arm("before-commit.ACCEPT", "hold");
    const reply = desk.try(sent).catch(() => undefined);
    await harness.failpoints.fired("before-commit.ACCEPT");
    const early = await Promise.race([reply, sleep(LONG_ENOUGH_MS)]);
    await harness.killed("one-stop");
    harness.failpoints.clear();
    await harness.revive("one-stop");
    await reply;
    // with an early response the desk is done; without one it sends the request again under the same key
    if (early) ledger.sent.push({ ...sent, replies: [early] });
    else await desk.submit(sent.input, sent.key);
  },
};

export const acceptance: Scenario[] = [
  {
    name: "one-stop dies before the COMMIT of an acceptance; the desk sends it again",
    run: (stage) => crashesAt(stage, "before-commit.ACCEPT", () => stage.send()),
  },
  {
    name: "one-stop dies after the COMMIT of an acceptance and before its answer; the desk sends it again",
    run: (stage) => crashesAt(stage, "after-commit.ACCEPT", () => stage.send()),
  },
  acknowledgedEarly,
  {
    name: "a double click while the COMMIT of the first is held up",
    async run({ harness, desk, aChild }) {
      harness.failpoints.arm("before-commit.ACCEPT", "hold");
      const both = desk.submit(aChild(), "double-click", 2);
      await harness.failpoints.fired("before-commit.ACCEPT");
      await sleep(LONG_ENOUGH_MS);
      harness.failpoints.clear();
      await both;
    },
  },
];
