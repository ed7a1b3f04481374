import { GraphQLError, type GraphQLErrorOptions } from "graphql";

/** Error of a client's document or variables, found before execution. */
export function badOperation(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: "BAD_USER_INPUT", http: { status: 400 } } });
}

/** Only a name of usual form is repeated: any other may be a personal text. */
export function operationMissing(name: string | undefined): GraphQLError {
  if (!name) return badOperation("Name one of the document's operations (operationName)");
  const called = /^[_A-Za-z]\w{0,79}$/.test(name) && !/\d{6}/.test(name) ? `called ${name}` : "of the given name";
  return badOperation(`The document has no operation ${called}`);
}

/** @param kind of operation for which the graph has no root type */
export function kindMissing(kind: string): GraphQLError {
  return badOperation(`This graph has no ${kind} operations; send one of those that its schema lists`);
}

export function subscriptionNeedsStream(): GraphQLError {
  return badOperation("Subscriptions are not served in one answer: ask for text/event-stream (the header Accept)");
}

export function subscriptionNeedsDirectExecutor(): GraphQLError {
  return badOperation("Subscriptions are not served by the reference executor (GATEWAY_EXECUTOR=apollo)");
}

/** Any web page can send a GET, so a GET must not change anything. */
export function onlyQueriesByGet(operation: string): GraphQLError {
  const message = `GET requests only support query operations, not ${operation} operations`;
  return new GraphQLError(message, { extensions: { code: "BAD_REQUEST", http: { status: 405 } } });
}

/** Error of graphql-js with a code for clients; an existing code is kept. */
export function withErrorCode(error: GraphQLError, code: string): GraphQLError {
  if (error.extensions.code !== undefined) return error;
  const { message, nodes, source, positions, path, extensions } = error;
  const options: GraphQLErrorOptions = { nodes: nodes ?? null, source: source ?? null, positions: positions ?? null };
  return new GraphQLError(message, { ...options, path: path ?? null, extensions: { ...extensions, code } });
}
