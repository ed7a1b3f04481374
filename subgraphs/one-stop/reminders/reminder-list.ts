import { and, asc, eq, lte, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { type LegalDay, legalDayOf, parseLegalDay } from "../../_shared/reference/days.ts";
import { agencyOf } from "../../_shared/registers/agency-type.ts";
import { decodeCursor, pageOf, pageSize } from "../../_shared/registers/pages.ts";
import type { ReminderState } from "../../_shared/reminders/state-type.ts";
import { type AgencyCode, subgraphOf, subgraphs } from "../../agency-registry.ts";
import type { OneStopContext } from "../loaders.ts";
import { visibleReminders } from "../rights.ts";
import { hasState, isListed, reminderState } from "./reminder-state.ts";
import { renewalOf } from "./renewals.ts";
import { expiryReminders, type ReminderRow } from "./tables.ts";
import type { ExpiryReminder } from "./types.ts";

const cursor = z.tuple([z.string().refine((day) => parseLegalDay(day).ok), z.uuid()]);

export type ReminderFilter = { paper?: string | null; expiresBy?: LegalDay | null; state?: ReminderState | null };

/** A page of the reminders within the caller's reach, the first to expire first: those that are listed, or all of a state. */
export async function reminderPage(ctx: OneStopContext, filter: ReminderFilter, first: number, after: string | null) {
  const size = pageSize(first);
  const { paper, expiresBy, state } = filter;
  const rows = await ctx.db
    .select()
    .from(expiryReminders)
    .where(
      and(
        visibleReminders(ctx.caller),
        state ? hasState(state, ctx.now) : isListed(ctx.now),
        paper ? eq(expiryReminders.agency, agencyOfPaper(paper)) : undefined,
        expiresBy ? lte(expiryReminders.expiresOn, expiresBy) : undefined,
        after ? beyond(decodeCursor(after, cursor)) : undefined,
      ),
    )
    .orderBy(asc(expiryReminders.expiresOn), asc(expiryReminders.id))
    .limit(size + 1);
  const { nodes, pageInfo } = pageOf(rows, size, ({ expiresOn, id }) => [expiresOn, id]);
  for (const { holder } of nodes) ctx.access.read(holder);
  return { nodes: nodes.map((row) => shownReminder(row, legalDayOf(ctx.now))), pageInfo };
}

/** A reminder as clients see it. What ended needs no renewal. */
export function shownReminder(row: ReminderRow, today: LegalDay): ExpiryReminder {
  const { id, agency, holder, expiresOn, renewBy, foundOn, endState, endedOn, facts } = row;
  return {
    ...{ id, expiresOn, renewBy, foundOn, endedOn, paper: paperOf(agency), keptBy: agencyOf(agency) },
    ...{ state: reminderState(row, today), citizen: { personalId: holder } },
    renewal: endState === null ? renewalOf(agency, facts) : null,
  };
}

function paperOf(agency: AgencyCode): string {
  const facts = subgraphOf(agency);
  return "expiry" in facts ? facts.expiry.kind : "";
}

/** Agency of a kind of paper; every value of the enumeration has one. */
function agencyOfPaper(paper: string): AgencyCode {
  const [found] = subgraphs.flatMap((each) => ("expiry" in each && each.expiry.kind === paper ? each.agency : []));
  return found as AgencyCode; // the enumeration is made of the same list
}

function beyond([day, id]: readonly [string, string]): SQL {
  return sql`(${expiryReminders.expiresOn}, ${expiryReminders.id}) > (${day}::date, ${id}::uuid)`;
}
