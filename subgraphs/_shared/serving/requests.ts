import { type DocumentNode, execute, GraphQLError, type GraphQLSchema, parse, validate } from "graphql";
import { createHandler, type Handler } from "graphql-http";
import type { Logger } from "pino";
import { selectedFields } from "../access-log/fields.ts";
import type { Context } from "./context.ts";
import { isUnstorableText } from "./database.ts";

const KNOWN_DOCUMENTS = 1_000;
type Known = { document: DocumentNode; fields: string[]; valid?: readonly GraphQLError[] };

/**
 * GraphQL over HTTP for one agency. Documents come from the gateway and repeat, so parsing and validation are remembered.
 * What was read is recorded before the answer leaves; if that fails, there is no answer.
 */
export function graphqlRequests(schema: GraphQLSchema, log: Logger): Handler<unknown, Context> {
  const known = new Map<string, Known>();
  const byDocument = new WeakMap<DocumentNode, Known>();

  function remember(source: string): Known {
    const found = known.get(source);
    if (found) return found;
    const document = parse(source);
    const fresh = { document, fields: selectedFields(schema, document) };
    if (known.size >= KNOWN_DOCUMENTS) known.delete(known.keys().next().value ?? "");
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
      const context = args.contextValue as Context; // made by `serve` for this request
      const result = await execute(args);
      await context.access.flush(byDocument.get(args.document)?.fields ?? selectedFields(schema, args.document));
      return result;
    },
    formatError: (error) => maskError(error, log),
  });
}

/** Errors with a code of ours are sent as they are; a fault of the program is logged, and its response tells no details. */
export function maskError(error: Readonly<GraphQLError | Error>, log: Logger): GraphQLError | Error {
  if (!(error instanceof GraphQLError)) return error;
  if (hasCode(error)) return error;
  if (isFaultOfOperation(error)) return withCode(error, error.message, "BAD_USER_INPUT");
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

/** Errors that the agency throws on purpose carry a code. */
function hasCode(error: GraphQLError): boolean {
  return typeof error.extensions.code === "string";
}

/** An error of graphql-js itself: in the operation, or in an argument's value, which it finds only while it executes. */
function isFaultOfOperation({ originalError }: GraphQLError): boolean {
  return !originalError || (originalError instanceof GraphQLError && !originalError.originalError);
}

function withCode(error: GraphQLError, message: string, code: string): GraphQLError {
  const { nodes, source, positions, path } = error;
  return new GraphQLError(message, { nodes, source, positions, path, extensions: { code } });
}
