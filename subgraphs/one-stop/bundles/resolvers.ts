import type { ClassType } from "type-graphql";
import { bundleFolders } from "./bundles.ts";

/** Resolver classes of all bundles. Apart from `bundles.ts`, so that programs without a schema load no decorators. */
export const bundleResolvers: readonly ClassType[] = (
  await Promise.all(
    bundleFolders.map(async (name) =>
      Object.values((await import(`./${name}/resolvers.ts`)) as Record<string, ClassType>),
    ),
  )
).flat();
