import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { refusedFile } from "./refused-file.ts";

/** Progress of an import of a file: the last line that is settled, and the counts until there. */
export type ImportProgress = { line: number; entered: number; present: number; refused: number; refusedBytes: number };

type Kept = ImportProgress & { register: string; size: number; modified: number };

export const NOTHING_DONE: ImportProgress = { line: 0, entered: 0, present: 0, refused: 0, refusedBytes: 0 };

/**
 * Progress of the import of a file, kept beside it until the import is complete. It begins anew for a file that has changed, for another
 * register, and where the file of refused records is not whole.
 *
 * @param register what the file is imported into: the database and the kinds of records
 */
export function keptProgress(file: string, register: string) {
  const path = `${file}.import-progress.json`;
  const { size, mtimeMs: modified } = statSync(file);
  return {
    read(): ImportProgress {
      if (!existsSync(path)) return NOTHING_DONE;
      const kept = JSON.parse(readFileSync(path, "utf8")) as Kept; // only `write` makes the file
      const isOfFile = kept.register === register && kept.size === size && kept.modified === modified;
      return isOfFile && sizeOf(refusedFile(file)) >= kept.refusedBytes ? kept : NOTHING_DONE;
    },
    write(progress: ImportProgress): void {
      const kept: Kept = { ...progress, register, size, modified };
      writeFileSync(`${path}.next`, JSON.stringify(kept), { mode: 0o600 });
      renameSync(`${path}.next`, path);
    },
    remove: () => rmSync(path, { force: true }),
  };
}

function sizeOf(file: string): number {
  return existsSync(file) ? statSync(file).size : 0;
}
