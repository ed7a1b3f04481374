import { sql } from "drizzle-orm";
import type { Database } from "../serving/database.ts";
import { type ImportContext, importBatch, type RawRecord, type Refusal } from "./import-batch.ts";
import { type ImportProgress, keptProgress, NOTHING_DONE } from "./import-progress.ts";
import { recordKindUnknown } from "./problems.ts";
import type { ReadRecord } from "./read-record.ts";
import { type FileFormat, readRecords } from "./read-records.ts";
import { openRefusedFile, refusedFile } from "./refused-file.ts";
import type { TransferKind } from "./transfer-kind.ts";

/** Records that are entered by one transaction. */
const BATCH = 500;
/** Entered records after which statistics are gathered for the first time, and then whenever they have doubled. */
const FIRST_STATISTICS = 2_000;

export type ImportOptions = ImportContext & {
  agency: string;
  kinds: readonly TransferKind[];
  format: FileFormat;
  dryRun: boolean;
  progressed(progress: ImportProgress): void;
};

/** Signal that rolls a dry run back. */
class DryRunOver extends Error {}

/**
 * Imports a file: records are entered in batches, and refused ones are written to `FILE.refused.jsonl`, those of a dry run to
 * `FILE.dry-run.refused.jsonl`. An interrupted import continues
 * after the last batch. A dry run enters everything in one transaction that it then rolls back.
 */
export async function importFile(db: Database, file: string, options: ImportOptions): Promise<ImportProgress> {
  if (!options.dryRun) return importInBatches(db, file, options);
  let done = NOTHING_DONE;
  const rehearsal = db.transaction(async (tx) => {
    done = await importInBatches(tx, file, options);
    throw new DryRunOver();
  });
  await rehearsal.catch((error: unknown) => {
    if (!(error instanceof DryRunOver)) throw error;
  });
  return done;
}

async function importInBatches(
  db: Pick<Database, "transaction" | "execute">,
  file: string,
  options: ImportOptions,
): Promise<ImportProgress> {
  const { agency, kinds, format, dryRun, progressed } = options;
  const kept = keptProgress(file, await registerOf(db, agency, kinds));
  let progress = dryRun ? NOTHING_DONE : kept.read();
  let statisticsAt = Math.max(FIRST_STATISTICS, 2 * progress.entered);
  const refusals = openRefusedFile(refusedFile(file, dryRun), progress.refusedBytes);
  try {
    for await (const batch of batches(readRecords(file, format, kinds), kinds, progress.line)) {
      const result = batch.kind
        ? await importBatch(db, batch.kind, batch.records, options)
        : { entered: 0, present: 0, refused: [] };
      const refused = [...batch.refused, ...result.refused].sort((a, b) => a.line - b.line);
      refusals.append(refused);
      progress = {
        line: batch.lastLine,
        entered: progress.entered + result.entered,
        present: progress.present + result.present,
        refused: progress.refused + refused.length,
        refusedBytes: refusals.bytes(),
      };
      if (!dryRun) kept.write(progress);
      progressed(progress);
      // the plans of statements that began with empty tables read whole tables
      if (progress.entered >= statisticsAt) await db.execute(sql`analyze`);
      while (progress.entered >= statisticsAt) statisticsAt *= 2;
    }
    if (!dryRun) kept.remove();
    return progress;
  } finally {
    refusals.close();
  }
}

/** Database with the kinds of records, by which a repeated import knows that it goes on. */
async function registerOf(
  db: Pick<Database, "execute">,
  agency: string,
  kinds: readonly TransferKind[],
): Promise<string> {
  const [row] = await db.execute<{ id: string }>(
    sql`select system_identifier || ' ' || current_database() as id from pg_control_system()`,
  );
  return [agency, row?.id, ...kinds.map(({ name }) => name)].join(" ");
}

type Batch = { kind: TransferKind | null; records: RawRecord[]; refused: Refusal[]; lastLine: number };

/** Records of one kind at a time, in the order of the file, without those up to the line `after`. */
async function* batches(
  records: AsyncIterable<ReadRecord>,
  kinds: readonly TransferKind[],
  after: number,
): AsyncGenerator<Batch> {
  let batch: Batch = { kind: null, records: [], refused: [], lastLine: after };
  for await (const record of records) {
    if (record.line <= after) continue;
    const kind = kindOf(record);
    const isFull = batch.records.length + batch.refused.length >= BATCH;
    if (isFull || (kind && batch.kind && kind !== batch.kind)) {
      yield batch;
      batch = { kind: null, records: [], refused: [], lastLine: after };
    }
    batch.lastLine = record.line;
    const { line, raw } = record;
    if (kind) {
      batch.kind = kind;
      batch.records.push({ line, raw });
    } else batch.refused.push({ line, raw, problems: record.faults ?? [kindUnknown(kinds)] });
  }
  if (batch.records.length + batch.refused.length > 0) yield batch;
}

function kindOf(record: ReadRecord): TransferKind | null {
  return record.faults === undefined ? record.kind : null;
}

function kindUnknown(kinds: readonly TransferKind[]) {
  return { ...recordKindUnknown(kinds.map(({ name }) => name).join(", ")), path: [] };
}
