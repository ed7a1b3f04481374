import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import type { Metafile, Plugin } from "esbuild";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { subgraphs } from "../../subgraphs/agency-registry.ts";

const require = createRequire(import.meta.url);
const STAMP = "built";

/** Language services of Monaco, which run in web workers. */
const WORKERS = {
  "editor.worker": "monaco-editor/esm/vs/editor/editor.worker.js",
  "json.worker": "monaco-editor/esm/vs/language/json/json.worker.js",
  "graphql.worker": "monaco-graphql/esm/graphql.worker.js",
};

/** Directory of the built page; bundles it first (about three seconds) where it is missing or older than its sources. */
export async function builtPlayground(): Promise<string> {
  const directory = projectPath("dist", "playground");
  if (newestSource() <= modified(join(directory, STAMP))) return directory;
  const draft = `${directory}.${process.pid}`;
  await bundle(draft);
  try {
    rmSync(directory, { recursive: true, force: true });
    renameSync(draft, directory);
  } catch (error) {
    if (newestSource() > modified(join(directory, STAMP))) throw error;
    rmSync(draft, { recursive: true, force: true }); // another process has built the same meanwhile
  }
  return directory;
}

async function bundle(outdir: string): Promise<void> {
  const { build } = await import("esbuild");
  const common = {
    bundle: true,
    minify: true,
    outdir,
    absWorkingDir: projectPath(),
    target: "es2022",
    logLevel: "silent",
    entryNames: "[name]-[hash]", // so that browsers may cache every file for ever
    metafile: true,
  } as const;
  mkdirSync(outdir, { recursive: true });
  const entries = Object.entries(WORKERS).map(([out, file]) => ({ in: projectPath("node_modules", file), out }));
  const workers = await build({ ...common, entryPoints: entries, format: "iife" });
  const page = await build({
    ...common,
    entryPoints: [projectPath("gateway", "playground", "page", "page.jsx")],
    format: "esm",
    splitting: true,
    chunkNames: "chunk-[hash]",
    jsx: "automatic",
    define: {
      "process.env.NODE_ENV": '"production"',
      WORKER_FILES: JSON.stringify(hashedNames(workers.metafile, Object.keys(WORKERS), ".js")),
    },
    assetNames: "[name]-[hash]",
    publicPath: "/playground",
    loader: { ".graphql": "text", ".ttf": "dataurl", ".woff2": "file" },
    plugins: [withoutFiraCode],
  });
  writeFileSync(join(outdir, "index.html"), indexPage(page.metafile));
  cpSync(require.resolve("@fontsource/jetbrains-mono/LICENSE"), join(outdir, "jetbrains-mono.txt"));
  writeFileSync(join(outdir, STAMP), "");
}

/** The page with the hashed names of its script and its style sheet. */
function indexPage(metafile: Metafile): string {
  const html = readFileSync(projectPath("gateway", "playground", "page", "index.html"), "utf8");
  const script = hashedNames(metafile, ["page"], ".js").page ?? "";
  const style = hashedNames(metafile, ["page"], ".css").page ?? "";
  return html
    .replace("/playground/page.js", `/playground/${script}`)
    .replace("/playground/page.css", `/playground/${style}`);
}

/** Output files by the names of their entries. */
function hashedNames({ outputs }: Metafile, names: readonly string[], extension: string): Record<string, string> {
  const files = Object.keys(outputs).map((path) => basename(path));
  return Object.fromEntries(
    names.map((name) => {
      const file = files.find((each) => each.startsWith(`${name}-`) && each.endsWith(extension));
      if (!file) throw new Error(`The playground has no output for ${name}${extension}`);
      return [name, file];
    }),
  );
}

/** GraphiQL's own monospaced font breaks Vietnamese letters; the page names another one under the same name. */
const withoutFiraCode: Plugin = {
  name: "without-fira-code",
  setup({ onLoad }) {
    onLoad({ filter: /graphiql[\\/]dist[\\/]style\.css$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replaceAll(/@font-face\s*\{[^}]*Fira Code[^}]*\}/g, ""),
      loader: "css",
    }));
  },
};

function newestSource(): number {
  const folders = [projectPath("gateway", "playground", "page"), projectPath("gateway", "playground", "examples")];
  const files = folders.flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)));
  const agencies = subgraphs.map(({ name }) => projectPath("subgraphs", name, "agency.ts"));
  return Math.max(...[...files, ...agencies, projectPath("package-lock.json")].map(modified));
}

function modified(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
