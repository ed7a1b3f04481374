import type postgres from "postgres";
import type { DossierKinds } from "../definitions/dossier-kind.ts";
import { unpackedFacts } from "../saga/dossier.ts";
import type { ComparedDossier, ComparedStep } from "./comparison.ts";

/** Dossiers to compare: those recorded from `since` until before `until`, or a single one. */
export type Range = { since?: Date | undefined; until?: Date | undefined; dossier?: string | undefined };

/** The desk's database, and the kinds of the dossiers in it. */
export type DossierStore = { sql: postgres.Sql; kinds: DossierKinds };

const FIRST_ID = "00000000-0000-0000-0000-000000000000";
const LAST_ID = "ffffffff-ffff-ffff-ffff-ffffffffffff";

/** Bounds of the ids of a range: a UUIDv7 begins with the millisecond of its creation. */
export function idsOf({ since, until }: Range): { after: string; before: string } {
  return { after: since ? firstIdOf(since) : FIRST_ID, before: until ? firstIdOf(until) : LAST_ID };
}

function firstIdOf(instant: Date): string {
  const hex = Math.max(0, instant.getTime()).toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

export async function countDossiers(sql: postgres.Sql, range: Range): Promise<number> {
  const [row] = await sql<{ n: number }[]>`select count(*)::int as n from dossiers d where ${inRange(sql, range)}`;
  return row?.n ?? 0;
}

/** Next dossiers of a range after an id. */
export function dossiersAfter(store: DossierStore, range: Range, after: string, limit: number) {
  const { sql } = store;
  return compared(store, sql`${inRange(sql, range)} and d.id > ${after}`, limit);
}

/** Ids and codes of the next dossiers of a range after an id. */
export async function rangeOfDossiers(sql: postgres.Sql, range: Range, after: string | undefined, limit: number) {
  return sql<{ id: string; code: string }[]>`
    select d.id, d.code from dossiers d where ${inRange(sql, range)} and d.id > ${after ?? FIRST_ID} order by d.id limit ${limit}`;
}

/** Current state of the dossiers with these ids. */
export function dossiersByIds(store: DossierStore, ids: readonly string[]) {
  const { sql } = store;
  return ids.length === 0 ? Promise.resolve([]) : compared(store, sql`d.id in ${sql(ids)}`, ids.length);
}

/** Subset of the parts that the desk does not know. */
export async function unknownParts(sql: postgres.Sql, ids: readonly string[]): Promise<Set<string>> {
  const known = ids.length === 0 ? [] : await sql<{ id: string }[]>`select id from steps where id in ${sql(ids)}`;
  const unknown = new Set(ids);
  for (const { id } of known) unknown.delete(id);
  return unknown;
}

/** Subset of the codes that belong to a dossier of this desk. */
export async function knownCodes(sql: postgres.Sql, codes: readonly string[]): Promise<Set<string>> {
  if (codes.length === 0) return new Set();
  const known = await sql<{ code: string }[]>`select code from dossiers where code in ${sql(codes)}`;
  return new Set(known.map(({ code }) => code));
}

/** Prevents that a new dossier gets the code of a lost one: the counter was restored with the older database. */
export async function reserveCode(sql: postgres.Sql, code: string): Promise<void> {
  const [, agencyCode, yy, mm, dd, last] = /^(.+)-(\d{2})(\d{2})(\d{2})-(\d+)$/.exec(code) ?? [];
  if (!agencyCode || !last) return;
  await sql`
    insert into code_counters (agency_code, day, last) values (${agencyCode}, ${`20${yy}-${mm}-${dd}`}, ${Number(last)})
    on conflict (agency_code, day) do update set last = greatest(code_counters.last, excluded.last)`;
}

function inRange(sql: postgres.Sql, range: Range) {
  const { after, before } = idsOf(range);
  const one = range.dossier === undefined ? sql`true` : sql`d.code = ${range.dossier}`;
  return sql`d.id > ${after} and d.id < ${before} and ${one}`;
}

type Row = Omit<ComparedDossier, "steps"> & {
  kindId: string;
  version: number;
  steps: (Omit<ComparedStep, "dependsOn" | "byOfficers" | "facts"> & { facts: string | null })[];
};

async function compared(
  { sql, kinds }: DossierStore,
  condition: postgres.PendingQuery<postgres.Row[]>,
  limit: number,
): Promise<ComparedDossier[]> {
  const rows = await sql<Row[]>`
    select d.id, d.code, d.revision, d.state,
           d.state = 'AWAITING_PAYMENT' or (d.state = 'AWAITING_CITIZEN' and coalesce(d.certificate ->> 'state', '') = 'AWAITED') as "isKeptBack",
           d.recorded_at as "recordedAt", d.definition_id as "kindId",
           d.definition_version as version,
           (select coalesce(json_agg(json_build_object(
              'id', s.id, 'key', s.key, 'agency', s.agency, 'state', s.state, 'resultId', s.result_id, 'facts', s.facts,
              'refusal', s.refusal ->> 'code', 'completedAt', s.completed_at,
              'isLeased', coalesce(s.lease_until > now() and s.lease_until < now() + interval '1 day', false),
              'isIdle', s.work is null or s.next_attempt_at is null
                 or greatest(s.next_attempt_at, s.lease_until) > now() + interval '1 day'
            ) order by s.ordinal), '[]') from steps s where s.dossier_id = d.id) as steps
      from dossiers d where ${condition} order by d.id limit ${limit}`;
  return rows.map(({ kindId, version, ...row }) => {
    const defined = kinds.pinned(kindId, version).definition.steps;
    const steps = row.steps.map((step) => {
      const { dependsOn = [], officer: byOfficers = false } = defined.find(({ key }) => key === step.key) ?? {};
      return { ...step, facts: unpackedFacts(step.facts), dependsOn, byOfficers };
    });
    return { ...row, steps };
  });
}
