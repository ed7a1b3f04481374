import type { AgencyCode } from "../../../subgraphs/agency-registry.ts";
import type { Failpoint } from "../armed-failpoints.ts";
import { acknowledgedCode, type SentRequest } from "../ledger.ts";
import { decideByHand, openParts } from "../officer-decisions.ts";
import { isSettled } from "../settled-system.ts";
import { waitUntil } from "../wait-until.ts";
import { killAt } from "./crashes.ts";
import type { FaultSetup } from "./fault-setup.ts";
import { BUNDLE_STEPS, MOMENTS, type Scenario } from "./scenario.ts";

/** Step whose agency requests papers: one with a part in the dossier. */
type PaperRequest = { step: string; agency: AgencyCode };
const PARTS: PaperRequest[] = BUNDLE_STEPS.filter(({ part }) => part).map(({ key, agency }) => ({ step: key, agency }));
const INSURANCE: PaperRequest = { step: "INSURANCE", agency: "HEALTH_INSURANCE" };

export const supplements: Scenario[] = [
  ...PARTS.map((asks) => ({
    name: `one-stop is killed when ${asks.step} is answered with a request for papers; the officer grants it`,
    run: (setup: FaultSetup) => killDuringRequest(setup, asks),
  })),
  ...MOMENTS.flatMap((moment) =>
    (moment === "after-call" ? PARTS : [INSURANCE]).map((asks) => ({
      name: `one-stop is killed ${moment} of the status query for ${asks.step}, which the officer grants`,
      run: (setup: FaultSetup) => killDuringAnswer(setup, asks, `${moment}.${asks.step}`),
    })),
  ),
  {
    name: "the papers are not submitted and the officer refuses; the other parts stay granted",
    run: (setup) => withPapersRequested(setup, INSURANCE, (part) => decideByHand(setup.harness, part, false)),
  },
  {
    name: "an agency's register is restored to a time before the part arrived: the part is delivered again",
    run: (setup) =>
      withPapersRequested(setup, INSURANCE, async ({ partId }) => {
        await setup.harness.sql("health-insurance")`delete from received_parts where part_id = ${partId}`;
      }),
  },
  {
    name: "the part that waits for papers is cancelled",
    run: (setup) =>
      withPapersRequested(setup, INSURANCE, async ({ agency, partId }) => {
        await setup.faultyClient.cancel(agency, partId);
      }),
  },
];

async function killDuringRequest(setup: FaultSetup, { step, agency }: PaperRequest): Promise<void> {
  const { harness } = setup;
  harness.demo.setFaultMode(agency, "ASKS_FOR_PAPERS");
  await killAt(setup, `after-call.${step}`, () => setup.send());
  harness.demo.setFaultMode(agency, "UP");
  await isSettled(harness, 20);
  await grantAll(setup, agency);
}

async function killDuringAnswer(setup: FaultSetup, asks: PaperRequest, point: Failpoint): Promise<void> {
  await papersRequested(setup, asks);
  await killAt(setup, point, async () => {
    await grantAll(setup, asks.agency);
    await Promise.race([isSettled(setup.harness, 20), setup.harness.failpoints.fired(point)]);
  });
}

async function withPapersRequested(
  setup: FaultSetup,
  asks: PaperRequest,
  play: (part: { agency: AgencyCode; partId: string }) => Promise<void>,
): Promise<void> {
  await papersRequested(setup, asks);
  for (const part of await openParts(setup.harness, asks.agency)) await play(part);
}

/** Submits a dossier that waits for papers; its agency is in the mode UP afterwards. */
async function papersRequested(setup: FaultSetup, { step, agency }: PaperRequest): Promise<SentRequest> {
  const { harness } = setup;
  harness.demo.setFaultMode(agency, "ASKS_FOR_PAPERS");
  const sent = await setup.send();
  const code = acknowledgedCode(sent) ?? "";
  await waitUntil(`${step} of ${code} waits for papers`, async () => {
    const [found] = await harness.sql("one-stop")<{ state: string }[]>`
      select s.state from steps s join dossiers d on d.id = s.dossier_id where d.code = ${code} and s.key = ${step}`;
    return found?.state === "SUPPLEMENT_NEEDED";
  });
  harness.demo.setFaultMode(agency, "UP");
  return sent;
}

async function grantAll({ harness }: FaultSetup, agency: AgencyCode): Promise<void> {
  for (const part of await openParts(harness, agency)) await decideByHand(harness, part, true);
}
