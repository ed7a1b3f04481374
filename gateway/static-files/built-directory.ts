import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Metafile } from "esbuild";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";

const STAMP = "built";
/** Fonts of type woff2 are compressed already. */
const COMPRESSED = new Set([".js", ".css", ".html", ".ttf"]);
/** A tenth of a percent larger than the highest quality, in a tenth of its time (measured). */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
const toBrotli = promisify(brotliCompress) as (bytes: Buffer, options: typeof BROTLI) => Promise<Buffer>;
const toGzip = promisify(gzip);

/** Files of pages that are bundled on demand: a folder below dist/, its sources, and the bundler that fills it. */
export type Build = { name: string; sources: readonly string[]; bundle(outdir: string): Promise<void> };

/** Directory of the built files, with a compressed form of each beside it; builds it first where it is missing or older than its sources. */
export async function builtDirectory({ name, sources, bundle }: Build): Promise<string> {
  const directory = projectPath("dist", name);
  const isStale = () => Math.max(...sources.flatMap(filesOf).map(modified)) > modified(join(directory, STAMP));
  if (!isStale()) return directory;
  const draft = `${directory}.${process.pid}`;
  await bundle(draft);
  await compressFiles(draft);
  writeFileSync(join(draft, STAMP), "");
  try {
    rmSync(directory, { recursive: true, force: true });
    renameSync(draft, directory);
  } catch (error) {
    if (isStale()) throw error;
    rmSync(draft, { recursive: true, force: true }); // another process has built the same meanwhile
  }
  return directory;
}

/** Output files by the names of their entries. @throws if an entry has none */
export function hashedNames(
  { outputs }: Metafile,
  names: readonly string[],
  extension: string,
): Record<string, string> {
  const files = Object.keys(outputs).map((path) => basename(path));
  return Object.fromEntries(
    names.map((name) => {
      const file = files.find((each) => each.startsWith(`${name}-`) && each.endsWith(extension));
      if (!file) throw new Error(`The build has no output for ${name}${extension}`);
      return [name, file];
    }),
  );
}

async function compressFiles(directory: string): Promise<void> {
  const files = readdirSync(directory).filter((name) => COMPRESSED.has(extname(name)));
  await Promise.all(
    files.map(async (name) => {
      const path = join(directory, name);
      const bytes = readFileSync(path);
      const [brotli, zipped] = await Promise.all([toBrotli(bytes, BROTLI), toGzip(bytes)]);
      writeFileSync(`${path}.br`, brotli);
      writeFileSync(`${path}.gzip`, zipped);
    }),
  );
}

/** A file itself, or the files below a folder. */
function filesOf(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function modified(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
