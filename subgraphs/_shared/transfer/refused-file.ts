import { closeSync, fsyncSync, openSync, rmSync, statSync, truncateSync, writeSync } from "node:fs";
import type { Refusal } from "./import-batch.ts";

/** JSON Lines beside an imported file: line, record and problems of each refused record. */
export type RefusedFile = { append(refused: readonly Refusal[]): void; bytes(): number; close(): void };

/** File of the refused records of an imported file; a dry run has its own, so that it harms no interrupted import. */
export function refusedFile(file: string, dryRun = false): string {
  return `${file}${dryRun ? ".dry-run" : ""}.refused.jsonl`;
}

/** Opens the file after its first `bytes`, which an interrupted run has written. */
export function openRefusedFile(path: string, bytes: number): RefusedFile {
  if (bytes === 0) rmSync(path, { force: true });
  const file = openSync(path, "a", 0o600);
  truncateSync(path, bytes);
  let size = bytes;
  return {
    append(refused) {
      for (const { line, raw, problems } of refused)
        size += writeSync(file, `${JSON.stringify({ line, problems, record: raw })}\n`);
    },
    bytes: () => size,
    close() {
      fsyncSync(file);
      closeSync(file);
      if (statSync(path).size === 0) rmSync(path);
    },
  };
}
