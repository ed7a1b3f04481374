import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  parse,
  validate,
} from "graphql";
import { createHandler, type Handler } from "graphql-http";
import { LRUCache } from "lru-cache";
import type { Logger } from "pino";
import { selectedFields } from "../access-log/selected-fields.ts";
import type { Context } from "./context.ts";
import { isUnstorableText } from "./database.ts";
import { withUnavailableAgencies } from "./unavailable-agencies.ts";

const KNOWN_DOCUMENTS = 1_000;
type Known = { document: DocumentNode; fields: string[]; valid?: readonly GraphQLError[] };

/**
 * GraphQL over HTTP for one agency. Parsed and validated documents are cached, because the gateway repeats them.
 * Reads are recorded in the access log before the response is sent; if that fails, the response is an error.
 */
export function graphqlRequests(schema: GraphQLSchema, log: Logger): Handler<unknown, Context> {
  const known = new LRUCache<string, Known>({ max: KNOWN_DOCUMENTS });
  const byDocument = new WeakMap<DocumentNode, Known>();

  function remember(source: string): Known {
    const found = known.get(source);
    if (found) return found;
    const document = parse(source);
    const fresh = { document, fields: selectedFields(schema, document) };
    known.set(source, fresh);
    byDocument.set(document, fresh);
    return fresh;
  }

  return createHandler<unknown, Context, Context & Record<PropertyKey, unknown>>({
    schema,
    parse: (source) => remember(typeof source === "string" ? source : source.body).document,
    validate: (_, document) => {
      const found = byDocument.get(document);
      if (!found) return validate(schema, document);
      found.valid ??= validate(schema, document);
      return found.valid;
    },
    context: (request) => request.context as Context & Record<PropertyKey, unknown>,
    execute: async (args) => {
      const context = args.contextValue as Context; // created by `serve` for this request
      const result = await execute(args);
      await context.access.flush(byDocument.get(args.document)?.fields ?? selectedFields(schema, args.document));
      const operation = getOperationAST(args.document, args.operationName)?.operation ?? "none";
      context.executed = { operation, outcome: outcomeOf(result) };
      return withUnavailableAgencies(result, context);
    },
    formatError: (error) => maskError(error, log),
  });
}

/** "ok", or the code of the first error; an error without a shared code is masked as INTERNAL. */
function outcomeOf({ errors }: ExecutionResult): string {
  if (!errors?.[0]) return "ok";
  const { code } = errors[0].extensions;
  return typeof code === "string" ? code : "INTERNAL";
}

/** Sends errors with a shared code unchanged; logs any other error and masks it in the response. */
export function maskError(error: Readonly<GraphQLError | Error>, log: Logger): GraphQLError | Error {
  if (!(error instanceof GraphQLError)) return error;
  if (hasCode(error)) return error;
  if (isFaultOfOperation(error)) return withCode(error, withoutValue(error.message), "BAD_USER_INPUT");
  if (isUnstorableText(error.originalError)) {
    return withCode(error, "A text holds a character that no register can keep, such as U+0000", "BAD_USER_INPUT");
  }
  log.error({ err: error.originalError, path: error.path }, "fault");
  return withCode(
    error,
    "The agency failed to answer this field; the fault is logged under the request id",
    "INTERNAL",
  );
}

/** True for an error that the agency throws on purpose, which has a shared code. */
function hasCode(error: GraphQLError): boolean {
  return typeof error.extensions.code === "string";
}

/** True for an error of graphql-js itself: in the operation, or in an argument, which it coerces during the execution. */
function isFaultOfOperation({ originalError }: GraphQLError): boolean {
  // errors in the results of resolvers have no original nodes
  return !originalError || (originalError instanceof GraphQLError && originalError.nodes !== undefined);
}

/** Removes the values of invalid arguments from graphql-js's message, because they may be personal data. */
function withoutValue(message: string): string {
  return message.replace(/^(Argument "\w+") has invalid value [\s\S]*$/, "$1 has an invalid value.");
}

function withCode(error: GraphQLError, message: string, code: string): GraphQLError {
  const { nodes, source, positions, path } = error;
  return new GraphQLError(message, { nodes, source, positions, path, extensions: { code } });
}
