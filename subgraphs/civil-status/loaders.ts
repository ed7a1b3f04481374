import type { Context } from "../_shared/serving/context.ts";
import { actLoaders } from "./acts/loaders.ts";
import { birthLoaders } from "./birth-loaders.ts";
import { confirmationLoaders } from "./confirmations/loaders.ts";
import { deathLoaders } from "./deaths/loaders.ts";
import { extractLoaders } from "./extracts/loaders.ts";
import { familyLoaders } from "./family/loaders.ts";
import { marriageLoaders } from "./marriages/loaders.ts";

export type CivilStatusLoaders = ReturnType<typeof civilStatusLoaders>;
export type CivilStatusContext = Context<CivilStatusLoaders>;

/** Loaders of one request; they return only rows that the caller may see. */
export function civilStatusLoaders(source: Pick<Context, "db" | "caller" | "now">) {
  return {
    ...actLoaders(source),
    ...birthLoaders(source),
    ...confirmationLoaders(source),
    ...deathLoaders(source),
    ...extractLoaders(source),
    ...familyLoaders(source),
    ...marriageLoaders(source),
  };
}
