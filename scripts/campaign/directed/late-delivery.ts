import type { BirthRequest } from "../../../subgraphs/one-stop/bundles/birth/request.ts";
import { strayParcel } from "../faulty-client.ts";
import { acknowledgedCode, type Sent } from "../ledger.ts";
import { atRest } from "../settled-system.ts";
import { type DossierFact, readFacts } from "../system-facts.ts";
import type { Stage } from "./fault-stage.ts";
import type { Scenario } from "./scenario.ts";

const TIMES = 5;

export const strays: Scenario[] = [
  {
    name: "every part of a finished dossier is delivered again, five times at once, and cancelled",
    async run(stage) {
      const { dossier } = await finished(stage, await stage.send());
      const { steps } = await readFacts(stage.arena);
      for (const { id, agency } of steps.filter(({ dossierId }) => dossierId === dossier.id)) {
        const copy = await stage.rogue.copyOf(id);
        if (!copy) throw new Error(`Step ${id} of a finished dossier was never sent`);
        await Promise.all(Array.from({ length: TIMES }, () => stage.rogue.deliver(copy)));
        await stage.rogue.cancel(agency, id);
      }
    },
  },
  ...(["BIRTH", "RESIDENCE", "INSURANCE"] as const).map(buried),
];

/** The late part is one that the agency would grant: of a child who does not have yet what it asks for. */
export function buried(step: "BIRTH" | "RESIDENCE" | "INSURANCE"): Scenario {
  return {
    name: `a part for ${step} is cancelled before it arrives, and delivered late`,
    run: (stage) => bury(stage, step),
  };
}

async function bury(stage: Stage, step: "BIRTH" | "RESIDENCE" | "INSURANCE"): Promise<void> {
  const whole = stage.aChild();
  const unheardOf = stage.aChild().child.birthNotice;
  const asked = step === "RESIDENCE" ? { ...whole, residence: null } : { ...whole, insurance: null };
  const { dossier, facts } = await finished(stage, await stage.send(asked));
  const { residence, insurance } = whole;
  const child = { ...dossier.request.child, ...(step === "BIRTH" && { birthNotice: unheardOf }) };
  // what the desk parsed of the whole request before would have been the same
  const request = { ...dossier.request, child, residence, insurance } as BirthRequest;
  await stage.rogue.bury(strayParcel(step, request, facts));
}

/** The dossier of a request when all its steps are over, and what they found out. */
async function finished(
  { arena }: Stage,
  sent: Sent,
): Promise<{ dossier: DossierFact; facts: Record<string, string> }> {
  await atRest(arena, 20);
  const { dossiers, steps } = await readFacts(arena);
  const dossier = dossiers.find(({ code }) => code === acknowledgedCode(sent));
  if (!dossier) throw new Error(`The dossier of ${sent.key} is not there`);
  const own = steps.filter(({ dossierId }) => dossierId === dossier.id);
  return { dossier, facts: Object.assign({}, ...own.map((step) => step.facts ?? {})) };
}
