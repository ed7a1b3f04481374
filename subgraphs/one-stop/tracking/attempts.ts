import type postgres from "postgres";

const WRONG_ALLOWED = 5;
const LOCK_MINUTES = 60;

/** Seconds until a code may be tried again; 0 when it may be tried now. By the database's clock. */
export async function secondsLocked(sql: postgres.Sql, code: string): Promise<number> {
  const [row] = await sql<{ seconds: number }[]>`
    select ceil(extract(epoch from locked_until - now()))::int as seconds from tracking_attempts
     where code = ${code} and locked_until > now()`;
  return row?.seconds ?? 0;
}

/** Counts a wrong attempt, also at a code that does not exist; the fifth locks the code for an hour. */
export async function countWrong(sql: postgres.Sql, code: string): Promise<void> {
  await sql`
    insert into tracking_attempts as t (code, wrong) values (${code}, 1)
    on conflict (code) do update set
      wrong = case when t.locked_until <= now() then 1 else t.wrong + 1 end,
      locked_until = case when t.locked_until <= now() then null
                          when t.wrong + 1 >= ${WRONG_ALLOWED} then now() + ${LOCK_MINUTES} * interval '1 minute'
                          else t.locked_until end`;
}

/** A right attempt forgives the wrong ones. */
export async function forgive(sql: postgres.Sql, code: string): Promise<void> {
  await sql`delete from tracking_attempts where code = ${code}`;
}
