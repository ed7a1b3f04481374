import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { recordMalformed } from "./problems.ts";
import { readCsv } from "./read-csv.ts";
import type { ReadRecord } from "./read-record.ts";
import type { TransferKind } from "./transfer-kind.ts";
import { utf8Text } from "./utf8-text.ts";

export type FileFormat = "csv" | "jsonl";

/** The format that the name of a file says: `.csv`, or `.jsonl` and `.ndjson` for JSON Lines; undefined for another one. */
export function formatOf(file: string): FileFormat | undefined {
  if (/\.csv$/i.test(file)) return "csv";
  return /\.(jsonl|ndjson)$/i.test(file) ? "jsonl" : undefined;
}

/** Records of a file, one after the other, however large it is. @throws UnreadableFile */
export function readRecords(
  file: string,
  format: FileFormat,
  kinds: readonly TransferKind[],
): AsyncGenerator<ReadRecord> {
  const bytes = createReadStream(file);
  const text = utf8Text();
  bytes.on("error", (error) => text.destroy(error));
  bytes.pipe(text);
  return format === "csv" ? readCsv(text, kinds) : readJsonLines(text, kinds);
}

async function* readJsonLines(text: Readable, kinds: readonly TransferKind[]): AsyncGenerator<ReadRecord> {
  let failure: unknown;
  text.on("error", (error) => {
    failure = error;
  });
  let line = 0;
  for await (const content of createInterface({ input: text, crlfDelay: Number.POSITIVE_INFINITY })) {
    line++;
    if (content.trim() !== "") yield readLine(content, line, kinds);
  }
  // readline ends without an error if its input fails
  if (failure) throw failure;
}

function readLine(content: string, line: number, kinds: readonly TransferKind[]): ReadRecord {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (error) {
    return { line, raw: {}, faults: [recordMalformed(error instanceof Error ? error.message : String(error))] };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { line, raw: {}, faults: [recordMalformed("the line is no JSON object")] };
  const { record: name, ...raw } = value as { record?: unknown }; // an object, as checked
  const [only, ...others] = kinds;
  const kind = name === undefined && others.length === 0 ? only : kinds.find((each) => each.name === name);
  return { line, raw, kind: kind ?? null };
}
