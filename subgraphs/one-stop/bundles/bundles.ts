import { readdirSync } from "node:fs";
import { projectPath } from "../../_shared/serving/paths.ts";
import type { DossierKind } from "../definitions/kind.ts";

/**
 * Life-event bundles: one folder each. `bundle.ts` exports `bundle`, a `SubmittableKind`; `resolvers.ts` exports the resolver
 * classes of its operations.
 */
export const bundleFolders: readonly string[] = readdirSync(projectPath("subgraphs", "one-stop", "bundles"), {
  withFileTypes: true,
})
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

export const bundles: readonly DossierKind[] = await Promise.all(
  bundleFolders.map(async (name) => ((await import(`./${name}/bundle.ts`)) as { bundle: DossierKind }).bundle),
);
