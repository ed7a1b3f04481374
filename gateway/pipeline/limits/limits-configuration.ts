import * as z from "zod";
import type { CostLimits, DocumentLimits } from "./limit-error.ts";

/** Maximum numbers of requests within the window. */
export type RateLimits = { perCaller: number; perAddress: number; windowSeconds: number };

/** Limits of a request and of its caller. */
export type Limits = {
  document: DocumentLimits;
  variablesBytes: number;
  cost: CostLimits;
  rate: RateLimits;
};

const atLeast = (least: number, fallback: number) =>
  z.coerce
    .number({ error: "must be a number" })
    .int({ error: "must be a whole number" })
    .min(least, { error: `must be at least ${least}` })
    .max(Number.MAX_SAFE_INTEGER)
    .default(fallback);

/**
 * The defaults are far above the needs of the contract's documents, an introspection and a province's portal, and far below
 * what would block the gateway: a refusal takes milliseconds for the largest document that is still parsed. MAX_COST admits
 * four unbounded lists in one another (11,110).
 */
export const limitVariables = {
  MAX_TOKENS: atLeast(100, 10_000),
  MAX_DEPTH: atLeast(1, 20),
  MAX_FIELDS: atLeast(1, 1_000),
  MAX_ALIASES: atLeast(0, 100),
  MAX_ROOT_FIELDS: atLeast(1, 50),
  MAX_DIRECTIVES: atLeast(0, 50),
  MAX_COMPARISONS: atLeast(0, 10_000),
  MAX_VARIABLES_BYTES: atLeast(1_000, 500_000),
  MAX_NESTING: atLeast(1, 100),
  MAX_COST: atLeast(1, 12_000),
  DEFAULT_LIST_SIZE: atLeast(1, 10),
  RATE_WINDOW_SECONDS: z.coerce.number().int().min(1).max(86_400).default(60),
  RATE_LIMIT_CALLER: atLeast(1, 30_000),
  RATE_LIMIT_ADDRESS: atLeast(1, 60_000),
  COST_LIMIT_CALLER: atLeast(1, 3_000_000),
};

type Read = { [name in keyof typeof limitVariables]: number };

/** Limits from the variables. */
export function limitsConfiguration(read: Read): Limits {
  const windowSeconds = read.RATE_WINDOW_SECONDS;
  return {
    document: {
      tokens: read.MAX_TOKENS,
      depth: read.MAX_DEPTH,
      fields: read.MAX_FIELDS,
      aliases: read.MAX_ALIASES,
      rootFields: read.MAX_ROOT_FIELDS,
      directives: read.MAX_DIRECTIVES,
      comparisons: read.MAX_COMPARISONS,
      nesting: read.MAX_NESTING,
    },
    variablesBytes: read.MAX_VARIABLES_BYTES,
    cost: {
      operation: read.MAX_COST,
      perCaller: read.COST_LIMIT_CALLER,
      windowSeconds,
      assumedListSize: read.DEFAULT_LIST_SIZE,
    },
    rate: { perCaller: read.RATE_LIMIT_CALLER, perAddress: read.RATE_LIMIT_ADDRESS, windowSeconds },
  };
}
