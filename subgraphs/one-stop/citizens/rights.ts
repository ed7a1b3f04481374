import { and, sql } from "drizzle-orm";
import { visibleDossiers } from "../dossiers/rights.ts";
import type { OneStopContext } from "../loaders.ts";
import { NotAnswered } from "../saga/agencies.ts";
import { dossiers } from "../tables.ts";

const EXISTS_DEADLINE_MS = 1_000;

/**
 * True if a caller may be shown a citizen. A clerk and a leader: anyone, since any desk receives for the whole province
 * (Decree 118/2025/NĐ-CP) and every look is recorded; a citizen: oneself; all others, and a parent's child: those named in a
 * dossier they may see.
 */
export async function maySeeCitizen(personalId: string, ctx: OneStopContext): Promise<boolean> {
  const { role } = ctx.caller;
  if (role === "citizen" && ctx.caller.personalId === personalId) return true;
  if (role === "clerk" || role === "leader") return isRegistered(personalId, ctx);
  const [row] = await ctx.db
    .select({ one: sql`1` })
    .from(dossiers)
    .where(and(sql`${dossiers.parties} @> array[${personalId}]`, visibleDossiers(ctx.db, ctx.caller)))
    .limit(1);
  return row !== undefined;
}

/** Asks the population register. While it is down nobody is called unknown: the other agencies may still answer. */
async function isRegistered(personalId: string, ctx: OneStopContext): Promise<boolean> {
  const { subject, requestId } = ctx.caller;
  try {
    const { agencies } = ctx.loaders.desk();
    return await agencies.citizenExists(personalId, { onBehalfOf: subject, requestId }, EXISTS_DEADLINE_MS);
  } catch (error) {
    if (error instanceof NotAnswered) return true;
    throw error;
  }
}
