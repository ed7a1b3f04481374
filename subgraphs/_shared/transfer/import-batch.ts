import { isDeepStrictEqual } from "node:util";
import { sql } from "drizzle-orm";
import { recordChange } from "../access-log/recorder.ts";
import type { Caller } from "../identity/caller.ts";
import type { LegalDay } from "../reference/days.ts";
import { Problems } from "../registers/act-problems.ts";
import type { FoundProblem } from "../registers/problem-type.ts";
import { type Database, integrityViolation, type Tx } from "../serving/database.ts";
import { recordTwice, registerDiffers, registerRefuses } from "./problems.ts";
import type { Candidate, Importing, Origin, TransferKind } from "./transfer-kind.ts";

/** A record of a file, with the number of its first line. */
export type RawRecord = { line: number; raw: object };
export type Refusal = RawRecord & { problems: readonly FoundProblem[] };
/** Numbers of records entered, and of those that the register had already; what was refused. */
export type BatchResult = { entered: number; present: number; refused: Refusal[] };

export type ImportContext = { caller: Caller; origin: Origin; today: LegalDay };

type Read<Row> = RawRecord & Candidate<Row> & { key: string };

/**
 * Imports records of one kind in one transaction, each whole or not at all. A record that the register has already is left alone. If the
 * database refuses the records, halves of them are tried, until the refused ones are found.
 */
export async function importBatch(
  db: Pick<Database, "transaction">,
  kind: TransferKind,
  records: readonly RawRecord[],
  context: ImportContext,
): Promise<BatchResult> {
  const { importing } = kind;
  if (!importing) throw new Error(`Records ${kind.name} are only exported`);
  const result: BatchResult = { entered: 0, present: 0, refused: [] };
  const read = records.flatMap((record) => readRecord(importing, record, context.today, result));
  await enterHalves(db, { kind, importing, context, result }, withoutTwins(read, result));
  result.refused.sort((a, b) => a.line - b.line);
  return result;
}

function readRecord(
  importing: Importing<object>,
  { line, raw }: RawRecord,
  today: LegalDay,
  { refused }: BatchResult,
): Read<object>[] {
  const problems = new Problems();
  const row = importing.read(raw, today, problems);
  if (row && problems.found.length === 0) return [{ line, raw, row, problems, key: importing.keyOf(row) }];
  refused.push({ line, raw, problems: problems.found });
  return [];
}

/** Records with different keys: of equal ones the first, and later ones of the same key that differ are refused. */
function withoutTwins(records: readonly Read<object>[], result: BatchResult): Read<object>[] {
  const byKey = new Map<string, Read<object>>();
  return records.filter((record) => {
    const twin = byKey.get(record.key);
    if (!twin) byKey.set(record.key, record);
    else if (isDeepStrictEqual(twin.row, record.row)) result.present++;
    else {
      record.problems.add([], recordTwice(twin.line));
      refuse(result, record);
    }
    return !twin;
  });
}

type Work = { kind: TransferKind; importing: Importing<object>; context: ImportContext; result: BatchResult };

async function enterHalves(
  db: Pick<Database, "transaction">,
  work: Work,
  records: readonly Read<object>[],
): Promise<void> {
  const [only] = records;
  if (!only) return;
  try {
    const { entered, present, refused } = await db.transaction((tx) => enterTogether(tx, work, records));
    work.result.entered += entered;
    work.result.present += present;
    work.result.refused.push(...refused);
  } catch (error) {
    const rule = integrityViolation(error);
    if (rule === undefined) throw error;
    if (records.length === 1) {
      only.problems.add([], work.importing.refusals?.[rule]?.() ?? registerRefuses(rule));
      return refuse(work.result, only);
    }
    const middle = Math.ceil(records.length / 2);
    await enterHalves(db, work, records.slice(0, middle));
    await enterHalves(db, work, records.slice(middle));
  }
}

async function enterTogether(
  tx: Tx,
  { kind, importing, context }: Work,
  records: readonly Read<object>[],
): Promise<BatchResult> {
  const result: BatchResult = { entered: 0, present: 0, refused: [] };
  const stored = await importing.stored(
    tx,
    records.map(({ key }) => key),
  );
  const byKey = new Map(stored.map((row) => [importing.keyOf(row), row]));
  // a second attempt examines again, so each has problems of its own
  const candidates = records.map((record) => ({ ...record, problems: new Problems() }));
  const fresh = candidates.filter((record) => isFresh(importing, record, byKey.get(record.key), result));
  await importing.examine(tx, fresh, context.today);
  const rows = fresh.filter((record) => {
    if (record.problems.found.length > 0) refuse(result, record);
    return record.problems.found.length === 0;
  });
  if (rows.length === 0) return result;
  await importing.enter(
    tx,
    rows.map(({ row }) => row),
    context.origin,
  );
  const citizens = rows.flatMap(({ row }) => kind.citizensOf(row));
  await recordChange(tx, context.caller, [...new Set(citizens)], [...importing.changed]);
  // what the database checks at the end of a transaction is checked now, while the records of the batch are known
  await tx.execute(sql`set constraints all immediate`);
  await tx.execute(sql`set constraints all deferred`);
  result.entered = rows.length;
  return result;
}

/** True for a record that the register does not have; one that it has with other contents is refused. */
function isFresh(
  importing: Importing<object>,
  record: Read<object>,
  stored: object | undefined,
  result: BatchResult,
): boolean {
  if (!stored) return true;
  const row = importing.completed?.(record.row, stored) ?? record.row;
  if (isDeepStrictEqual(stored, row)) result.present++;
  else {
    record.problems.add([], registerDiffers(differences(stored, row).join(", ")));
    refuse(result, record);
  }
  return false;
}

function differences(stored: object, row: object): string[] {
  const known = new Map<string, unknown>(Object.entries(stored));
  return Object.entries(row).flatMap(([name, value]) => (isDeepStrictEqual(known.get(name), value) ? [] : name));
}

function refuse(result: BatchResult, { line, raw, problems }: Read<object>): void {
  result.refused.push({ line, raw, problems: problems.found });
}
