import type { AgencyCode } from "../../../subgraphs/agency-registry.ts";
import type { Failpoint } from "../armed-failpoints.ts";
import { acknowledgedCode, type Sent } from "../ledger.ts";
import { decideByHand, openParts } from "../officer-decisions.ts";
import { isSettled } from "../settled-system.ts";
import type { StepKey } from "../system-facts.ts";
import { waitUntil } from "../wait-until.ts";
import { crashesAt } from "./crashes.ts";
import type { FaultStage } from "./fault-stage.ts";
import { MOMENTS, type Scenario } from "./scenario.ts";

/** A step whose agency asks for papers. */
type Asks = { step: StepKey; agency: AgencyCode };
const BIRTH: Asks = { step: "BIRTH", agency: "CIVIL_STATUS" };
const HOME: Asks = { step: "RESIDENCE", agency: "RESIDENCE" };
const CARD: Asks = { step: "INSURANCE", agency: "HEALTH_INSURANCE" };

export const supplements: Scenario[] = [
  ...[BIRTH, HOME, CARD].map((asks) => ({
    name: `one-stop dies when it hears that ${asks.step} needs papers; the officer grants it`,
    run: (stage: FaultStage) => askedWhileDying(stage, asks),
  })),
  ...MOMENTS.flatMap((moment) =>
    (moment === "after-call" ? [BIRTH, HOME, CARD] : [CARD]).map((asks) => ({
      name: `one-stop dies ${moment} of its question what became of ${asks.step}, which the officer grants`,
      run: (stage: FaultStage) => answeredWhileDying(stage, asks, `${moment}.${asks.step}`),
    })),
  ),
  {
    name: "the papers are not brought and the officer refuses; the other parts stay granted",
    run: (stage) => withPapersAsked(stage, CARD, (part) => decideByHand(stage.harness, part, false)),
  },
  {
    name: "an agency's register is restored to before the part came: it is delivered again",
    run: (stage) =>
      withPapersAsked(stage, CARD, async ({ partId }) => {
        await stage.harness.sql("health-insurance")`delete from received_parts where part_id = ${partId}`;
      }),
  },
  {
    name: "the part that waits for papers is cancelled",
    run: (stage) =>
      withPapersAsked(stage, CARD, async ({ agency, partId }) => {
        await stage.faultyClient.cancel(agency, partId);
      }),
  },
];

async function askedWhileDying(stage: FaultStage, { step, agency }: Asks): Promise<void> {
  const { harness } = stage;
  harness.demo.setMood(agency, "ASKS_FOR_PAPERS");
  await crashesAt(stage, `after-call.${step}`, () => stage.send());
  harness.demo.setMood(agency, "UP");
  await isSettled(harness, 20);
  await grantAll(stage, agency);
}

async function answeredWhileDying(stage: FaultStage, asks: Asks, point: Failpoint): Promise<void> {
  await papersAsked(stage, asks);
  await crashesAt(stage, point, async () => {
    await grantAll(stage, asks.agency);
    await Promise.race([isSettled(stage.harness, 20), stage.harness.failpoints.fired(point)]);
  });
}

async function withPapersAsked(
  stage: FaultStage,
  asks: Asks,
  play: (part: { agency: AgencyCode; partId: string }) => Promise<void>,
): Promise<void> {
  await papersAsked(stage, asks);
  for (const part of await openParts(stage.harness, asks.agency)) await play(part);
}

/** A dossier that waits for papers, after its agency is back in the mode UP. */
async function papersAsked(stage: FaultStage, { step, agency }: Asks): Promise<Sent> {
  const { harness } = stage;
  harness.demo.setMood(agency, "ASKS_FOR_PAPERS");
  const sent = await stage.send();
  const code = acknowledgedCode(sent) ?? "";
  await waitUntil(`${step} of ${code} waits for papers`, async () => {
    const [found] = await harness.sql("one-stop")<{ state: string }[]>`
      select s.state from steps s join dossiers d on d.id = s.dossier_id where d.code = ${code} and s.key = ${step}`;
    return found?.state === "SUPPLEMENT_NEEDED";
  });
  harness.demo.setMood(agency, "UP");
  return sent;
}

async function grantAll({ harness }: FaultStage, agency: AgencyCode): Promise<void> {
  for (const part of await openParts(harness, agency)) await decideByHand(harness, part, true);
}
