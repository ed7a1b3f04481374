import { ApolloServer, type ApolloServerOptionsWithGateway, type ApolloServerPlugin, HeaderMap } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import { GraphQLError } from "graphql";
import type { Logger } from "pino";
import { Refusal } from "../errors.ts";
import { parseExactly, stringifyExactly } from "../json-numbers.ts";
import { logInternalErrors } from "../observability/internal-error-log.ts";
import type { PassedErrors } from "../passed-errors.ts";
import type { ExecutionPath } from "../pipeline/execution-path.ts";
import { graphqlResponse } from "../pipeline/graphql-response.ts";
import { noIntrospection } from "../pipeline/introspection-rule.ts";
import type { Preparation } from "../pipeline/parse-and-validate.ts";
import type { PipelineConfiguration } from "../pipeline/pipeline-configuration.ts";
import { type AdmitCost, type Execute, executePrepared } from "../pipeline/request.ts";
import type { RequestScope } from "../subgraph-client/request-scope.ts";
import { fromUtf8, toUtf8 } from "../utf8.ts";
import { documentStore } from "./document-store.ts";
import type { ApolloRequest } from "./reference-executor.ts";
import type { SupergraphLoader } from "./supergraph-manager.ts";

/** `contextValue` of plugins. */
export type GatewayContext = {
  requestId: string;
  scope: RequestScope;
  preparation: Preparation;
  admitCost: AdmitCost | undefined;
  /** Replaces the usual executor for the event of a subscription. */
  execute: Execute | undefined;
  /** Refusal raised during execution; Apollo Server would turn it into a GraphQL error. */
  refusal?: Refusal;
};

export type GatewayPlugin = ApolloServerPlugin<GatewayContext>;

/** Executor of an operation, given Apollo Server's view of its request. */
export type ExecuteFor = (request: ApolloRequest) => Execute;

/**
 * Apollo Server without its HTTP layer: its request pipeline and its plugins, over operations that the gateway has prepared.
 * Loads the supergraph when it starts.
 */
export async function startApolloServer(
  loader: SupergraphLoader,
  executeFor: ExecuteFor,
  plugins: readonly GatewayPlugin[],
  { production, limits, passedErrors }: Pick<PipelineConfiguration, "production" | "limits" | "passedErrors">,
  log: Logger,
): Promise<Pick<ExecutionPath, "respond" | "stop">> {
  const documents = documentStore();
  const server = new ApolloServer<GatewayContext>({
    gateway: gatewayInterface(loader, executeFor),
    apollo: {},
    nodeEnv: production ? "production" : "development",
    includeStacktraceInErrorResponses: false,
    introspection: true, // the validation rule below decides
    validationRules: production ? [noIntrospection] : [],
    hideSchemaDetailsFromClientErrors: production,
    parseOptions: { maxTokens: limits.document.tokens },
    documentStore: documents.store,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    logger: {
      debug: log.debug.bind(log),
      info: log.debug.bind(log),
      warn: log.warn.bind(log),
      error: log.error.bind(log),
    },
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      documents.plugin,
      internalErrorLog(log, passedErrors),
      ...plugins,
    ],
  });
  await server.start();

  return {
    async respond({ preparation, parameters, method, scope, admitCost, execute }) {
      const { requestId } = scope;
      const contextValue: GatewayContext = { requestId, scope, preparation, admitCost, execute };
      const http = { method, headers: new HeaderMap(), search: "", body: undefined };
      const response = await server.executeOperation({ ...parameters, http }, { contextValue });
      if (contextValue.refusal) throw contextValue.refusal;
      if (response.body.kind !== "single") throw new Error("This gateway does not support incremental delivery");
      const { data, errors, extensions } = response.body.singleResult;
      const text = data === undefined ? undefined : toUtf8(stringifyExactly(data) ?? "null");
      return graphqlResponse(text, errors, scope, { passedErrors, status: response.http.status, extensions });
    },
    stop: () => server.stop(),
  };
}

type GatewayInterface = ApolloServerOptionsWithGateway<GatewayContext>["gateway"];

function gatewayInterface({ gateway }: SupergraphLoader, executeFor: ExecuteFor): GatewayInterface {
  return {
    async load(options) {
      await gateway.load(options);
      return {
        async executor(request) {
          const context = request.context as GatewayContext; // set by `respond` above
          const { preparation, scope, admitCost, execute = executeFor(request) } = context;
          const { variables } = request.request;
          const executed = async () => executePrepared(preparation, variables, scope, execute, admitCost);
          const { data, errors } = await executed().catch((error: unknown) => {
            if (error instanceof Refusal) context.refusal = error;
            throw error;
          });
          return {
            ...(data !== undefined && { data: parseExactly(fromUtf8(data)) as Record<string, unknown> }),
            ...(errors.length > 0 && { errors: errors.map(graphqlError) }),
          };
        },
      };
    },
    onSchemaLoadOrUpdate: (callback) => gateway.onSchemaLoadOrUpdate(callback),
    stop: () => gateway.stop(),
  };
}

function graphqlError(error: { message: string; path?: readonly (string | number)[]; extensions: object }) {
  if (error instanceof GraphQLError) return error;
  return new GraphQLError(error.message, { path: error.path ?? null, extensions: { ...error.extensions } });
}

function internalErrorLog(log: Logger, passed: PassedErrors): GatewayPlugin {
  return {
    requestDidStart: async () => ({
      didEncounterErrors: async ({ errors, contextValue }) =>
        logInternalErrors(errors, contextValue.requestId, log, passed),
    }),
  };
}
