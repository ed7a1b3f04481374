import { eq, or, type SQL } from "drizzle-orm";
import type { Caller } from "../../_shared/identity/caller.ts";
import { reaches, rowsWithin } from "../../_shared/rights/row-rights.ts";
import { tickets } from "./tables.ts";

const ticketReach = reaches("ONE_STOP", { clerk: "office", leader: "office", citizen: "own" });

/** Tickets that a caller may see: those of the own office; for a citizen, those that the citizen took or that have the citizen's number. */
export function visibleTickets(caller: Caller): SQL {
  return rowsWithin(ticketReach(caller), {
    office: (office) => eq(tickets.office, office),
    own: (personalId) => or(eq(tickets.owner, caller.subject), eq(tickets.personalId, personalId)) ?? "none",
  });
}
