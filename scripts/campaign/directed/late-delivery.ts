import type { BirthRequest } from "../../../subgraphs/one-stop/bundles/birth/request.ts";
import { unsolicitedDelivery } from "../faulty-client.ts";
import { acknowledgedCode, type Sent } from "../ledger.ts";
import { isSettled } from "../settled-system.ts";
import { type DossierFact, readSystemFacts } from "../system-facts.ts";
import type { FaultStage } from "./fault-stage.ts";
import type { Scenario } from "./scenario.ts";

const TIMES = 5;

export const lateDeliveries: Scenario[] = [
  {
    name: "every part of a finished dossier is delivered again, five times at once, and cancelled",
    async run(stage) {
      const { dossier } = await finished(stage, await stage.send());
      const { steps } = await readSystemFacts(stage.harness);
      for (const { id, agency } of steps.filter(({ dossierId }) => dossierId === dossier.id)) {
        const copy = await stage.faultyClient.copyOf(id);
        if (!copy) throw new Error(`Step ${id} of a finished dossier was never sent`);
        await Promise.all(Array.from({ length: TIMES }, () => stage.faultyClient.deliver(copy)));
        await stage.faultyClient.cancel(agency, id);
      }
    },
  },
  ...(["BIRTH", "RESIDENCE", "INSURANCE"] as const).map(cancelledBeforeDelivery),
];

/** The late part is one that the agency would grant: its child does not have the requested entry yet. */
export function cancelledBeforeDelivery(step: "BIRTH" | "RESIDENCE" | "INSURANCE"): Scenario {
  return {
    name: `a part for ${step} is cancelled before it arrives, and delivered late`,
    run: (stage) => cancelThenDeliver(stage, step),
  };
}

async function cancelThenDeliver(stage: FaultStage, step: "BIRTH" | "RESIDENCE" | "INSURANCE"): Promise<void> {
  const whole = stage.aChild();
  const unheardOf = stage.aChild().child.birthNotice;
  const asked = step === "RESIDENCE" ? { ...whole, residence: null } : { ...whole, insurance: null };
  const { dossier, facts } = await finished(stage, await stage.send(asked));
  const { residence, insurance } = whole;
  const child = { ...dossier.request.child, ...(step === "BIRTH" && { birthNotice: unheardOf }) };
  // the desk would have parsed the complete request to the same shape
  const request = { ...dossier.request, child, residence, insurance } as BirthRequest;
  await stage.faultyClient.cancelThenDeliver(unsolicitedDelivery(step, request, facts));
}

/** Dossier of a request after the end of all its steps, with the facts of the steps. */
async function finished(
  { harness }: FaultStage,
  sent: Sent,
): Promise<{ dossier: DossierFact; facts: Record<string, string> }> {
  await isSettled(harness, 20);
  const { dossiers, steps } = await readSystemFacts(harness);
  const dossier = dossiers.find(({ code }) => code === acknowledgedCode(sent));
  if (!dossier) throw new Error(`The dossier of ${sent.key} is not there`);
  const own = steps.filter(({ dossierId }) => dossierId === dossier.id);
  return { dossier, facts: Object.assign({}, ...own.map((step) => step.facts ?? {})) };
}
