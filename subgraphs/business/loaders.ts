import type { Context } from "../_shared/serving/context.ts";
import { actLoaders } from "./acts/loaders.ts";
import { entryLoaders, versionLoaders } from "./businesses/loaders.ts";
import { licenceLoaders } from "./licences/loaders.ts";
import { reminderLoaders } from "./reminders/loaders.ts";

export type BusinessLoaders = ReturnType<typeof businessLoaders>;
export type BusinessContext = Context<BusinessLoaders>;

/** Loaders of one request; they return only rows that the caller may see. */
export function businessLoaders(source: Pick<Context, "db" | "caller">) {
  return {
    ...{ ...actLoaders(source), ...entryLoaders(source), ...versionLoaders(source) },
    ...{ ...licenceLoaders(source), ...reminderLoaders(source) },
  };
}
