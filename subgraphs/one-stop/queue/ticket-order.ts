import { and, asc, eq, isNull, type SQL } from "drizzle-orm";
import { tickets } from "./tables.ts";

/** Order of the calls: priority groups first, then by number. */
export const IN_ORDER: SQL[] = [asc(isNull(tickets.priority)), asc(tickets.number)];

/** Condition of the waiting tickets of an office's day. */
export function waitingAt(office: string, day: string): SQL | undefined {
  return and(eq(tickets.office, office), eq(tickets.day, day), eq(tickets.state, "WAITING"));
}
