import { GraphQLError } from "graphql";
import { limitExceeded } from "../limits/limit-error.ts";
import type { Planned } from "./planned.ts";
import { PLANNER_BOUNDS } from "./planner-bounds.ts";
import type { ThreadEnd } from "./planner-thread.ts";
import type { PlannerResult } from "./query-planner.ts";

const REMEDY =
  "select less of interfaces, unions and the types that several subgraphs share, or send several operations";

export function planningTimedOut(allowed: number): GraphQLError {
  const limit = { name: "planningMs", allowed, asked: allowed + 1 } as const; // planning stops at the limit
  return limitExceeded(limit, `The operation takes more than ${allowed} ms to plan, which is the limit; ${REMEDY}`);
}

/** @param allowed milliseconds that it was planned for */
export function planningOutlastsDeadline(allowed: number): GraphQLError {
  const limit = { name: "planningMs", allowed, asked: allowed + 1 } as const;
  const sentence = `The operation takes more than ${allowed} ms to plan, and the request's deadline has passed; ${REMEDY}`;
  return limitExceeded(limit, sentence);
}

function planningOutOfMemory(allowed: number): GraphQLError {
  const limit = { name: "planningMb", allowed, asked: allowed + 1 } as const; // planning stops at the limit
  return limitExceeded(limit, `The operation takes more than ${allowed} MB to plan, which is the limit; ${REMEDY}`);
}

function tooManyOptions(): GraphQLError {
  const { pathsLimit: allowed } = PLANNER_BOUNDS;
  const limit = { name: "planningOptions", allowed, asked: allowed + 1 } as const; // the planner stops at the limit
  const sentence = `The operation has more than ${allowed} ways to be planned, which is the limit; ${REMEDY}`;
  return limitExceeded(limit, sentence);
}

/** Outcome of a planning for its requests. Only refusals of expensive plannings are remembered. */
export function outcomeOf(result: PlannerResult): Planned {
  switch (result.kind) {
    case "too many options":
      return refusedPlanning(tooManyOptions());
    case "unmet requirement":
      return refusedPlanning(unmetRequirement(result.field));
    default:
      return result;
  }
}

/** @param field `Type.field` */
function unmetRequirement(field: string): GraphQLError {
  const reason = `its plan would read ${field} before what is required for it is known`;
  const remedy = "select the fields that require it in a separate operation, by another way to their object";
  const message = `The operation cannot be planned: ${reason}; ${remedy}`;
  return new GraphQLError(message, { extensions: { code: "BAD_USER_INPUT" } });
}

export function refusedPlanning(error: GraphQLError): Planned {
  return { kind: "refused", error };
}

/** The same refusal for an operation of the same shape that comes soon after. */
export function stillRefused(refusal: GraphQLError, forMs: number): GraphQLError {
  const seconds = Math.max(1, Math.ceil(forMs / 1_000));
  const message = `${refusal.message} (tried shortly before; it is planned again in ${seconds} s at the earliest)`;
  return new GraphQLError(message, { extensions: { ...refusal.extensions } });
}

export function tooManyPlannings(allowed: number): GraphQLError {
  const limit = { name: "plannings", allowed, asked: allowed + 1 } as const;
  const message = `${allowed} new operations wait for their plans, which is the limit; try again in a second`;
  return new GraphQLError(message, { extensions: { code: "RATE_LIMITED", limit, retryAfterSeconds: 1 } });
}

export function notPlannedInTime(): GraphQLError {
  const message =
    "The operation was not planned before the request's deadline, because other operations came first; try again";
  return new GraphQLError(message, { extensions: { code: "UNAVAILABLE" } });
}

export function planningStopped(): GraphQLError {
  return new GraphQLError("The gateway stops; send the request again", { extensions: { code: "UNAVAILABLE" } });
}

/** Error of the operation that a thread was planning when it ended. It is logged and masked unless memory was the cause. */
export function planningEnded(end: ThreadEnd, memoryMb: number): GraphQLError {
  if (end.kind === "out of memory") return planningOutOfMemory(memoryMb);
  const error = end.kind === "crashed" ? end.error : end.reason;
  const originalError = error instanceof Error ? error : new Error(String(error));
  const message = `The operation was not planned: ${originalError.message}`;
  return new GraphQLError(message, { originalError, extensions: { code: "INTERNAL" } });
}
