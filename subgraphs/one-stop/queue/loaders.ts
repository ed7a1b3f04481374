import DataLoader from "dataloader";
import { eq, inArray } from "drizzle-orm";
import type { Database } from "../../_shared/serving/database.ts";
import { dossiers } from "../tables.ts";
import { ticketDossiers, tickets } from "./tables.ts";
import { IN_ORDER, waitingAt } from "./ticket-order.ts";
import type { TicketRow } from "./types.ts";

type OfficeDay = { office: string; day: string };

export function queueLoaders(db: Database) {
  return {
    /** Ids of the waiting tickets of an office's day, in the order of the calls. */
    waitingTickets: new DataLoader<OfficeDay, string[], string>(
      (places) =>
        Promise.all(
          places.map(async ({ office, day }) => {
            const rows = await db
              .select({ id: tickets.id })
              .from(tickets)
              .where(waitingAt(office, day))
              .orderBy(...IN_ORDER);
            return rows.map(({ id }) => id);
          }),
        ),
      { cacheKeyFn: ({ office, day }) => `${office} ${day}` },
    ),
    /** Tickets for which dossiers were submitted. */
    ticketByDossier: new DataLoader<string, TicketRow | null>(async (ids) => {
      const rows = await db
        .select({ dossierId: ticketDossiers.dossierId, ticket: tickets })
        .from(ticketDossiers)
        .innerJoin(tickets, eq(tickets.id, ticketDossiers.ticketId))
        .where(inArray(ticketDossiers.dossierId, [...ids]));
      return ids.map((id) => rows.find(({ dossierId }) => dossierId === id)?.ticket ?? null);
    }),
    /** Codes of the dossiers that were submitted for a ticket. */
    dossierCodesByTicket: new DataLoader<string, string[]>(async (ids) => {
      const rows = await db
        .select({ ticketId: ticketDossiers.ticketId, code: dossiers.code })
        .from(ticketDossiers)
        .innerJoin(dossiers, eq(dossiers.id, ticketDossiers.dossierId))
        .where(inArray(ticketDossiers.ticketId, [...ids]));
      return ids.map((id) => rows.filter(({ ticketId }) => ticketId === id).map(({ code }) => code));
    }),
  };
}
