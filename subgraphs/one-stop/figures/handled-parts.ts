import { and, eq, inArray, sql } from "drizzle-orm";
import type postgres from "postgres";
import { addDays, legalDayOf } from "../../_shared/reference/days.ts";
import { insertMany } from "../../_shared/registers/insert-many.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import type { Change } from "../changes/types.ts";
import { workingMinutesBetween } from "../clock/working-minutes.ts";
import type { LiveRules } from "../clock-rules/rules-log.ts";
import type { StepRow } from "../dossiers/types.ts";
import { dossiers, steps } from "../tables.ts";
import { entriesOf, entryIdOf } from "./dossier-histories.ts";
import { handledParts } from "./tables.ts";

/** Days for which decided parts are counted: those of a median, and as many again for a business clock that is set back. */
export const HANDLED_DAYS = 60;

type Decided = {
  dossier: Pick<typeof dossiers.$inferSelect, "procedureCode" | "rulesRevision">;
  step: StepRow;
};

/** Counts the parts that these changes decided, each at its decision alone: a reconciliation may enter a grant again. */
export async function countHandledParts(tx: Tx, changes: readonly Change[], rules: LiveRules): Promise<void> {
  await countDecided(tx, await firstDecisions(tx, changes.filter(isDecision)), rules);
}

type DecidedPart = Pick<Change, "dossierId" | "stepKey">;

/** Counts parts that are decided, each of which must be given once. */
export async function countDecided(tx: Tx, decisions: readonly DecidedPart[], rules: LiveRules): Promise<void> {
  if (decisions.length === 0) return;
  const { procedureCode, rulesRevision } = dossiers;
  const rows: Decided[] = await tx
    .select({ step: steps, dossier: { procedureCode, rulesRevision } })
    .from(steps)
    .innerJoin(dossiers, eq(dossiers.id, steps.dossierId))
    .where(
      and(eq(steps.part, true), inArray(steps.dossierId, [...new Set(decisions.map(({ dossierId }) => dossierId))])),
    );
  await rules.reach(Math.max(0, ...rows.map(({ dossier }) => dossier.rulesRevision)));
  const decided = new Set(decisions.map(stepOf));
  const counted = rows.filter(({ step: { dossierId, key } }) => decided.has(stepOf({ dossierId, stepKey: key })));
  const handled = sumOf(counted.flatMap((each) => handledPart(each, rules) ?? []));
  await insertMany(
    tx,
    handledParts,
    handled,
    sql`on conflict on constraint handled_parts_key do update set parts = handled_parts.parts + excluded.parts`,
  );
  const days = handled.map(({ office, day }) => ({ office, day }));
  await tx.execute(sql`
    select pack_handled_parts(office, day)
      from (select distinct office, day from jsonb_to_recordset(${JSON.stringify(days)}::jsonb) as t(office text, day date)) t`);
}

const isDecision = ({ stepKey, state }: Pick<Change, "stepKey" | "state">) =>
  stepKey !== null && (state === "GRANTED" || state === "REFUSED");
const stepOf = ({ dossierId, stepKey }: DecidedPart) => `${dossierId} ${stepKey}`;

/** Decisions that are the first of their steps. */
async function firstDecisions(tx: Tx, decisions: readonly Change[]): Promise<Change[]> {
  const entries = await entriesOf(
    tx,
    decisions.map(({ dossierId }) => dossierId),
  );
  const firsts = new Map<string, number>();
  for (const entry of entries) if (isDecision(entry) && !firsts.has(stepOf(entry))) firsts.set(stepOf(entry), entry.id);
  return decisions.filter((change) => firsts.get(stepOf(change)) === entryIdOf(change));
}

/** Row that counts a decided part; null for one whose term never began. */
function handledPart({ step, dossier }: Decided, rules: LiveRules): typeof handledParts.$inferInsert | null {
  const { office, agency, procedure, key: stepKey, releasedAt, completedAt, clock } = step;
  if (!releasedAt || !completedAt) return null;
  const calendar = rules.at(dossier.rulesRevision).calendarAt({ agency, office });
  const minutesUntil = (from: Date, to: Date) => workingMinutesBetween(from, to, calendar);
  // the desk may hear of a decision later than it was made, and ends a suspension only then
  const suspended = (clock?.suspensions ?? []).map(({ from, to }) => {
    const end = to === null || new Date(to) > completedAt ? completedAt : new Date(to);
    return new Date(from) < end ? minutesUntil(new Date(from), end) : 0;
  });
  const minutes = suspended.reduce((left, each) => left - each, minutesUntil(releasedAt, completedAt));
  return {
    ...{ office, day: legalDayOf(completedAt), agency, dossierProcedure: dossier.procedureCode, procedure, stepKey },
    ...{ officer: step.decidedBy ?? "", officerName: step.decidedName ?? "", minutes: Math.max(0, minutes), parts: 1 },
  };
}

/** One row for each key, in the order of their keys. */
function sumOf(rows: (typeof handledParts.$inferInsert)[]) {
  const byKey = new Map<string, typeof handledParts.$inferInsert>();
  for (const row of rows) {
    const key = JSON.stringify(row);
    const known = byKey.get(key);
    byKey.set(key, { ...row, parts: (known?.parts ?? 0) + 1 });
  }
  return [...byKey.values()];
}

/** Removes counts that no median needs any more. */
export async function removeOldHandledParts(sql: postgres.Sql, now: Date): Promise<void> {
  const first = addDays(legalDayOf(now), -HANDLED_DAYS);
  await sql`with days as (delete from handled_days where day < ${first}) delete from handled_parts where day < ${first}`;
}
