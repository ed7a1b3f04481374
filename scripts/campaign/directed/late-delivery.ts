import type { BirthRequest } from "../../../subgraphs/one-stop/bundles/birth/birth-request.ts";
import { unsolicitedDelivery } from "../faulty-client.ts";
import { acknowledgedCode, type SentRequest } from "../ledger.ts";
import { isSettled } from "../settled-system.ts";
import { type DossierFact, readSystemFacts } from "../system-facts.ts";
import type { FaultSetup } from "./fault-setup.ts";
import type { Scenario } from "./scenario.ts";

const TIMES = 5;

export const lateDeliveries: Scenario[] = [
  {
    name: "every part of a finished dossier is delivered again, five times at once, and cancelled",
    async run(setup) {
      const { dossier } = await finishedDossier(setup, await setup.send());
      const { steps } = await readSystemFacts(setup.harness);
      for (const { id, agency } of steps.filter(({ dossierId }) => dossierId === dossier.id)) {
        const copy = await setup.faultyClient.copyOf(id);
        if (!copy) throw new Error(`Step ${id} of a finished dossier was never sent`);
        await Promise.all(Array.from({ length: TIMES }, () => setup.faultyClient.deliver(copy)));
        await setup.faultyClient.cancel(agency, id);
      }
    },
  },
  ...(["BIRTH", "RESIDENCE", "INSURANCE"] as const).map(cancelledBeforeDelivery),
];

/** Late delivery of a cancelled part that the agency would otherwise grant, since the child has no such entry yet. */
export function cancelledBeforeDelivery(step: "BIRTH" | "RESIDENCE" | "INSURANCE"): Scenario {
  return {
    name: `a part for ${step} is cancelled before its delivery, and then delivered`,
    run: (setup) => cancelThenDeliver(setup, step),
  };
}

async function cancelThenDeliver(setup: FaultSetup, step: "BIRTH" | "RESIDENCE" | "INSURANCE"): Promise<void> {
  const whole = setup.newChild();
  const otherNotice = setup.newChild().child.birthNotice;
  const asked = step === "RESIDENCE" ? { ...whole, residence: null } : { ...whole, insurance: null };
  const { dossier, facts } = await finishedDossier(setup, await setup.send(asked));
  const { residence, insurance } = whole;
  const child = { ...dossier.request.child, ...(step === "BIRTH" && { birthNotice: otherNotice }) };
  // cast: the desk parses a complete request to the same shape
  const request = { ...dossier.request, child, residence, insurance } as BirthRequest;
  await setup.faultyClient.cancelThenDeliver(unsolicitedDelivery(step, request, facts));
}

/** Dossier of a request after the end of all its steps, with the facts of the steps. */
async function finishedDossier(
  { harness }: FaultSetup,
  sent: SentRequest,
): Promise<{ dossier: DossierFact; facts: Record<string, string> }> {
  await isSettled(harness, 20);
  const { dossiers, steps } = await readSystemFacts(harness);
  const dossier = dossiers.find(({ code }) => code === acknowledgedCode(sent));
  if (!dossier) throw new Error(`The dossier of ${sent.key} is not there`);
  const own = steps.filter(({ dossierId }) => dossierId === dossier.id);
  return { dossier, facts: Object.assign({}, ...own.map((step) => step.facts ?? {})) };
}
