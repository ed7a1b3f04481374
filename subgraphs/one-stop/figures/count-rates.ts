import { inArray, min, type SQL, sql } from "drizzle-orm";
import { legalDayOf } from "../../_shared/reference/days.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import type { Change } from "../changes/types.ts";
import { history } from "../tables.ts";
import { entriesOf, entryIdOf } from "./dossier-histories.ts";
import { type CountedEvent, RATE_RULES } from "./rate-rules.ts";
import { figures, provinceFigures } from "./tables.ts";

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

/** Counts an event of the dossiers `d` that meet a condition. Each dossier must be given once for each of its events. */
export async function countEvent(tx: Tx, event: "RECEIVED" | "COMPLETED", wanted: SQL): Promise<void> {
  await addCounts(
    tx,
    sql`
    select ${KEY}, ${dayOf(event)} as day, rate.code, count(*) filter (where rate.counted) as denominator,
           count(*) filter (where rate.counted and rate.met) as numerator,
           min(d.received_at) filter (where rate.counted) as earliest_receipt, max(d.received_at) filter (where rate.counted) as latest_receipt
      from dossiers d ${PARTS} cross join lateral (values ${ratesOf(event)}) rate(code, counted, met)
     where ${wanted}
     group by ${KEY}, day, rate.code having bool_or(rate.counted)`,
  );
}

/** Adds counts by office to those of the offices and to those of their provinces. */
async function addCounts(tx: Tx, counts: SQL): Promise<void> {
  await tx.execute(sql`
    with counted as (${counts}), of_offices as (
      insert into ${figures} (province, office, ${COUNTS})
      select province, office, ${COUNTS} from counted on conflict on constraint figures_key ${sumWith(figures)})
    insert into ${provinceFigures} (province, ${COUNTS})
    select province, day, code, procedures, agencies, sum(denominator), sum(numerator), min(earliest_receipt), max(latest_receipt)
      from counted group by province, day, code, procedures, agencies
        on conflict on constraint province_figures_key ${sumWith(provinceFigures)}`);
}

const COUNTS = sql`day, code, procedures, agencies, denominator, numerator, earliest_receipt, latest_receipt`;
const sumWith = (known: typeof figures | typeof provinceFigures) => sql`do update
  set denominator = ${known}.denominator + excluded.denominator, numerator = ${known}.numerator + excluded.numerator,
      earliest_receipt = least(${known}.earliest_receipt, excluded.earliest_receipt),
      latest_receipt = greatest(${known}.latest_receipt, excluded.latest_receipt)`;

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
  await addCounts(
    tx,
    sql`
    select ${KEY}, ${legalDayOf(at)}::date as day, 'PAID_ONLINE' as code, ${sign}::int as denominator, ${numerator}::int as numerator,
           d.received_at as earliest_receipt, d.received_at as latest_receipt
      from dossiers d ${PARTS} where d.id = ${dossierId}`,
  );
}

/** The payment that a reversal takes back: the last one before it. */
async function paymentBefore(tx: Tx, reversal: Change): Promise<Paid | undefined> {
  const entries = await entriesOf(tx, [reversal.dossierId]);
  return entries.findLast(({ id, stepKey, state }) => stepKey === null && state === "PAID" && id < entryIdOf(reversal));
}
