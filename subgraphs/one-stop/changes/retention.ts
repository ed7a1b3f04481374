import type postgres from "postgres";

/** Notes how far the stream has come today, and forgets the days that the retention no longer needs. */
export async function noteChangeDay(sql: postgres.Sql, retentionDays: number): Promise<void> {
  await sql`
    insert into change_days (day, settled) select current_date, settled from change_stream
        on conflict (day) do update set settled = excluded.settled where change_days.settled < excluded.settled`;
  await sql`
    delete from change_days
     where day < (select max(day) from change_days where day < current_date - ${retentionDays}::int)`;
}

/** Summarises the newest rows in the index of the history's numbers, which the database does by itself only much later. */
export async function summariseHistoryNumbers(sql: postgres.Sql): Promise<void> {
  await sql`select brin_summarize_new_values('history_number'::regclass)`;
}
