import { GraphQLError } from "graphql";

/** What a document may ask at most. Counts are those of one operation after its fragments are put in their places. */
export type DocumentLimits = {
  tokens: number;
  /** Fields nested in one another. */
  depth: number;
  fields: number;
  aliases: number;
  rootFields: number;
  directives: number;
  /** Of two fields of one name in the answer, which the validation holds against each other. */
  comparisons: number;
};

/** What one operation may cost, and one caller (the public: one address) within the window, in points of @cost. */
export type CostLimits = { operation: number; perCaller: number; windowSeconds: number; assumedListSize: number };

/** The name of a limit in `extensions.limit`, as clients know it. */
export type LimitName = keyof DocumentLimits | "cost" | "variablesBytes" | "bodyBytes" | "requests" | "costBudget";

/** Beside an error's message: which limit it was, what it allows and what was asked. */
export type ExceededLimit = { name: LimitName; allowed: number; asked: number };

/** @param sentence says what is too much and what to do instead. */
export function limitExceeded(limit: ExceededLimit, sentence: string): GraphQLError {
  return new GraphQLError(sentence, { extensions: { code: "BAD_USER_INPUT", limit } });
}
