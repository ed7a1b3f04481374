import type { Context } from "../_shared/serving/context.ts";
import { actLoaders } from "./acts/loaders.ts";
import { cardLoaders } from "./cards/loaders.ts";

export type HealthInsuranceLoaders = ReturnType<typeof healthInsuranceLoaders>;
export type HealthInsuranceContext = Context<HealthInsuranceLoaders>;

/** Loaders of one request; they return only cards that the caller may see. */
export function healthInsuranceLoaders(source: Pick<Context, "db" | "caller" | "now">) {
  return { ...actLoaders(source), ...cardLoaders(source) };
}
