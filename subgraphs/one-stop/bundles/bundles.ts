import { readdirSync } from "node:fs";
import { projectPath } from "../../_shared/serving/paths.ts";
import type { SubgraphDefinition } from "../../_shared/serving/subgraph.ts";
import type { DossierKind } from "../definitions/kind.ts";

type ResolverClass = SubgraphDefinition<unknown>["resolvers"][number];

/**
 * Life-event bundles: one folder each. `bundle.ts` exports `bundle`, a `SubmittableKind`; `resolvers.ts` exports the resolver
 * classes of its operations.
 */
const names = readdirSync(projectPath("subgraphs", "one-stop", "bundles"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

export const bundles: readonly DossierKind[] = await Promise.all(
  names.map(async (name) => ((await import(`./${name}/bundle.ts`)) as { bundle: DossierKind }).bundle),
);

export const bundleResolvers: readonly ResolverClass[] = (
  await Promise.all(
    names.map(async (name) => Object.values((await import(`./${name}/resolvers.ts`)) as Record<string, ResolverClass>)),
  )
).flat();
