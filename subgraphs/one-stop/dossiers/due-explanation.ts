import { type DueLine, describeSteps } from "../clock/explanation.ts";
import { type DueDates, dueDates } from "../definitions/due-plan.ts";
import type { OneStopContext } from "../loaders.ts";
import { clockFacts } from "../saga/clock-facts.ts";
import type { DossierRow, StepRow } from "./types.ts";

/** Rules and days that make the due date of a dossier, in the order in which they apply. */
export async function dossierDueLines(dossier: DossierRow, ctx: OneStopContext): Promise<DueLine[]> {
  return describeSteps((await datesOf(dossier, ctx)).dossier.steps);
}

/** Rules and days that make the due date of a part. */
export async function partDueLines({ key, dossierId }: StepRow, ctx: OneStopContext): Promise<DueLine[]> {
  const { steps } = await datesOf(await ctx.loaders.dossierById.load(dossierId), ctx);
  return describeSteps(steps.get(key)?.steps ?? []);
}

async function datesOf(dossier: DossierRow, { loaders }: OneStopContext): Promise<DueDates> {
  const [steps, definition] = await Promise.all([
    loaders.stepsByDossier.load(dossier.id),
    loaders.definitionByDossier.load(dossier.id),
  ]);
  const { rules } = loaders.desk();
  await rules.reach(dossier.rulesRevision);
  return dueDates(clockFacts({ ...dossier, steps, definition }), rules.at(dossier.rulesRevision));
}
