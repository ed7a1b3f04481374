import type { ApolloGateway } from "@apollo/gateway";
import { type DocumentNode, GraphQLError, type GraphQLSchema, Kind, type OperationDefinitionNode } from "graphql";
import type { ExecutionResult, Variables } from "../executor/compiled-operation.ts";
import type { Denials } from "../executor/denials.ts";
import type { ClientOperation } from "../executor/normalize/client-operation.ts";
import { completion } from "../executor/response/completion.ts";
import { literalDepth } from "../pipeline/limits/nesting.ts";
import type { PreparedOperation } from "../pipeline/prepared-operation.ts";
import { badOperation } from "../pipeline/request-errors.ts";
import type { RequestScope } from "../subgraph-client/request-scope.ts";
import { toUtf8 } from "../utf8.ts";
import { restoreTypenames, withTypenames } from "./added-typenames.ts";
import { type FetchContext, type FetchLog, newFetchLog } from "./fetch-log.ts";
import { missingDataErrors } from "./missing-data.ts";

/** Apollo Server's view of a request at its execution. */
export type ApolloRequest = Parameters<ApolloGateway["executor"]>[0];
type ApolloResult = Awaited<ReturnType<ApolloGateway["executor"]>>;

/** The time of its planner doubles with each list in a list of a literal. The own executor sends such literals as variables. */
const DEEPEST_LITERAL = 12;
const TOO_DEEP = `The reference executor (GATEWAY_EXECUTOR=apollo) reads at most ${DEEPEST_LITERAL} levels of lists and objects in a literal; send a variable`;

/**
 * @apollo/gateway as the reference executor: it plans and fetches the authorized operation. Errors of missing data, denials and
 * the text of the response are the gateway's own, so that both executors report an unavailable agency alike.
 */
export function referenceExecutor(apollo: ApolloGateway) {
  const typed = new WeakMap<DocumentNode, DocumentNode>();
  const deep = new WeakMap<OperationDefinitionNode, boolean>();

  function typedDocument(schema: GraphQLSchema, document: DocumentNode, denials: Denials): DocumentNode {
    const found = typed.get(document) ?? withTypenames(schema, document, denials);
    typed.set(document, found);
    return found;
  }

  function tooDeep({ operation, fragments }: ClientOperation): boolean {
    const known = deep.get(operation);
    if (known !== undefined) return known;
    const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [operation, ...fragments.values()] };
    const found = literalDepth(document) > DEEPEST_LITERAL;
    deep.set(operation, found);
    return found;
  }

  return async (
    request: ApolloRequest,
    { version, clientOperation, authorize: decide }: PreparedOperation,
    variables: Variables,
    scope: RequestScope,
  ): Promise<ExecutionResult> => {
    if (tooDeep(clientOperation)) return { data: toUtf8("null"), errors: [badOperation(TOO_DEEP)] };
    const { key, denials, authorizedDocument } = decide(scope.caller, variables);
    const context: FetchContext = { scope, subgraphs: version.subgraphs, fetchLog: newFetchLog() };
    const result = await apollo.executor({
      ...request,
      context,
      document: typedDocument(version.schema, authorizedDocument(), denials),
      queryHash: `${request.queryHash} ${key}`, // @apollo/gateway caches its plans by this hash
    });
    const errors = [
      ...errorsOf(result, context.fetchLog),
      ...missingFieldErrors(result, context.fetchLog, version.schema),
    ];
    if (!result.data) return { data: toUtf8("null"), errors };
    restoreTypenames(result.data);
    const completed = completion(version.schema, clientOperation, denials, result.data, variables);
    return { data: completed.data, errors: [...errors, ...completed.errors] };
  };
}

/** Its errors without those of unreachable agencies, which one error for each missing value replaces. */
function errorsOf({ errors = [], extensions }: ApolloResult, { thrown }: FetchLog) {
  const others = errors.filter((error) => !thrown.has(error)).map(plain);
  return [...others, ...completionErrors(extensions?.valueCompletion).map(plain)];
}

function missingFieldErrors({ data, errors = [] }: ApolloResult, fetchLog: FetchLog, schema: GraphQLSchema) {
  const isWhole = !errors.some((error) => fetchLog.thrown.has(error));
  return isWhole ? [] : missingDataErrors(fetchLog, data ?? null, schema).map(plain);
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
