import type { ClassType } from "type-graphql";
import { bundleFolders } from "./bundles.ts";

/** Resolver classes of all bundles. Apart from `bundles.ts`, so that programs without a schema load no decorators. */
export const bundleResolvers: ClassType[] = [];
// one after the other, because decorators enter operations in the order in which modules are evaluated
for (const name of bundleFolders)
  bundleResolvers.push(...Object.values((await import(`./${name}/resolvers.ts`)) as Record<string, ClassType>));
