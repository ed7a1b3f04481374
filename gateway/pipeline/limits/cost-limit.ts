import type { GraphQLError } from "graphql";
import { type CostLimits, limitExceeded } from "./limit-error.ts";

/** What is wrong with an operation of this cost: nothing, or that it is too expensive, and by how much. */
export function checkCost(asked: number, { operation: allowed }: CostLimits): GraphQLError | undefined {
  if (asked <= allowed) return undefined;
  const remedy = "ask for shorter lists (a smaller `first`), fewer lists in lists, or send several operations";
  return limitExceeded(
    { name: "cost", allowed, asked },
    `The operation costs ${asked}, ${allowed} are allowed; ${remedy}`,
  );
}
