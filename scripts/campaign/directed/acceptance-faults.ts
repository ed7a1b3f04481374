import { setTimeout as sleep } from "node:timers/promises";
import { killAt } from "./crashes.ts";
import type { Scenario } from "./scenario.ts";

/** Longer than an acceptance takes, shorter than a desk's timeout. */
const LONG_ENOUGH_MS = 1_500;

/** Fault that loses the dossier of a request acknowledged before its COMMIT. */
export const acknowledgedEarly: Scenario = {
  name: "one-stop is killed while the COMMIT of an acceptance is held",
  async run({ harness, desk, ledger, newChild }) {
    const sent = { owner: `demo:clerk:${desk.commune}`, key: "held-up", input: newChild(), replies: [] };
    harness.failpoints.arm("before-commit.ACCEPT", "hold");
    const reply = desk.try(sent).catch(() => undefined);
    await harness.failpoints.fired("before-commit.ACCEPT");
    const early = await Promise.race([reply, sleep(LONG_ENOUGH_MS)]);
    await harness.killAndAwait("one-stop");
    harness.failpoints.clear();
    await harness.start("one-stop");
    await reply;
    // without a response the desk sends the request again under the same key
    if (early) ledger.sent.push({ ...sent, replies: [early] });
    else await desk.submit(sent.input, sent.key);
  },
};

export const acceptance: Scenario[] = [
  {
    name: "one-stop is killed before the COMMIT of an acceptance; the desk repeats the request",
    run: (setup) => killAt(setup, "before-commit.ACCEPT", () => setup.send()),
  },
  {
    name: "one-stop is killed after the COMMIT of an acceptance and before its response; the desk repeats the request",
    run: (setup) => killAt(setup, "after-commit.ACCEPT", () => setup.send()),
  },
  acknowledgedEarly,
  {
    name: "a double click while the COMMIT of the first request is held",
    async run({ harness, desk, newChild }) {
      harness.failpoints.arm("before-commit.ACCEPT", "hold");
      const both = desk.submit(newChild(), "double-click", 2);
      await harness.failpoints.fired("before-commit.ACCEPT");
      await sleep(LONG_ENOUGH_MS);
      harness.failpoints.clear();
      await both;
    },
  },
];
