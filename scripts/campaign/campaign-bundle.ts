import { readFileSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type BuildOptions, build, type Plugin } from "esbuild";
import options from "../../.esbuild.json";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";

/** Folder of the bundles of a process, without its id. */
const BUNDLES = projectPath("node_modules", ".cache", "motcua-campaign");

/** Change of a source file for a bundle with a planted bug: `find` must occur exactly once. */
export type Edit = { file: string; find: string; replace: string };

/**
 * Bundles gateway, agencies and the campaign like `npm run build`, with the edits applied, into a separate folder below
 * node_modules, where the packages are found. Other builds then do not change the programs of a running campaign.
 * @throws when a snippet is not found exactly once.
 */
export async function buildBundle(name: string, edits: readonly Edit[] = []): Promise<string> {
  const directory = join(`${BUNDLES}-${process.pid}`, name);
  await build({
    ...(options as BuildOptions),
    entryPoints: [
      "subgraphs/main.ts",
      "gateway/main.ts",
      "scripts/payment-provider.ts",
      "scripts/national-portal.ts",
      "scripts/campaign.ts",
    ].map((path) => projectPath(path)),
    outdir: directory,
    outbase: projectPath(),
    plugins: [planted(edits)],
  });
  return directory;
}

/** Bundle from which this program runs, if `buildBundle` of another process made it; otherwise a new one. */
export async function bundleOfProgram(): Promise<string> {
  const directory = dirname(dirname(resolve(process.argv[1] ?? "")));
  return directory.startsWith(`${BUNDLES}-`) ? directory : buildBundle("right");
}

/** Removes every bundle of this process. */
export function removeBundles(): void {
  rmSync(`${BUNDLES}-${process.pid}`, { recursive: true, force: true });
}

/** Text of a source file with its edits applied. @throws when a snippet does not occur exactly once */
export function editedSource(file: string, edits: readonly Edit[]): string {
  return edits
    .filter((edit) => edit.file === file)
    .reduce(
      (text, { find, replace }) => {
        const parts = text.split(find);
        if (parts.length !== 2)
          throw new Error(`${file} has the snippet ${parts.length - 1} times instead of once:\n${find}`);
        return parts.join(replace);
      },
      readFileSync(projectPath(file), "utf8"),
    );
}

function planted(edits: readonly Edit[]): Plugin {
  const sources = new Map(edits.map(({ file }) => [projectPath(file), editedSource(file, edits)]));
  return {
    name: "planted-bug",
    setup(bundling) {
      bundling.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const contents = sources.get(path);
        return contents === undefined ? undefined : { contents, loader: "ts" };
      });
    },
  };
}
