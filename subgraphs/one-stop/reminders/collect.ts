import { and, eq, inArray, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { endOfDay } from "../../_shared/reference/days.ts";
import type { FoundReminder, FoundReminders } from "../../_shared/reminders/types.ts";
import type { OpenDatabase, Tx } from "../../_shared/serving/database.ts";
import type { AgencyCode } from "../../agency-registry.ts";
import type { OneStopConfiguration } from "../configuration.ts";
import { insertMessages } from "../messages/insert-messages.ts";
import { messageDeliveries, messages } from "../messages/tables.ts";
import type { Agencies } from "../saga/agency-client.ts";
import { contactDossiers } from "./contact.ts";
import { expiryReminders, reminderCursors } from "./tables.ts";

export type Collecting = {
  database: Pick<OpenDatabase, "db">;
  agencies: Pick<Agencies, "foundReminders">;
  configuration: Pick<OneStopConfiguration, "messages" | "failpoints">;
  now: () => Date;
};

/** Facts of a reminder that is open again, as its agency gives them now. */
const OPEN_AGAIN = {
  ...{ foundOn: sql`excluded.found_on`, renewBy: sql`excluded.renew_by`, readAt: sql`excluded.read_at` },
  ...{ people: sql`excluded.people`, communeCode: sql`excluded.commune_code`, facts: sql`excluded.facts` },
};
/** Reminders of one transaction. */
const PAGE = 200;

/**
 * Reads the new reminders of an agency and their ends. Each page is stored with its messages in the transaction that moves the cursor
 * on from where it was read, so a reminder is told once, wherever this process is killed and however many processes read.
 *
 * @returns the number of reminders that are new to the desk
 * @throws NotAnswered
 */
export async function collectReminders(collecting: Collecting, agency: AgencyCode): Promise<number> {
  const { database, agencies } = collecting;
  for (let total = 0; ; ) {
    const [known] = await database.db.select().from(reminderCursors).where(eq(reminderCursors.agency, agency));
    const after = known?.cursor ?? null;
    const page = await agencies.foundReminders(agency, after, PAGE);
    if (page === null || page.end === null || page.end === after) return total;
    total += await storePage(collecting, { agency, after, page, end: page.end });
    if (!page.hasMore) return total;
  }
}

type Page = { agency: AgencyCode; after: string | null; page: FoundReminders; end: string };

async function storePage(collecting: Collecting, { agency, after, page, end }: Page): Promise<number> {
  const { database, configuration } = collecting;
  const stored = await database.db.transaction(async (tx) => {
    if (!(await moveCursor(tx, agency, after, end))) return 0; // another process has stored this page
    const fresh = await storeReminders(tx, collecting, agency, page.reminders);
    await storeEnds(tx, agency, page.ended);
    await configuration.failpoints("before-commit", "REMINDERS");
    return fresh;
  });
  await configuration.failpoints("after-commit", "REMINDERS");
  return stored;
}

/** Moves the cursor on. @returns false if it does not stand where the page was read */
async function moveCursor(tx: Tx, agency: AgencyCode, after: string | null, end: string): Promise<boolean> {
  const { cursor } = reminderCursors;
  const moved =
    after === null
      ? await tx.insert(reminderCursors).values({ agency, cursor: end }).onConflictDoNothing().returning({ cursor })
      : await tx
          .update(reminderCursors)
          .set({ cursor: end })
          .where(and(eq(reminderCursors.agency, agency), eq(cursor, after)))
          .returning({ cursor });
  return moved.length > 0;
}

/**
 * Stores reminders with their messages. One that had ended before it was found once more is open again, and told again.
 * @returns the number of new and opened ones: after the restore of an agency's backup the desk has some already
 */
async function storeReminders(
  tx: Tx,
  { configuration, now }: Collecting,
  agency: AgencyCode,
  found: readonly FoundReminder[],
): Promise<number> {
  if (found.length === 0) return 0;
  const at = now();
  const rows = found.map(({ entry, requestBy, commune, ...reminder }) => ({
    ...{ ...reminder, id: uuidv7(), agency, entryId: entry, renewBy: requestBy, communeCode: commune, readAt: at },
    people: [...new Set([...reminder.people, reminder.holder])],
  }));
  const { id, people, renewBy, agency: of, entryId, expiresOn, endedOn } = expiryReminders;
  const fresh = await tx
    .insert(expiryReminders)
    .values(rows)
    .onConflictDoUpdate({
      target: [of, entryId, expiresOn],
      set: { ...OPEN_AGAIN, endState: null, endedOn: null },
      setWhere: sql`${endedOn} <= excluded.found_on`,
    })
    .returning({ id, people, renewBy });
  const { routes } = configuration.messages;
  if (fresh.length === 0 || routes.length === 0) return fresh.length;
  const reached = await contactDossiers(
    tx,
    fresh.flatMap((each) => each.people),
  );
  const told = fresh.flatMap(({ id: reminderId, ...reminder }) => {
    const dossierId = reminder.people.map((person) => reached.get(person)).find((each) => each !== undefined);
    const actBy = endOfDay(reminder.renewBy);
    return dossierId ? [{ id: uuidv7(), dossierId, reminderId, kind: "EXPIRY_REMINDER" as const, at, actBy }] : [];
  });
  await outdateWaiting(
    tx,
    told.map(({ reminderId }) => reminderId),
    at,
  );
  await insertMessages(tx, told, routes);
  return fresh.length;
}

/** Ends the deliveries that still wait of an earlier round of reminders, whose new message takes their place. */
async function outdateWaiting(tx: Tx, reminders: string[], at: Date): Promise<void> {
  const { messageId, state } = messageDeliveries;
  const earlier = tx.select({ id: messages.id }).from(messages).where(inArray(messages.reminderId, reminders));
  await tx
    .update(messageDeliveries)
    .set({ state: "OUTDATED", nextAttemptAt: null, endedAt: at })
    .where(and(inArray(messageId, earlier), eq(state, "WAITING")));
}

/** Notes why reminders ended. The first reason stays. */
async function storeEnds(tx: Tx, agency: AgencyCode, ended: FoundReminders["ended"]): Promise<void> {
  if (ended.length === 0) return;
  await tx.execute(sql`
    update expiry_reminders r set end_state = e.state, ended_on = e."foundOn"
      from jsonb_to_recordset(${JSON.stringify(ended)}::jsonb) as e(entry uuid, "expiresOn" date, state text, "foundOn" date)
     where r.agency = ${agency} and r.entry_id = e.entry and r.expires_on = e."expiresOn" and r.end_state is null`);
}
