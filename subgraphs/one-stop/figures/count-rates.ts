import { inArray, min, type SQL, sql } from "drizzle-orm";
import { legalDayOf } from "../../_shared/reference/days.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import type { Change } from "../changes/types.ts";
import { history } from "../tables.ts";
import { entriesOf, entryIdOf } from "./dossier-histories.ts";
import { type CountedEvent, RATE_RULES } from "./rate-rules.ts";
import { figures } from "./tables.ts";

/**
 * Counts the dossiers that these changes received, completed or paid. Each of these happens once; a reversed payment is taken back. A
 * result that a reconciliation adds or takes away after the completion leaves ELECTRONIC_RESULTS as it was counted: nothing tells
 * whether the dossier met it then.
 */
export async function countRates(tx: Tx, changes: readonly Change[]): Promise<void> {
  const ofDossier = changes.filter(({ stepKey }) => stepKey === null);
  const received = ofDossier.filter(({ state, position }) => state === "RECEIVED" && position.place === 0);
  await countEventOf(tx, "RECEIVED", await begunBy(tx, received));
  await countEventOf(tx, "COMPLETED", idsOf(ofDossier.filter(({ state }) => state === "COMPLETED")));
  for (const change of ofDossier) {
    if (change.state === "PAID") await countPayment(tx, change, 1);
    const taken = change.state === "REVERSED" ? await paymentBefore(tx, change) : undefined;
    if (taken) await countPayment(tx, taken, -1);
  }
}

const idsOf = (changes: readonly Change[]) => [...new Set(changes.map(({ dossierId }) => dossierId))];

/** Dossiers whose history begins with one of these changes: a later change of a due date shows the state RECEIVED, too. */
async function begunBy(tx: Tx, changes: readonly Change[]): Promise<string[]> {
  if (changes.length === 0) return [];
  const begins = await tx
    .select({ id: history.dossierId, row: min(history.id) })
    .from(history)
    .where(inArray(history.dossierId, idsOf(changes)))
    .groupBy(history.dossierId);
  const rows = new Set(changes.map(({ position }) => position.row));
  return begins.flatMap(({ id, row }) => (row !== null && rows.has(row) ? id : []));
}

async function countEventOf(tx: Tx, event: "RECEIVED" | "COMPLETED", ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await countEvent(tx, event, sql`d.id = any(${`{${ids.join()}}`}::uuid[])`);
}

/** Key of a count, of a dossier `d` on a day: its place, its procedures and its agencies. */
const KEY = sql`d.province, d.office, parts.procedures, parts.agencies`;
const PARTS = sql`cross join lateral (
  select concat_ws(' ', d.procedure_code, string_agg(distinct s.procedure, ' ' order by s.procedure)) as procedures,
         coalesce(string_agg(distinct s.agency, ' ' order by s.agency), '') as agencies
    from steps s where s.dossier_id = d.id and s.part) parts`;
const ADD = sql`on conflict on constraint figures_key do update
  set denominator = figures.denominator + excluded.denominator, numerator = figures.numerator + excluded.numerator`;

/** Counts an event of the dossiers `d` that meet a condition. Each dossier must be given once for each of its events. */
export async function countEvent(tx: Tx, event: "RECEIVED" | "COMPLETED", wanted: SQL): Promise<void> {
  await tx.execute(sql`
    insert into ${figures} (province, office, procedures, agencies, day, code, denominator, numerator)
    select ${KEY}, ${dayOf(event)} as day, rate.code, count(*) filter (where rate.counted), count(*) filter (where rate.counted and rate.met)
      from dossiers d ${PARTS} cross join lateral (values ${ratesOf(event)}) rate(code, counted, met)
     where ${wanted}
     group by ${KEY}, day, rate.code having bool_or(rate.counted) ${ADD}`);
}

function dayOf(event: "RECEIVED" | "COMPLETED"): SQL {
  const instant = event === "RECEIVED" ? sql`d.received_at` : sql`d.completed_at`;
  return sql`(${instant} at time zone 'Asia/Ho_Chi_Minh')::date`;
}

/** Rates that an event counts, as rows of SQL. The rules are our own constants. */
export function ratesOf(event: CountedEvent): SQL {
  const rows = RATE_RULES.filter((rule) => rule.event === event).map(({ code, counted, met }) =>
    sql.raw(`('${code}', coalesce(${counted}, false), coalesce(${met}, false))`),
  );
  return sql.join(rows, sql`, `);
}

type Paid = Pick<Change, "dossierId" | "at" | "actor">;

/** The provider's payments are entered by the desk itself, those at the counter by a clerk. */
async function countPayment(tx: Tx, { dossierId, at, actor }: Paid, sign: 1 | -1): Promise<void> {
  const numerator = actor === "ONE_STOP" ? sign : 0;
  await tx.execute(sql`
    insert into ${figures} (province, office, procedures, agencies, day, code, denominator, numerator)
    select ${KEY}, ${legalDayOf(at)}::date, 'PAID_ONLINE', ${sign}::int, ${numerator}::int from dossiers d ${PARTS} where d.id = ${dossierId} ${ADD}`);
}

/** The payment that a reversal takes back: the last one before it. */
async function paymentBefore(tx: Tx, reversal: Change): Promise<Paid | undefined> {
  const entries = await entriesOf(tx, [reversal.dossierId]);
  return entries.findLast(({ id, stepKey, state }) => stepKey === null && state === "PAID" && id < entryIdOf(reversal));
}
