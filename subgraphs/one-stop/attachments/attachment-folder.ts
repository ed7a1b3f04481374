import { existsSync } from "node:fs";
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { type Attachments, digestOf, ORPHAN_MS, unusedDigests } from "./attachments.ts";

const FILE = /^([0-9a-f]{64})$/;
/** Temporary file of an interrupted upload. */
const TEMPORARY_FILE = /\.draft(\.json)?$/;

/** Folder of attachments that the gateway writes. `now` is compared with the files' modification times. */
export function attachmentFolder(directory: string): Attachments {
  const age = async (name: string, now: number) => now - (await stat(join(directory, name))).mtimeMs;
  const remove = (name: string) => rm(join(directory, name), { force: true });
  return {
    async has(id) {
      const name = digestOf(id);
      return name !== undefined && existsSync(join(directory, name)) && existsSync(join(directory, `${name}.json`));
    },
    async removeOrphans(sql, now) {
      let removed = 0;
      for (const name of await readdir(directory).catch(() => [])) {
        if (!FILE.test(name) && !TEMPORARY_FILE.test(name)) continue;
        if ((await age(name, now).catch(() => 0)) < ORPHAN_MS) continue;
        if (FILE.test(name) && (await unusedDigests(sql, [name])).length === 0) continue;
        await Promise.all([remove(name), remove(`${name}.json`), remove(`${name}.owners`)]);
        removed++;
      }
      return removed;
    },
  };
}
