import { setTimeout as sleep } from "node:timers/promises";
import { eq } from "drizzle-orm";
import type { StepRow } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { steps } from "../tables.ts";

const LONGEST_WAIT_MS = 4_000;
const LOOK_EVERY_MS = 50;

/** Waits until the agency has answered the instruction of a part, at most a few seconds. @returns the part as it then is */
export async function settledPart(ctx: OneStopContext, partId: string): Promise<StepRow> {
  for (const deadline = Date.now() + LONGEST_WAIT_MS; ; await sleep(LOOK_EVERY_MS)) {
    const [step] = await ctx.db.select().from(steps).where(eq(steps.id, partId));
    if (!step) throw new Error(`Part ${partId} is missing`);
    if (step.instruction === null || Date.now() > deadline) return step;
  }
}

/** Waits until no instruction of a dossier is pending, at most a few seconds. @returns all steps as they then are */
export async function settledSteps(ctx: OneStopContext, dossierId: string): Promise<StepRow[]> {
  for (const deadline = Date.now() + LONGEST_WAIT_MS; ; await sleep(LOOK_EVERY_MS)) {
    const rows = await ctx.db.select().from(steps).where(eq(steps.dossierId, dossierId)).orderBy(steps.ordinal);
    if (rows.every(({ instruction }) => instruction === null) || Date.now() > deadline) return rows;
  }
}
