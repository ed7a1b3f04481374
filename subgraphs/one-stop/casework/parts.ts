import { and, eq } from "drizzle-orm";
import * as z from "zod";
import type { Caller } from "../../_shared/identity/caller.ts";
import { officerOf } from "../../_shared/rights/permissions.ts";
import { notFound } from "../../_shared/serving/errors.ts";
import { ownProblem, type Problem } from "../acceptance/problems.ts";
import type { StepRow } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { workableParts } from "../rights.ts";
import { dossiers, steps } from "../tables.ts";
import { changeClaim } from "./claims.ts";
import { alreadyClaimed, partNotOpen } from "./problems.ts";

/** The part, if the caller may work on it. @throws NOT_FOUND */
export async function workablePart(ctx: OneStopContext, partId: string): Promise<StepRow> {
  if (!z.uuid().safeParse(partId).success) throw notFound("part");
  const [row] = await ctx.db
    .select({ step: steps })
    .from(steps)
    .innerJoin(dossiers, eq(dossiers.id, steps.dossierId))
    .where(and(eq(steps.id, partId), eq(steps.part, true), workableParts(ctx.caller)));
  if (!row) throw notFound("part");
  return row.step;
}

/** Name of an officer, as shown to colleagues. */
export function officerName({ role, subject }: Pick<Caller, "subject"> & { role: string }): string {
  return `${officerOf(role)?.title ?? "Bộ phận Một cửa"} (${subject})`;
}

/** Claims an open part. Of two officers at once, one has it and the other gets the problem ALREADY_CLAIMED. */
export async function claim(ctx: OneStopContext, partId: string): Promise<Problem | null> {
  const part = await workablePart(ctx, partId);
  const officer = { id: ctx.caller.subject, name: officerName(ctx.caller) };
  if (await changeClaim(ctx, part, officer)) return null;
  const now = await workablePart(ctx, part.id);
  return ownProblem(["part"], now.claimedBy ? alreadyClaimed(now.claimedName ?? now.claimedBy) : partNotOpen());
}

/** Releases a part that the caller has claimed. */
export async function release(ctx: OneStopContext, partId: string): Promise<Problem | null> {
  const part = await workablePart(ctx, partId);
  if (part.claimedBy !== null && part.claimedBy !== ctx.caller.subject) {
    return ownProblem(["part"], alreadyClaimed(part.claimedName ?? part.claimedBy));
  }
  if (part.claimedBy !== null) await changeClaim(ctx, part, null);
  return null;
}
