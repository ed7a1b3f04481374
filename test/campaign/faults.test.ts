import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildBundle, removeBundles } from "../../scripts/campaign/campaign-bundle.ts";
import { removeData, scratchData } from "../../scripts/campaign/data-directory.ts";
import { acceptance } from "../../scripts/campaign/directed/acceptance.ts";
import { agencyFaults } from "../../scripts/campaign/directed/agency-faults.ts";
import { crashes } from "../../scripts/campaign/directed/crashes.ts";
import { type FaultStage, openFaultStage, verdict } from "../../scripts/campaign/directed/fault-stage.ts";
import { lateDeliveries } from "../../scripts/campaign/directed/late-delivery.ts";
import type { Scenario } from "../../scripts/campaign/directed/scenario.ts";
import { stalledProcesses } from "../../scripts/campaign/directed/stalled-processes.ts";
import { supplements } from "../../scripts/campaign/directed/supplements.ts";

// one system of real processes lives through all of these: whatever a fault leaves behind, the later ones meet
const data = scratchData();
let stage: FaultStage;

beforeAll(async () => {
  stage = await openFaultStage({ data, entry: await buildBundle("right") });
});
afterAll(async () => {
  await stage?.harness.close();
  removeData(data);
  removeBundles();
});

const groups: [string, Scenario[]][] = [
  ["an acceptance is right and single when", acceptance],
  ["a saga goes on, right and single, when", crashes],
  ["a saga goes on, right and single, when", stalledProcesses],
  ["a supplement comes to its end when", supplements],
  ["an agency's work is done once when", agencyFaults],
  ["a late delivery changes nothing when", lateDeliveries],
];

for (const [promise, scenarios] of groups) {
  describe(promise, () => {
    test.each(scenarios)("every invariant holds after the fault: $name", async ({ run }) => {
      await run(stage);
      expect(await verdict(stage)).toEqual([]);
    });
  });
}
