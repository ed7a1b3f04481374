import { type AccessRecorder, accessRecorder } from "../access-log/recorder.ts";
import type { Caller } from "../identity/caller.ts";
import type { OpenDatabase } from "../serving/database.ts";
import type { HeadingLanguage } from "./columns.ts";
import type { FileFormat } from "./read-records.ts";
import type { TransferKind } from "./transfer-kind.ts";
import { type RecordWriter, writeRecords } from "./write-records.ts";

const PAGE = 500;

export type ExportOptions = {
  kinds: readonly TransferKind[];
  format: FileFormat;
  /** Headings of CSV. */
  headings: HeadingLanguage;
  caller: Caller;
  progressed(records: number): void;
};

/**
 * Exports the entries in force of a register, as they are at one moment, page by page. Every read is recorded before it is written.
 *
 * @returns number of records
 * @throws UnwritableFile
 */
export async function exportFile(
  { db, relaxed }: Pick<OpenDatabase, "db" | "relaxed">,
  file: string,
  { kinds, format, headings, caller, progressed }: ExportOptions,
): Promise<number> {
  const writer = writeRecords(file, { format, headings, kinds });
  try {
    const records = await writeAll({ db, relaxed }, writer, { kinds, caller, progressed });
    await writer.end();
    return records;
  } catch (error) {
    await writer.discard();
    throw error;
  }
}

async function writeAll(
  { db, relaxed }: Pick<OpenDatabase, "db" | "relaxed">,
  writer: RecordWriter,
  { kinds, caller, progressed }: Omit<ExportOptions, "format" | "headings">,
): Promise<number> {
  let records = 0;
  await db.transaction(
    async (tx) => {
      for (const kind of kinds) {
        for (let after: string | null = null, isFirst = true; isFirst || after !== null; isFirst = false) {
          const { rows, next } = await kind.page(tx, after, PAGE);
          await recordReads(accessRecorder(relaxed, caller), kind, rows);
          await writer.write(kind, rows);
          records += rows.length;
          progressed(records);
          after = next;
        }
      }
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
  return records;
}

async function recordReads(access: AccessRecorder, kind: TransferKind, rows: readonly object[]): Promise<void> {
  for (const row of rows) for (const citizen of kind.citizensOf(row)) access.read(citizen);
  await access.flush([`${kind.name}.*`]);
}
