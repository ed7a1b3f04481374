import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { addDays, legalDayOf } from "../../subgraphs/_shared/reference/days.ts";
import { liveRules } from "../../subgraphs/one-stop/clock-rules/rules-log.ts";
import { countEvent } from "../../subgraphs/one-stop/figures/count-rates.ts";
import { countDecided, HANDLED_DAYS } from "../../subgraphs/one-stop/figures/handled-parts.ts";

const PARTS_AT_A_TIME = 1_000;
/** Condition for a loaded dossier `d`. The copies have no fees, of which the history alone tells when they were paid. */
const IS_LOADED = sql`d.idempotency_key like 'load-%'`;

const open = (url: string) => postgres(url, { max: 1, onnotice: () => {}, fetch_types: false });

/** True if the counts of the figures have at least as many received dossiers as were loaded. */
export async function areLoadedCounted(url: string, dossiers: number): Promise<boolean> {
  const client = open(url);
  const [row] = await client<{ counted: number }[]>`
    select coalesce(sum(denominator), 0)::int as counted from figures where code = 'ONLINE'`;
  await client.end();
  return (row?.counted ?? 0) >= dossiers;
}

/** Counts all loaded dossiers by the rules of the consumer of the figures, which has passed their changes, and the open parts. */
export async function countLoaded(url: string): Promise<void> {
  const [client, forRules] = [open(url), open(url)];
  const rules = liveRules(forRules);
  await drizzle(client).transaction(async (tx) => {
    await countEvent(tx, "RECEIVED", IS_LOADED);
    await countEvent(tx, "COMPLETED", sql`${IS_LOADED} and d.state in ('COMPLETED', 'RETURNED')`);
    const rows = await tx.execute<{ dossierId: string; stepKey: string }>(sql`
      select s.dossier_id as "dossierId", s.key as "stepKey" from steps s join dossiers d on d.id = s.dossier_id
       where ${IS_LOADED} and s.part and s.state in ('GRANTED', 'REFUSED')
         and s.completed_at >= ${addDays(legalDayOf(new Date()), -HANDLED_DAYS)}::date
       order by s.completed_at`); // each lot is of few days, which are packed anew with every lot
    const decided = [...rows];
    for (let at = 0; at < decided.length; at += PARTS_AT_A_TIME)
      await countDecided(tx, decided.slice(at, at + PARTS_AT_A_TIME), rules);
    await tx.execute(sql`select recount_open_work()`);
  });
  await Promise.all([client.end(), forRules.end()]);
}
