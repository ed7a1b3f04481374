import { and, asc, count, eq, gt, inArray } from "drizzle-orm";
import * as z from "zod";
import { cursorNumber, decodeCursor, pageOf, pageSize } from "../../_shared/registers/pages.ts";
import type { Database } from "../../_shared/serving/database.ts";
import type { OneStopContext } from "../loaders.ts";
import { visibleTickets } from "./rights.ts";
import { type TicketState, tickets } from "./tables.ts";

const ticketCursor = z.tuple([cursorNumber]);

type Question = { office: string; day: string; states: TicketState[] | null; first: number; after: string | null };

/** Page of the tickets of an office's day that the caller may see, by number. */
export async function listTickets(ctx: OneStopContext, { office, day, states, first, after }: Question) {
  const size = pageSize(first);
  const rows = await ctx.db
    .select()
    .from(tickets)
    .where(
      and(
        ...[eq(tickets.office, office), eq(tickets.day, day), visibleTickets(ctx.caller)],
        states ? inArray(tickets.state, states) : undefined,
        after ? gt(tickets.number, decodeCursor(after, ticketCursor)[0]) : undefined,
      ),
    )
    .orderBy(asc(tickets.number))
    .limit(size + 1);
  const page = pageOf(rows, size, ({ number }) => [number]);
  for (const { personalId, id } of page.nodes) ctx.access.read(personalId ?? id);
  return page;
}

/** Number of an office's tickets of a day in a state. */
export async function countTickets(db: Database, office: string, day: string, state: TicketState): Promise<number> {
  const isWanted = and(eq(tickets.office, office), eq(tickets.day, day), eq(tickets.state, state));
  const [row] = await db.select({ all: count() }).from(tickets).where(isWanted);
  return row?.all ?? 0;
}
