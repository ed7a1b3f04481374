import type postgres from "postgres";
import { uuidv7 } from "uuidv7";
import { packJson } from "../../_shared/registers/packed-json.ts";
import type { FoundReminder, FoundReminders } from "../../_shared/reminders/types.ts";
import type { AgencyCode } from "../../agency-registry.ts";
import type { OneStopConfiguration } from "../configuration.ts";
import { type Route, writtenRoute } from "../messages/routes.ts";
import type { Agencies } from "../saga/agency-client.ts";
import { contactDossier } from "./contact.ts";

export type Collecting = {
  sql: postgres.Sql;
  agencies: Pick<Agencies, "foundReminders">;
  configuration: Pick<OneStopConfiguration, "messages" | "failpoints">;
  now: () => Date;
};

/** Reminders of one transaction. */
const PAGE = 200;

/**
 * Reads the new reminders of an agency. Each page is stored with its messages in the transaction that moves the cursor on from where it
 * was read, so a reminder is told once, wherever this process is killed and however many processes read.
 *
 * @returns the number of reminders that are new to the desk
 * @throws NotAnswered
 */
export async function collectReminders(collecting: Collecting, agency: AgencyCode): Promise<number> {
  const { sql, agencies } = collecting;
  for (let total = 0; ; ) {
    const [known] = await sql<{ cursor: string }[]>`select cursor from reminder_cursors where agency = ${agency}`;
    const after = known?.cursor ?? null;
    const page = await agencies.foundReminders(agency, after, PAGE);
    if (page === null || page.end === null || page.end === after) return total;
    total += await storePage(collecting, { agency, after, page, end: page.end });
    if (!page.hasMore) return total;
  }
}

type Page = { agency: AgencyCode; after: string | null; page: FoundReminders; end: string };

async function storePage(collecting: Collecting, { agency, after, page, end }: Page): Promise<number> {
  const { sql, configuration } = collecting;
  const stored = await sql.begin(async (tx) => {
    const moved =
      after === null
        ? await tx`insert into reminder_cursors values (${agency}, ${end}) on conflict do nothing`
        : await tx`update reminder_cursors set cursor = ${end} where agency = ${agency} and cursor = ${after}`;
    if (moved.count === 0) return 0; // another process has stored this page
    let count = 0;
    for (const reminder of page.reminders) if (await storeReminder(tx, collecting, agency, reminder)) count++;
    await configuration.failpoints("before-commit", "REMINDERS");
    return count;
  });
  await configuration.failpoints("after-commit", "REMINDERS");
  return stored;
}

/** Stores a reminder with its message. @returns false if the desk has it, as after the restore of an agency's backup */
async function storeReminder(
  tx: postgres.TransactionSql,
  { configuration, now }: Collecting,
  agency: AgencyCode,
  { entry, expiresOn, requestBy: renewBy, foundOn, holder, people, commune, facts }: FoundReminder,
): Promise<boolean> {
  const id = uuidv7();
  const known = [...new Set([...people, holder])];
  const { count } = await tx`
    insert into expiry_reminders (id, agency, entry_id, expires_on, renew_by, found_on, holder, people, commune_code, facts, read_at)
    values (${id}, ${agency}, ${entry}, ${expiresOn}, ${renewBy}, ${foundOn}, ${holder}, ${known.join(" ")}, ${commune},
            ${Buffer.from(packJson(facts))}, ${now()})
    on conflict on constraint expiry_reminders_once do nothing`;
  if (count === 0) return false;
  const { routes } = configuration.messages;
  const dossierId = routes.length > 0 ? await contactDossier(tx, people) : null;
  if (dossierId !== null) await makeMessage(tx, { reminderId: id, dossierId, at: now(), renewBy, routes });
  return true;
}

type NewMessage = { reminderId: string; dossierId: string; at: Date; renewBy: string; routes: readonly Route[] };

/** Message to the declarant of a dossier about a reminder, with a delivery by each route. */
async function makeMessage(tx: postgres.TransactionSql, message: NewMessage): Promise<void> {
  const { reminderId, dossierId, at, renewBy, routes } = message;
  const id = uuidv7();
  await tx`
    insert into messages (id, dossier_id, reminder_id, kind, at, act_by)
    values (${id}, ${dossierId}, ${reminderId}, 'EXPIRY_REMINDER', ${at}, ${`${renewBy}T23:59:59+07:00`})`;
  for (const route of routes)
    if (route[0])
      await tx`
        insert into message_deliveries (message_id, route, dossier_id, channel)
        values (${id}, ${writtenRoute(route)}, ${dossierId}, ${route[0]})`;
}
