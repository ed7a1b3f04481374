import type postgres from "postgres";

const WRONG_ALLOWED = 5;
const LOCK_MINUTES = 60;

/**
 * Counts an attempt at a code, existing or not, before its result is told. The attempts at a code wait for each other at its
 * row, so that concurrent guesses count and correct attempts do not. The fifth wrong one locks the code for an hour, by the
 * database's clock; a correct one before resets the count.
 * @returns 0 if the result may be told, else the seconds until the next attempt
 */
export async function countAttempt(sql: postgres.Sql, code: string, isRight: boolean): Promise<number> {
  const counted = await sql`
    insert into tracking_attempts as t (code, wrong) values (${code}, ${isRight ? 0 : 1})
    on conflict (code) do update set
      wrong = case when ${isRight} then 0 when t.locked_until <= now() then 1 else t.wrong + 1 end,
      locked_until = case when not ${isRight} and t.locked_until is null and t.wrong + 1 >= ${WRONG_ALLOWED}
                          then now() + ${LOCK_MINUTES} * interval '1 minute' end
     where t.locked_until is null or t.locked_until <= now()
    returning code`;
  if (counted.length > 0) {
    if (isRight) await sql`delete from tracking_attempts where code = ${code} and wrong = 0`;
    return 0;
  }
  const [row] = await sql<{ seconds: number }[]>`
    select ceil(extract(epoch from locked_until - now()))::int as seconds from tracking_attempts where code = ${code}`;
  return Math.max(row?.seconds ?? 1, 1);
}
