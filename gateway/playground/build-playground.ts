import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { subgraphs } from "../../subgraphs/agency-registry.ts";
import { type Build, hashedNames } from "../static-files/built-directory.ts";
import { lighterPackages } from "./lighter-packages.ts";

const require = createRequire(import.meta.url);

/** Language services of Monaco, which run in web workers. */
const WORKERS = {
  "editor.worker": "monaco-editor/esm/vs/editor/editor.worker.js",
  "json.worker": "monaco-editor/esm/vs/language/json/json.worker.js",
  "graphql.worker": "monaco-graphql/esm/graphql.worker.js",
};

/** Bundles the page (about three seconds). Its packages are development dependencies. */
export const playgroundBuild: Build = {
  name: "playground",
  sources: [
    projectPath("gateway", "playground"),
    projectPath("gateway", "screens", "browser"),
    ...subgraphs.map(({ name }) => projectPath("subgraphs", name, "agency.ts")),
    projectPath("package-lock.json"),
  ],
  bundle,
};

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
    loader: { ".graphql": "text", ".ttf": "file", ".woff2": "file" },
    plugins: [lighterPackages],
  });
  writeFileSync(join(outdir, "index.html"), indexPage(page.metafile));
  cpSync(require.resolve("@fontsource/jetbrains-mono/LICENSE"), join(outdir, "jetbrains-mono.txt"));
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
