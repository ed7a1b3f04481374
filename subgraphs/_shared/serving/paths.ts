import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

let root: string | undefined;

/**
 * An absolute path of a file in the project, e.g. `projectPath("subgraphs", "_shared", "reference", "data", "provinces-34.json")`.
 * The project is the nearest folder, upward from the working directory or else from this module, whose package.json
 * is named "motcua"; so sources, tests and the bundle in dist/ find the same files. Throws when there is none.
 */
export function projectPath(...parts: string[]): string {
  root ??= projectAbove(process.cwd()) ?? projectAbove(dirname(fileURLToPath(import.meta.url)));
  if (root === undefined) throw new Error("no package.json named motcua above the working directory or the program");
  return join(root, ...parts);
}

function projectAbove(folder: string): string | undefined {
  const manifest = join(folder, "package.json");
  if (existsSync(manifest) && JSON.parse(readFileSync(manifest, "utf8")).name === "motcua") return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : projectAbove(parent);
}
