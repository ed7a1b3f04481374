import { once } from "node:events";
import { createWriteStream, renameSync, rmSync } from "node:fs";
import { finished } from "node:stream/promises";
import { stringify } from "csv-stringify/sync";
import { columnsOf, type HeadingLanguage, RECORD } from "./columns.ts";
import { flatRows, inColumnOrder } from "./flat-records.ts";
import type { FileFormat } from "./read-records.ts";
import type { TransferKind } from "./transfer-kind.ts";

export type RecordWriter = {
  /** @throws UnwritableFile */
  write(kind: TransferKind, rows: readonly object[]): Promise<void>;
  /** Completes the file. @throws UnwritableFile */
  end(): Promise<void>;
  /** Removes what has been written. */
  discard(): Promise<void>;
};

/** A file that the disk, the folder or the reader of a pipe does not take. */
export class UnwritableFile extends Error {
  constructor(file: string, cause: Error) {
    const code = "code" in cause ? String(cause.code) : "";
    super(`${file} cannot be written: ${REASONS[code] ?? cause.message}. Nothing was exported`, { cause });
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full; make room, or name a file on another disk",
  EDQUOT: "the disk quota is used up; make room, or name a file on another disk",
  EPIPE: "the reader of the pipe has closed it",
  ENOENT: "the folder does not exist; create it",
  EACCES: "the folder or file does not permit it; name another one",
};

/** Byte-order mark, by which spreadsheets know UTF-8. */
const BOM = "\uFEFF";

/** Writes records into a file, which gets its name when it is complete. */
export function writeRecords(
  file: string,
  { format, headings, kinds }: { format: FileFormat; headings: HeadingLanguage; kinds: readonly TransferKind[] },
): RecordWriter {
  const draft = `${file}.partial`;
  const stream = createWriteStream(draft, { mode: 0o600 });
  const columns = columnsOf(kinds);
  const header = stringify([headings === "vi" ? Object.values(columns) : Object.keys(columns)]);
  // an error between two writes: the next one throws it
  let failure: Error | undefined;
  stream.on("error", (error) => {
    failure = error;
  });
  const explained = (error: unknown) => (error instanceof Error ? new UnwritableFile(file, error) : error);
  const put = async (text: string) => {
    if (failure) throw explained(failure);
    if (stream.write(text)) return;
    await once(stream, "drain").catch((error: unknown) => {
      throw explained(error);
    });
  };
  let begun = false;
  return {
    async write(kind, rows) {
      const own = Object.keys(kind.columns);
      if (format === "jsonl")
        return put(
          rows.map((row) => `${JSON.stringify({ [RECORD]: kind.name, ...inColumnOrder(row, own) })}\n`).join(""),
        );
      if (!begun) await put(`${BOM}${header}`);
      begun = true;
      const flat = rows.flatMap((row) => flatRows(row, own, kind.keyColumns));
      const names = Object.keys(columns);
      await put(
        stringify(flat.map((cells) => names.map((column) => (column === RECORD ? kind.name : (cells[column] ?? ""))))),
      );
    },
    async end() {
      if (!begun && format === "csv") await put(`${BOM}${header}`);
      stream.end();
      await finished(stream).catch((error: unknown) => {
        throw explained(error);
      });
      renameSync(draft, file);
    },
    async discard() {
      stream.destroy();
      await finished(stream).catch(() => {}); // the failure is known, or there is none
      rmSync(draft, { force: true });
    },
  };
}
