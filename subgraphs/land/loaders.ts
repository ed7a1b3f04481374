import type { Context } from "../_shared/serving/context.ts";
import { actLoaders } from "./acts/loaders.ts";
import { certificateLoaders } from "./certificates/loaders.ts";
import { encumbranceLoaders } from "./encumbrances/loaders.ts";
import { obligationLoaders } from "./obligations/loaders.ts";
import { parcelLoaders } from "./parcels/loaders.ts";

export type LandLoaders = ReturnType<typeof landLoaders>;
export type LandContext = Context<LandLoaders>;

/** Loaders of one request; they return only rows that the caller may see. */
export function landLoaders(source: Pick<Context, "db" | "caller">) {
  return {
    ...actLoaders(source),
    ...certificateLoaders(source),
    ...parcelLoaders(source),
    ...encumbranceLoaders(source),
    ...obligationLoaders(source),
  };
}
