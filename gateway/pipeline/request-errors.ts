import { GraphQLError, type GraphQLErrorOptions } from "graphql";

/** What a client's document or variables may be refused for, before anything is executed. */
export function badOperation(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: "BAD_USER_INPUT", http: { status: 400 } } });
}

export function operationMissing(name: string | undefined): GraphQLError {
  return badOperation(
    name ? `The document has no operation called ${name}` : "Name one of the document's operations (operationName)",
  );
}

export function subscriptionNeedsStream(): GraphQLError {
  return badOperation("Subscriptions are not served in one answer: ask for text/event-stream (the header Accept)");
}

export function subscriptionNeedsDirectExecutor(): GraphQLError {
  return badOperation("Subscriptions are not served by the reference executor (GATEWAY_EXECUTOR=apollo)");
}

/** A GET may be sent by any page, so that it may not change anything. */
export function onlyQueriesByGet(operation: string): GraphQLError {
  const message = `GET requests only support query operations, not ${operation} operations`;
  return new GraphQLError(message, { extensions: { code: "BAD_REQUEST", http: { status: 405 } } });
}

/** An error of graphql-js with the code that a client is told; one that has a code keeps it. */
export function withErrorCode(error: GraphQLError, code: string): GraphQLError {
  if (error.extensions.code !== undefined) return error;
  const { message, nodes, source, positions, path, extensions } = error;
  const options: GraphQLErrorOptions = { nodes: nodes ?? null, source: source ?? null, positions: positions ?? null };
  return new GraphQLError(message, { ...options, path: path ?? null, extensions: { ...extensions, code } });
}
