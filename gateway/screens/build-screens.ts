import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { subgraphs } from "../../subgraphs/agency-registry.ts";
import type { Build } from "../static-files/built-directory.ts";
import { API_SCHEMA, bundleForms } from "./bundle-forms.ts";

const BROWSER = projectPath("gateway", "screens", "browser");

/** Pages with scripts: a folder of `browser/` with `page.ts` and `page.css` for each. */
const SCREENS = ["front", "desk", "office", "board", "portal"] as const;
export type ScreenName = (typeof SCREENS)[number];

/** Bundles the scripts and style sheets of all pages (a tenth of a second). */
export const screensBuild: Build = {
  name: "screens",
  sources: [
    BROWSER,
    API_SCHEMA,
    projectPath("gateway", "screens", "build-screens.ts"),
    projectPath("gateway", "screens", "bundle-forms.ts"),
    projectPath("gateway", "playground", "examples"),
    projectPath("subgraphs", "_shared", "reference", "written-day.ts"),
    ...subgraphs.map(({ name }) => projectPath("subgraphs", name, "agency.ts")),
  ],
  bundle,
};

async function bundle(outdir: string): Promise<void> {
  const { build } = await import("esbuild");
  await build({
    bundle: true,
    minify: true,
    outdir,
    absWorkingDir: projectPath(),
    target: "es2022",
    format: "esm",
    logLevel: "silent",
    entryNames: "[name]-[hash]", // so that browsers may cache every file for ever
    entryPoints: [
      ...SCREENS.flatMap((name) => [
        { in: `${BROWSER}/${name}/page.ts`, out: name },
        { in: `${BROWSER}/${name}/page.css`, out: name },
      ]),
      { in: `${BROWSER}/desk/worker.ts`, out: "desk-worker" },
    ],
    loader: { ".graphql": "text" },
    plugins: [bundleForms],
  });
}
