import type postgres from "postgres";
import { parsePhone } from "../../_shared/reference/identifiers/phone.ts";

/** Stops the messages to a phone that has answered STOP; a number that cannot be one is left alone. */
export async function stopAddress(sql: postgres.Sql, phone: string, now: Date): Promise<void> {
  const parsed = parsePhone(/^\d{11,15}$/.test(phone) ? `+${phone}` : phone);
  if (!parsed.ok) return;
  await sql`
    insert into message_choices (recipient, stopped_at, changed_at) values (${parsed.value}, ${now}, ${now})
        on conflict (recipient) do update set stopped_at = excluded.stopped_at, changed_at = excluded.changed_at`;
}
