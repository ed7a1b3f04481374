import type postgres from "postgres";

const WRONG_ALLOWED = 5;
const LOCK_MINUTES = 60;

/**
 * Takes one of the attempts at a code, existing or not, before anything is compared: guesses side by side count too. The
 * fifth locks the code for an hour unless it is forgiven. By the database's clock.
 * @returns 0 when the attempt may be made, else the seconds until the next one may
 */
export async function takeAttempt(sql: postgres.Sql, code: string): Promise<number> {
  const taken = await sql`
    insert into tracking_attempts as t (code, wrong) values (${code}, 1)
    on conflict (code) do update set
      wrong = case when t.locked_until <= now() then 1 else t.wrong + 1 end,
      locked_until = case when t.locked_until is null and t.wrong + 1 >= ${WRONG_ALLOWED}
                          then now() + ${LOCK_MINUTES} * interval '1 minute' end
     where t.locked_until is null or t.locked_until <= now()
    returning code`;
  if (taken.length > 0) return 0;
  const [row] = await sql<{ seconds: number }[]>`
    select ceil(extract(epoch from locked_until - now()))::int as seconds from tracking_attempts where code = ${code}`;
  return Math.max(row?.seconds ?? 1, 1);
}

/** A right attempt forgives the wrong ones. */
export async function forgive(sql: postgres.Sql, code: string): Promise<void> {
  await sql`delete from tracking_attempts where code = ${code}`;
}
