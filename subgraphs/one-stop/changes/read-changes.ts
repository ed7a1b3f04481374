import { and, asc, eq, gte, lte, type SQL, sql } from "drizzle-orm";
import type { Tx } from "../../_shared/serving/database.ts";
import { IDS_OF_A_ROW, type StoredEntry } from "../saga/stored-history.ts";
import { dossiers, history } from "../tables.ts";
import { stateAfter, statesBefore, tellsState } from "./dossier-states.ts";
import { afterRow, isAfter, isBehind, type Position } from "./position.ts";
import type { Change } from "./types.ts";

/** Rows of the history that one query reads at most, whoever may see them. */
const ROWS_OF_A_WINDOW = 2_000;
/** Windows of one page: a reader of few dossiers gets a short page, even an empty one, with the cursor to go on from. */
const MOST_WINDOWS = 10;

/** Changes that a reader asks for: of the dossiers that fit `wanted`, after `from`, up to the settled position. */
export type ChangesQuestion = { wanted: SQL | undefined; from: Position; settled: number; first: number };
export type ChangesPage = { nodes: Change[]; hasNextPage: boolean; end: Position };

type Row = { id: number; dossierId: string; at: Date; entries: readonly StoredEntry[] } & Known;
type Known = { code: string; applicantPersonalId: string | null };

/** Page of changes in the order of the stream. */
export async function readChanges(db: Tx, question: ChangesQuestion): Promise<ChangesPage> {
  const { from, settled, first } = question;
  const limit = first + 2; // a row has an entry or more; those of the first may all have been read
  const rows: Row[] = [];
  const entries = () => rows.flatMap(placesOf).filter((place) => isAfter(place, from));
  let end = from;
  for (let windows = 0; windows < MOST_WINDOWS && !isBehind(settled, end); windows++) {
    const begin = windows === 0 ? end.row : end.row + 1;
    const to = Math.min(settled, end.row + ROWS_OF_A_WINDOW * IDS_OF_A_ROW);
    const found = await rowsBetween(db, question.wanted, [begin, to], limit);
    rows.push(...found);
    const all = entries();
    const last = all[first - 1];
    if (last && all.length > first)
      return { nodes: await changesOf(db, rows, all.slice(0, first)), hasNextPage: true, end: last };
    end = afterRow(found.length < limit ? to : (found.at(-1)?.id ?? to));
  }
  return { nodes: await changesOf(db, rows, entries()), hasNextPage: !isBehind(settled, end), end };
}

async function rowsBetween(
  db: Tx,
  wanted: SQL | undefined,
  [from, to]: readonly [number, number],
  limit: number,
): Promise<Row[]> {
  const { id, dossierId, at, entries } = history;
  const all = db
    .select({ id, dossierId, at, entries })
    .from(history)
    .where(and(gte(id, from), lte(id, to)));
  // the limit leaves nothing out; it makes PostgreSQL read the window first, and then look the dossiers up
  const window = db.$with("changes_window").as(all.limit(to - from + 1));
  // each dossier is looked up by its id: PostgreSQL may else read all dossiers to join them
  const { code, applicantPersonalId } = dossiers;
  const own = and(eq(dossiers.id, window.dossierId), wanted);
  const dossier = db.select({ code, applicantPersonalId }).from(dossiers).where(own).limit(1).as("changed_dossier");
  return db
    .with(window)
    .select({
      ...{ id: window.id, dossierId: window.dossierId, at: window.at, entries: window.entries },
      ...{ code: dossier.code, applicantPersonalId: dossier.applicantPersonalId },
    })
    .from(window)
    .innerJoinLateral(dossier, sql`true`)
    .orderBy(asc(window.id))
    .limit(limit);
}

function placesOf({ id, entries }: Row): Position[] {
  return entries.map((_, place) => ({ row: id, place }));
}

/** The entries at these places, each with the state of its dossier after it. */
async function changesOf(db: Tx, rows: readonly Row[], places: readonly Position[]): Promise<Change[]> {
  const [oldest] = rows;
  const wanted = new Set(places.map(({ row, place }) => `${row} ${place}`));
  if (!oldest || wanted.size === 0) return [];
  const states = await statesBefore(db, continued(rows), oldest.id);
  return rows.flatMap(({ id, dossierId, at, entries, code, applicantPersonalId }) =>
    entries.flatMap((entry, place) => {
      const dossierState = stateAfter(states.get(dossierId) ?? "RECEIVED", entry);
      states.set(dossierId, dossierState);
      if (!wanted.has(`${id} ${place}`)) return [];
      const [stepKey, state, actor, note] = entry;
      const shown = { position: { row: id, place }, at, actor, note, stepKey, state };
      return [{ ...shown, dossierId, code, applicantPersonalId, dossierState }];
    }),
  );
}

/** Dossiers whose state before the first of these rows is needed. */
function continued(rows: readonly Row[]): string[] {
  const begins = new Map<string, boolean>();
  for (const { dossierId, entries } of rows)
    if (!begins.has(dossierId)) begins.set(dossierId, entries[0] !== undefined && tellsState(entries[0]));
  return [...begins].filter(([, begun]) => !begun).map(([id]) => id);
}
