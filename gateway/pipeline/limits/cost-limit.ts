import type { GraphQLError } from "graphql";
import { type CostLimits, limitExceeded } from "./limit-error.ts";

/** Error of an operation whose cost exceeds the limit. */
export function checkCost(asked: number, { operation: allowed }: CostLimits): GraphQLError | undefined {
  if (asked <= allowed) return undefined;
  const remedy = "ask for shorter lists (a smaller `first`), fewer lists in lists, or send several operations";
  return limitExceeded(
    { name: "cost", allowed, asked },
    `The operation costs ${asked}, ${allowed} are allowed; ${remedy}`,
  );
}
