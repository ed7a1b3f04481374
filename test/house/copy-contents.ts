import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

/** Hash of each file of a copy of the repository, except what programs write. */
export function contentsOf(directory: string): Map<string, string> {
  const skipped = new Set(["node_modules", "dist", ".data"]);
  const files = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
    .filter((path) => !skipped.has(path.split("/")[0] ?? ""));
  return new Map(
    files.map((path) => [
      path,
      createHash("sha256")
        .update(readFileSync(join(directory, path)))
        .digest("hex"),
    ]),
  );
}

/** Paths of the files that were added, changed or removed. */
export function differencesOf(before: Map<string, string>, after: Map<string, string>): string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => before.get(path) !== after.get(path)).sort();
}
