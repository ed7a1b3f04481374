import { and, eq, isNotNull, or } from "drizzle-orm";
import * as z from "zod";
import { notFound } from "../../_shared/serving/errors.ts";
import { ownProblem, type Problem } from "../acceptance/problems.ts";
import { changeClaim } from "../casework/claims.ts";
import { alreadyClaimed, partNotOpen } from "../casework/problems.ts";
import type { Officer } from "../casework/types.ts";
import type { StepRow } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { isReassignable } from "../rights.ts";
import { steps } from "../tables.ts";
import { officerUnknown } from "./problems.ts";
import { partsWithin, scopeOf } from "./scope.ts";

/** The part, if it belongs to an office that the caller supervises. @throws NOT_FOUND */
export async function supervisedPart(ctx: OneStopContext, id: string): Promise<StepRow> {
  if (!z.uuid().safeParse(id).success) throw notFound("part");
  const [row] = await ctx.db
    .select()
    .from(steps)
    .where(and(eq(steps.id, id), eq(steps.part, true), partsWithin(scopeOf(ctx, {}))));
  if (!row) throw notFound("part");
  return row;
}

/** Gives an open part to another officer, or back to all with null. The same again changes nothing. @throws NOT_FOUND */
export async function reassign(ctx: OneStopContext, id: string, officerId: string | null): Promise<Problem | null> {
  const part = await supervisedPart(ctx, id);
  if (!isReassignable(part)) return ownProblem(["part"], partNotOpen());
  const officer = officerId === null ? null : await knownOfficer(ctx, part, officerId);
  if (officerId !== null && !officer) return ownProblem(["officer"], officerUnknown());
  if (part.claimedBy === officerId || (await changeClaim(ctx, part, officer, part.claimedBy))) return null;
  const now = await supervisedPart(ctx, id);
  const isOther = now.claimedBy !== part.claimedBy && now.claimedBy !== null;
  return ownProblem(["part"], isOther ? alreadyClaimed(now.claimedName ?? "") : partNotOpen());
}

/** Officer who has claimed or decided a part of the same agency at the same office before. */
async function knownOfficer({ db }: OneStopContext, part: StepRow, id: string): Promise<Officer | null> {
  const { claimedBy, claimedName, decidedBy, decidedName } = steps;
  const isTheirs = or(and(isNotNull(claimedBy), eq(claimedBy, id)), and(isNotNull(decidedBy), eq(decidedBy, id)));
  const [row] = await db
    .select({ claimedBy, claimedName, decidedName })
    .from(steps)
    .where(and(isTheirs, eq(steps.agency, part.agency), eq(steps.office, part.office)))
    .limit(1);
  if (!row) return null;
  return { id, name: (row.claimedBy === id ? row.claimedName : row.decidedName) ?? id };
}
