import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Program for `new Worker`: the file of the bundle, or code that is bundled in memory where the gateway runs from its sources. */
export type ThreadProgram = { file: string } | { code: string };

const PROGRAM = join("gateway", "pipeline", "planning", "planner-thread-program");
let program: Promise<ThreadProgram> | undefined;

/** Program of a planner thread. */
export function plannerThreadProgram(): Promise<ThreadProgram> {
  program ??= findProgram();
  return program;
}

/** A chunk of the bundle does not stand beside the program, but in a folder above it. */
async function findProgram(): Promise<ThreadProgram> {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const bundled = join(folder, `${PROGRAM}.js`);
    if (existsSync(bundled)) return { file: bundled };
    const source = join(folder, `${PROGRAM}.ts`);
    if (existsSync(source)) return { code: await bundledInMemory(source) };
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`The program of the planner's threads is missing: ${PROGRAM}.js`);
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
    resolveExtensions: [".ts", ".mjs", ".js", ".json"],
    logLevel: "error",
  });
  return outputFiles[0]?.text ?? "";
}
