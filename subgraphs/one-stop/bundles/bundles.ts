import { readdirSync } from "node:fs";
import { projectPath } from "../../_shared/serving/paths.ts";
import type { DossierKind } from "../definitions/dossier-kind.ts";

/**
 * Life-event bundles: one folder each. `bundle.ts` exports `bundle`, a `SubmittableKind`, and perhaps `branches`, the kinds of
 * its branches that are refiled alone; `resolvers.ts` exports the resolver classes of its operations.
 */
export const bundleFolders: readonly string[] = readdirSync(projectPath("subgraphs", "one-stop", "bundles"), {
  withFileTypes: true,
})
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort(); // the order of a directory differs between machines, and the schema's would with it

type BundleModule = { bundle: DossierKind; branches?: readonly DossierKind[] };
const modules = await Promise.all(
  bundleFolders.map(async (name) => (await import(`./${name}/bundle.ts`)) as BundleModule),
);

export const bundles: readonly DossierKind[] = modules.flatMap(({ bundle, branches = [] }) => [bundle, ...branches]);
