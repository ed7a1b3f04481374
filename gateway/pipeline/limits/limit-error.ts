import { GraphQLError } from "graphql";
import type { ExceededLimit } from "../../errors.ts";

/** Limits of a document. Counts are those of one operation with its fragments expanded. */
export type DocumentLimits = {
  tokens: number;
  /** Levels of nested fields. */
  depth: number;
  fields: number;
  aliases: number;
  rootFields: number;
  directives: number;
  /** Pairs of fields with one response name, which validation compares with each other. */
  comparisons: number;
  /** Levels of lists and objects in a literal or a variable. */
  nesting: number;
};

/** Limits of cost, in points of @cost: of one operation, and of one caller (for anonymous callers one address) within the window. */
export type CostLimits = { operation: number; perCaller: number; windowSeconds: number; assumedListSize: number };

/** @param sentence names the excess and the remedy. */
export function limitExceeded(limit: ExceededLimit, sentence: string): GraphQLError {
  return new GraphQLError(sentence, { extensions: { code: "BAD_USER_INPUT", limit } });
}
