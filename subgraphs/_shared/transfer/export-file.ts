import { type AccessRecorder, accessRecorder } from "../access-log/recorder.ts";
import type { Caller } from "../identity/caller.ts";
import type { OpenDatabase } from "../serving/database.ts";
import type { FileFormat } from "./read-records.ts";
import type { TransferKind } from "./transfer-kind.ts";
import { writeRecords } from "./write-records.ts";

const PAGE = 500;

export type ExportOptions = {
  kinds: readonly TransferKind[];
  format: FileFormat;
  caller: Caller;
  progressed(records: number): void;
};

/**
 * Exports the entries in force of a register, as they are at one moment, page by page. Every read is recorded before it is written.
 *
 * @returns number of records
 */
export async function exportFile(
  { db, relaxed }: Pick<OpenDatabase, "db" | "relaxed">,
  file: string,
  { kinds, format, caller, progressed }: ExportOptions,
): Promise<number> {
  const writer = writeRecords(file, format, kinds);
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
  await writer.end();
  return records;
}

async function recordReads(access: AccessRecorder, kind: TransferKind, rows: readonly object[]): Promise<void> {
  for (const row of rows) for (const citizen of kind.citizensOf(row)) access.read(citizen);
  await access.flush([`${kind.name}.*`]);
}
