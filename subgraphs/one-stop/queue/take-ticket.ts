import { and, eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { recordChange } from "../../_shared/access-log/recorder.ts";
import type { Caller } from "../../_shared/identity/caller.ts";
import { COMMUNE_LIST } from "../../_shared/reference/communes.ts";
import { legalDayOf } from "../../_shared/reference/days.ts";
import { parsePersonalId } from "../../_shared/reference/identifiers/personal-id.ts";
import { type Database, type Tx, violatedUnique } from "../../_shared/serving/database.ts";
import { bodyHash, demandIdempotencyKey } from "../../_shared/serving/idempotency.ts";
import { takeOffice } from "../acceptance/input-values.ts";
import { idempotencyConflict, ownProblem, type Problem, Problems } from "../acceptance/problems.ts";
import type { OneStopContext } from "../loaders.ts";
import { ownSubmitter } from "../rights.ts";
import type { TicketInput } from "./input.ts";
import { PRIORITY_GROUPS, priorityGroup } from "./priority-groups.ts";
import { priorityUnknown, ticketOpen } from "./problems.ts";
import { ticketCounters, tickets } from "./tables.ts";
import type { TicketRow } from "./types.ts";

export type TicketResult = { ticket: TicketRow | null; problems: Problem[] };

/** Takes the next number of the office's day, once for each key. */
export async function takeTicket(
  ctx: OneStopContext,
  input: TicketInput,
  idempotencyKey: string,
): Promise<TicketResult> {
  demandIdempotencyKey(idempotencyKey);
  const hash = bodyHash(input);
  const owner = ctx.caller.subject;
  const known = await takenBefore(ctx.db, owner, idempotencyKey, hash);
  if (known) return known;
  const { office, priority, personalId, problems } = readTicket(ctx, input);
  if (problems.length > 0) return { ticket: null, problems };
  const day = legalDayOf(ctx.now);
  const id = uuidv7();
  try {
    const ticket = await ctx.db.transaction(async (tx) => {
      const [counted] = await tx
        .insert(ticketCounters)
        .values({ office, day, last: 1 })
        .onConflictDoUpdate({
          target: [ticketCounters.office, ticketCounters.day],
          set: { last: sql`${ticketCounters.last} + 1` },
        })
        .returning();
      const row = { id, communeList: COMMUNE_LIST, office, day, number: counted?.last ?? 1, priority, personalId };
      const [taken] = await tx
        .insert(tickets)
        .values({ ...row, owner, idempotencyKey, bodyHash: hash, takenAt: ctx.now })
        .returning();
      if (taken) await recordTicket(tx, ctx.caller, taken);
      return taken;
    });
    return { ticket: ticket ?? null, problems: [] };
  } catch (error) {
    const violated = violatedUnique(error);
    const same = violated && (await takenBefore(ctx.db, owner, idempotencyKey, hash));
    if (same) return same;
    if (violated === "tickets_one_for_person") return { ticket: null, problems: [ownProblem([], ticketOpen())] };
    throw error;
  }
}

/** Records the change of a ticket, under its own id if it has no personal number. */
export function recordTicket(tx: Tx, caller: Caller, { id, personalId }: TicketRow): Promise<unknown> {
  return recordChange(tx, caller, [personalId ?? id], ["Ticket"]);
}

function readTicket(ctx: OneStopContext, { office, priority, personalId }: TicketInput) {
  const problems = new Problems();
  const taken = takeOffice(office, ctx.caller, problems);
  if (priority && !priorityGroup(priority))
    problems.add(["priority"], priorityUnknown(PRIORITY_GROUPS.map(({ code }) => code)));
  const named = personalId ? problems.take(["personalId"], parsePersonalId(personalId), null) : null;
  const person = ownSubmitter(ctx.caller) ?? named;
  return { office: taken, priority: priority ?? null, personalId: person, problems: problems.found };
}

async function takenBefore(db: Database, owner: string, key: string, hash: string): Promise<TicketResult | null> {
  const [ticket] = await db
    .select()
    .from(tickets)
    .where(and(eq(tickets.owner, owner), eq(tickets.idempotencyKey, key)));
  if (!ticket) return null;
  if (ticket.bodyHash === hash) return { ticket, problems: [] };
  return { ticket: null, problems: [ownProblem(["idempotencyKey"], idempotencyConflict())] };
}
