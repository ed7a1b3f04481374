import type { ApolloGateway } from "@apollo/gateway";
import { type DocumentNode, GraphQLError, type GraphQLSchema } from "graphql";
import type { ExecutionResult, Variables } from "../executor/compiled-operation.ts";
import { completion } from "../executor/response/completion.ts";
import type { PreparedOperation } from "../pipeline/prepared-operation.ts";
import type { RequestScope } from "../subgraph-client/request-scope.ts";
import { toUtf8 } from "../utf8.ts";
import { restoreTypenames, withTypenames } from "./added-typenames.ts";
import { type FetchContext, type FetchLog, newFetchLog } from "./fetch-log.ts";
import { missingDataErrors } from "./missing-data.ts";

/** Apollo Server's view of a request at its execution. */
export type ApolloRequest = Parameters<ApolloGateway["executor"]>[0];
type ApolloResult = Awaited<ReturnType<ApolloGateway["executor"]>>;

/**
 * @apollo/gateway as the reference executor: it plans and fetches the authorised operation. Errors of missing data, denials and
 * the text of the response are the gateway's own, so that both executors report an unavailable agency alike.
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
    { version, clientOperation: shown, authorize: decide }: PreparedOperation,
    variables: Variables,
    scope: RequestScope,
  ): Promise<ExecutionResult> => {
    const { key, denials, authorizedDocument: narrowed } = decide(scope.caller);
    const context: FetchContext = { scope, subgraphs: version.subgraphs, fetchLog: newFetchLog() };
    const result = await apollo.executor({
      ...request,
      context,
      document: typedDocument(version.schema, narrowed()),
      queryHash: `${request.queryHash} ${key}`, // @apollo/gateway caches its plans by this hash
    });
    const errors = [...errorsOf(result, context.fetchLog), ...holesOf(result, context.fetchLog, version.schema)];
    if (!result.data) return { data: toUtf8("null"), errors };
    restoreTypenames(result.data);
    const completed = completion(version.schema, shown, denials, result.data, variables);
    return { data: completed.data, errors: [...errors, ...completed.errors] };
  };
}

/** Its errors without those of unreachable agencies, which one error for each missing value replaces. */
function errorsOf({ errors = [], extensions }: ApolloResult, { thrown }: FetchLog) {
  const others = errors.filter((error) => !thrown.has(error)).map(plain);
  return [...others, ...completionErrors(extensions?.valueCompletion).map(plain)];
}

function holesOf({ data, errors = [] }: ApolloResult, journey: FetchLog, schema: GraphQLSchema) {
  const isWhole = !errors.some((error) => journey.thrown.has(error));
  return isWhole ? [] : missingDataErrors(journey, data ?? null, schema).map(plain);
}

/** Subgraph data that violate the schema are an INTERNAL error, not an extension of the response. */
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
