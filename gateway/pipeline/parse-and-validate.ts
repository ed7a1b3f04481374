import { type DocumentNode, GraphQLError, getOperationAST, parse, specifiedRules, validate } from "graphql";
import { fragmentsOf } from "../executor/normalize/client-operation.ts";
import { finiteFloats } from "./finite-floats-rule.ts";
import { asksForIncrementalDelivery, withIncrementalRemedy } from "./incremental-delivery.ts";
import { noIntrospection } from "./introspection-rule.ts";
import { checkDocument, parseDocument } from "./limits/document-limits.ts";
import type { DocumentLimits } from "./limits/limit-error.ts";
import { type PreparedOperation, preparedOperation } from "./prepared-operation.ts";
import { operationMissing, withErrorCode } from "./request-errors.ts";
import type { SupergraphVersion } from "./supergraph-version.ts";

/** A valid operation, or the errors that refuse it; `document` where Apollo Server must not validate it again. */
export type Preparation =
  | { kind: "prepared"; prepared: PreparedOperation }
  | { kind: "refused"; errors: readonly GraphQLError[]; document: DocumentNode | undefined };

export type PrepareOptions = {
  limits: DocumentLimits;
  /** Allows introspection. */
  introspection: boolean;
  /** Leaves "Did you mean …?" out of messages, since it reveals the schema. */
  hideSuggestions: boolean;
};

const RULES = [...specifiedRules, finiteFloats];

/** Parses a document, checks it against the limits and the schema, and selects the operation. It is not planned yet. */
export function prepare(
  version: SupergraphVersion,
  { limits, introspection, hideSuggestions }: PrepareOptions,
  text: string,
  operationName: string | undefined,
): Preparation {
  const document = parsed(text, limits);
  if (document instanceof GraphQLError) {
    return refused([document], document.extensions.limit ? standIn(operationName) : undefined);
  }
  const fragments = fragmentsOf(document);
  const exceeded = checkDocument(document, fragments, limits);
  if (exceeded.length > 0) return refused(exceeded, document);
  const rules = introspection ? RULES : [...RULES, noIntrospection];
  const invalid = validate(version.schema, document, rules, { hideSuggestions });
  if (invalid.length > 0) {
    const errors = invalid.map((error) => withErrorCode(withIncrementalRemedy(error), "GRAPHQL_VALIDATION_FAILED"));
    return refused(errors, asksForIncrementalDelivery(invalid) ? document : undefined);
  }
  const operation = getOperationAST(document, operationName);
  if (!operation) return refused([operationMissing(operationName)], document);
  return { kind: "prepared", prepared: preparedOperation(version, document, { operation, fragments }) };
}

function parsed(text: string, limits: DocumentLimits): DocumentNode | GraphQLError {
  try {
    return parseDocument(text, limits);
  } catch (error) {
    if (error instanceof GraphQLError) return withErrorCode(error, "GRAPHQL_PARSE_FAILED");
    throw error;
  }
}

/** Stands in for a document with too many tokens, so that Apollo Server does not parse it. */
function standIn(operationName = ""): DocumentNode {
  return parse(`query ${/^[_A-Za-z]\w*$/.test(operationName) ? operationName : ""} { __typename }`);
}

function refused(errors: readonly GraphQLError[], document: DocumentNode | undefined): Preparation {
  return { kind: "refused", errors, document };
}
