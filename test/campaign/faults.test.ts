import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildBundle, removeBundles } from "../../scripts/campaign/campaign-bundle.ts";
import { removeData, scratchData } from "../../scripts/campaign/data-directory.ts";
import { acceptance } from "../../scripts/campaign/directed/acceptance-faults.ts";
import { actFaults } from "../../scripts/campaign/directed/act-faults.ts";
import { agencyFaults } from "../../scripts/campaign/directed/agency-faults.ts";
import { certificateFaults } from "../../scripts/campaign/directed/certificate-faults.ts";
import { crashes } from "../../scripts/campaign/directed/crashes.ts";
import { deadlineFaults } from "../../scripts/campaign/directed/deadline-faults.ts";
import { checkInvariants, type FaultSetup, openFaultSetup } from "../../scripts/campaign/directed/fault-setup.ts";
import { landTransferFaults } from "../../scripts/campaign/directed/land-transfer-faults.ts";
import { lateDeliveries } from "../../scripts/campaign/directed/late-delivery.ts";
import { lifeEventCrashes } from "../../scripts/campaign/directed/life-event-crashes.ts";
import { paymentFaults } from "../../scripts/campaign/directed/payment-faults.ts";
import { reservedCodes } from "../../scripts/campaign/directed/reserved-code-faults.ts";
import type { Scenario } from "../../scripts/campaign/directed/scenario.ts";
import { stalledProcesses } from "../../scripts/campaign/directed/stalled-processes.ts";
import { supplements } from "../../scripts/campaign/directed/supplements.ts";

// all scenarios run on one system of real processes, so that the effects of a fault meet the later ones
const data = scratchData();
let setup: FaultSetup;

beforeAll(async () => {
  setup = await openFaultSetup({ data, entry: await buildBundle("right") });
});
afterAll(async () => {
  await setup?.harness.close();
  removeData(data);
  removeBundles();
});

const groups: [string, Scenario[]][] = [
  ["an acceptance happens once if", acceptance],
  ["a reserved code is used once if", reservedCodes],
  ["a saga continues and acts once if", crashes],
  ["a saga continues and acts once if", stalledProcesses],
  ["a life event happens once if", lifeEventCrashes],
  ["a supplement ends if", supplements],
  ["a payment counts once if", paymentFaults],
  ["a land transfer is settled once if", landTransferFaults],
  ["an act of a person happens once if", actFaults],
  ["a deadline is acted on once if", deadlineFaults],
  ["a draft certificate is answered once if", certificateFaults],
  ["an agency does its work once if", agencyFaults],
  ["a late delivery changes nothing if", lateDeliveries],
];

/** Groups of more scenarios than this are played in part: every fourth, so that steps and moments change together. */
const SHORT_GROUP = 6;
const isWhole = process.env.FAULTS === "all";
const played = (scenarios: Scenario[]) =>
  isWhole || scenarios.length <= SHORT_GROUP ? scenarios : scenarios.filter((_, index) => index % 4 === 0);

/** Longer than a scenario's own patience, whose failure tells what is stuck. */
const TIMEOUT_MS = 180_000;

for (const [group, scenarios] of groups) {
  describe(group, { timeout: TIMEOUT_MS }, () => {
    test.each(played(scenarios))("every invariant holds after the fault: $name", async ({ run }) => {
      await run(setup);
      expect(await checkInvariants(setup)).toEqual([]);
    });
  });
}
