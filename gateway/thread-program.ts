import { existsSync } from "node:fs";
import { setPriority } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Program for `new Worker`: the file of the bundle, or code that is bundled in memory where the gateway runs from its sources. */
export type ThreadProgram = { file: string } | { code: string };

const programs = new Map<string, Promise<ThreadProgram>>();

/** Program of a thread. @param path of its source below the root of the repository, without the ending */
export function threadProgram(path: string): Promise<ThreadProgram> {
  const known = programs.get(path) ?? findProgram(join(...path.split("/")));
  programs.set(path, known);
  return known;
}

/** A chunk of the bundle does not stand beside the program, but in a folder above it. */
async function findProgram(path: string): Promise<ThreadProgram> {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const bundled = join(folder, `${path}.js`);
    if (existsSync(bundled)) return { file: bundled };
    const source = join(folder, `${path}.ts`);
    if (existsSync(source)) return { code: await bundledInMemory(source) };
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`The program of a thread is missing: ${path}.js`);
    folder = parent;
  }
}

async function bundledInMemory(source: string): Promise<string> {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [source],
    bundle: true,
    write: false,
    format: "cjs",
    platform: "node",
    target: "node20",
    external: ["pdfkit"], // it reads files beside itself
    resolveExtensions: [".ts", ".mjs", ".js", ".json"],
    logLevel: "error",
  });
  return outputFiles[0]?.text ?? "";
}

/** Lowers the priority of this thread: the request thread goes first where both share a core. Only Linux has priorities of threads. */
export function lowerPriority(): void {
  if (process.platform !== "linux") return;
  try {
    setPriority(5);
  } catch {
    // a sandbox may forbid it
  }
}
