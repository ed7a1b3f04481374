import { GraphQLError } from "graphql";

/** Directives of incremental delivery, with what a client can do instead. */
const REMEDIES: Readonly<Record<string, string>> = {
  defer: "leave @defer out, or send the deferred part as an operation of its own",
  stream: "leave @stream out, or ask for the list in parts by the arguments of its field",
};

/** Error of validation, which says what to do in place of @defer and @stream where the graph has no such directive. */
export function withIncrementalRemedy(error: GraphQLError): GraphQLError {
  const remedy = incrementalRemedy(error);
  if (remedy === undefined) return error;
  const message = `Incremental delivery is not served, each response is sent as a whole: ${remedy}`;
  return new GraphQLError(message, { nodes: error.nodes ?? null });
}

export function asksForIncrementalDelivery(errors: readonly GraphQLError[]): boolean {
  return errors.some((error) => incrementalRemedy(error) !== undefined);
}

function incrementalRemedy({ message }: GraphQLError): string | undefined {
  const [, name = ""] = /^Unknown directive "@(\w+)"\.$/.exec(message) ?? [];
  return Object.hasOwn(REMEDIES, name) ? REMEDIES[name] : undefined;
}
