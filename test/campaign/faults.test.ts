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

/** Scenarios of a group, of which every n-th is played by default: steps and moments then change together. */
type Group = [name: string, scenarios: Scenario[], everyNth?: number];

const groups: Group[] = [
  ["an acceptance happens once if", acceptance],
  ["a reserved code is used once if", reservedCodes],
  ["a saga continues and acts once if", crashes, 4],
  ["a saga continues and acts once if", stalledProcesses],
  ["a life event happens once if", lifeEventCrashes, 2],
  ["a supplement ends if", supplements, 4],
  ["a payment counts once if", paymentFaults, 4],
  ["a land transfer is settled once if", landTransferFaults, 4],
  ["an act of a person happens once if", actFaults, 4],
  ["a deadline is acted on once if", deadlineFaults, 4],
  ["a draft certificate is answered once if", certificateFaults, 2],
  ["an agency does its work once if", agencyFaults, 4],
  ["a late delivery changes nothing if", lateDeliveries],
];

const isWhole = process.env.FAULTS === "all";
const played = (scenarios: Scenario[], everyNth: number) =>
  isWhole ? scenarios : scenarios.filter((_, index) => index % everyNth === 0);

/** Longer than a scenario's own patience, whose failure tells what is stuck. */
const TIMEOUT_MS = 180_000;

for (const [group, scenarios, everyNth = 1] of groups) {
  describe(group, { timeout: TIMEOUT_MS }, () => {
    test.each(played(scenarios, everyNth))("every invariant holds after the fault: $name", async ({ run }) => {
      await run(setup);
      expect(await checkInvariants(setup)).toEqual([]);
    });
  });
}
