import { once } from "node:events";
import { createWriteStream, renameSync } from "node:fs";
import { stringify } from "csv-stringify/sync";
import { flatRows, inColumnOrder } from "./flat-records.ts";
import type { FileFormat } from "./read-records.ts";
import type { TransferKind } from "./transfer-kind.ts";

export type RecordWriter = { write(kind: TransferKind, rows: readonly object[]): Promise<void>; end(): Promise<void> };

/** Byte-order mark, by which spreadsheets know UTF-8. */
const BOM = "\uFEFF";

/** Writes records into a file, which gets its name when it is complete. */
export function writeRecords(file: string, format: FileFormat, kinds: readonly TransferKind[]): RecordWriter {
  const draft = `${file}.partial`;
  const stream = createWriteStream(draft, { mode: 0o600 });
  const columns = ["record", ...new Set(kinds.flatMap((kind) => kind.columns))];
  // an error between two writes: the next wait rejects with it
  let failure: unknown;
  stream.on("error", (error) => {
    failure = error;
  });
  const put = async (text: string) => {
    if (failure) throw failure;
    if (!stream.write(text)) await once(stream, "drain");
  };
  let begun = false;
  return {
    async write(kind, rows) {
      if (format === "jsonl")
        return put(
          rows.map((row) => `${JSON.stringify({ record: kind.name, ...inColumnOrder(row, kind.columns) })}\n`).join(""),
        );
      if (!begun) await put(`${BOM}${stringify([columns])}`);
      begun = true;
      const flat = rows.flatMap((row) => flatRows(row, kind.columns, kind.keyColumns));
      await put(
        stringify(
          flat.map((cells) => columns.map((column) => (column === "record" ? kind.name : (cells[column] ?? "")))),
        ),
      );
    },
    async end() {
      if (!begun && format === "csv") await put(`${BOM}${stringify([columns])}`);
      stream.end();
      await once(stream, "close");
      if (failure) throw failure;
      renameSync(draft, file);
    },
  };
}
