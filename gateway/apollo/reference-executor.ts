import type { ApolloGateway } from "@apollo/gateway";
import { type DocumentNode, GraphQLError, type GraphQLSchema } from "graphql";
import type { ExecutionResult, Variables } from "../executor/compiled-operation.ts";
import { completion } from "../executor/response/completion.ts";
import type { Prepared } from "../pipeline/prepared-operation.ts";
import type { RequestScope } from "../subgraph-client/subgraph-request.ts";
import { toUtf8 } from "../utf8.ts";
import { namedTypes, withTypenames } from "./added-typenames.ts";
import { type Journey, type JourneyContext, newJourney } from "./fetch-log.ts";
import { holes } from "./missing-data.ts";

/** What Apollo Server knows of a request when it is executed. */
export type ApolloRequest = Parameters<ApolloGateway["executor"]>[0];
type ApolloResult = Awaited<ReturnType<ApolloGateway["executor"]>>;

/**
 * @apollo/gateway as the reference executor: it plans and fetches what the caller may read; partial truth, denials and the text
 * of the answer are ours, so that both executors say the same of an agency that is down.
 */
export function referenceExecutor(apollo: ApolloGateway) {
  const typed = new WeakMap<DocumentNode, DocumentNode>();

  function typedDocument(schema: GraphQLSchema, document: DocumentNode): DocumentNode {
    const found = typed.get(document) ?? withTypenames(schema, document);
    typed.set(document, found);
    return found;
  }

  return async (
    request: ApolloRequest,
    { version, shown, decide }: Prepared,
    variables: Variables,
    scope: RequestScope,
  ): Promise<ExecutionResult> => {
    const { key, denials, narrowed } = decide(scope.caller);
    const context: JourneyContext = { scope, subgraphs: version.subgraphs, journey: newJourney() };
    const result = await apollo.executor({
      ...request,
      context,
      document: typedDocument(version.schema, narrowed()),
      queryHash: `${request.queryHash} ${key}`, // its plans are kept by it
    });
    const errors = [...errorsOf(result, context.journey), ...holesOf(result, context.journey, version.schema)];
    if (!result.data) return { data: toUtf8("null"), errors };
    namedTypes(result.data);
    const completed = completion(version.schema, shown, denials, result.data, variables);
    return { data: completed.data, errors: [...errors, ...completed.errors] };
  };
}

/** What it says, but for what it was told of unreachable agencies: of that, there is one error for each hole. */
function errorsOf({ errors = [], extensions }: ApolloResult, { thrown }: Journey) {
  const others = errors.filter((error) => !thrown.has(error)).map(plain);
  return [...others, ...completionErrors(extensions?.valueCompletion).map(plain)];
}

function holesOf({ data, errors = [] }: ApolloResult, journey: Journey, schema: GraphQLSchema) {
  const isWhole = !errors.some((error) => journey.thrown.has(error));
  return isWhole ? [] : holes(journey, data ?? null, schema).map(plain);
}

/** A subgraph's data that break the schema are an error of the system, not a note beside the answer. */
function completionErrors(found: unknown): GraphQLError[] {
  const faults = Array.isArray(found) ? found.filter((each) => each instanceof GraphQLError) : [];
  return faults.map(({ message, path }) => {
    const fault = `A subgraph's answer breaks the schema: ${message}`;
    return new GraphQLError(fault, { path, extensions: { code: "INTERNAL" } });
  });
}

function plain({ message, path, extensions }: GraphQLError) {
  return { message, ...(path && { path }), extensions };
}
