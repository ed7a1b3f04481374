import type postgres from "postgres";

const LOCK = 4_100_002;

/**
 * Creates the access log if it is missing and its partitions for this month and the next two, and drops partitions older
 * than the retention. No migration creates the table because drizzle cannot declare a partitioned one. Safe to run in
 * several processes at once. The months are those of the database's clock.
 */
export async function keepAccessPartitions(sql: postgres.Sql, retentionMonths: number): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${LOCK})`;
    await tx`
      create table if not exists access_log (
        at timestamptz not null default now(),
        request_id text not null,
        action text not null,
        subject text not null,
        role text not null,
        office text,
        on_behalf_of text,
        purpose text,
        citizens text[] not null,
        fields text[] not null
      ) partition by range (at)`;
    const months = await tx<{ name: string; from: string; to: string; missing: boolean }[]>`
      select 'access_log_' || to_char(m, 'YYYY_MM') as name, to_char(m, 'YYYY-MM-DD') as from,
             to_char(m + interval '1 month', 'YYYY-MM-DD') as to,
             to_regclass('access_log_' || to_char(m, 'YYYY_MM')) is null as missing
        from generate_series(date_trunc('month', now()), date_trunc('month', now()) + interval '2 months', interval '1 month') m`;
    for (const month of months) {
      if (!month.missing) continue;
      await tx.unsafe(
        `create table ${month.name} partition of access_log for values from ('${month.from}') to ('${month.to}')`,
      );
    }
    const old = await tx<{ name: string }[]>`
      select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
       where i.inhparent = 'access_log'::regclass and c.relname ~ '^access_log_\\d{4}_\\d{2}$'
         and c.relname < 'access_log_' || to_char(now() - make_interval(months => ${retentionMonths}), 'YYYY_MM')`;
    for (const { name } of old) await tx.unsafe(`drop table ${name}`);
  });
}
