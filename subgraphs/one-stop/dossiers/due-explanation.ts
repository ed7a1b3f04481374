import { type DueLine, describeSteps } from "../clock/explanation.ts";
import type { StoredClock } from "../clock/stored-clock.ts";
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

/** The appointment as it would be without the apology. */
export async function dueWithoutApology(dossier: DossierRow, ctx: OneStopContext): Promise<Date> {
  return (await datesOf(dossier, ctx, withoutApology)).dossier.dueAt;
}

function withoutApology(clock: StoredClock | null): StoredClock | null {
  return clock && { ...clock, extensions: clock.extensions.filter(({ reason }) => reason !== "APOLOGY") };
}

async function datesOf(
  dossier: DossierRow,
  { loaders }: OneStopContext,
  clockOf = (clock: StoredClock | null) => clock,
): Promise<DueDates> {
  const [steps, definition] = await Promise.all([
    loaders.stepsByDossier.load(dossier.id),
    loaders.definitionByDossier.load(dossier.id),
  ]);
  const { rules } = loaders.desk();
  await rules.reach(dossier.rulesRevision);
  const clocks = {
    clock: clockOf(dossier.clock),
    steps: steps.map((step) => ({ ...step, clock: clockOf(step.clock) })),
  };
  return dueDates(clockFacts({ ...dossier, ...clocks, definition }), rules.at(dossier.rulesRevision));
}
