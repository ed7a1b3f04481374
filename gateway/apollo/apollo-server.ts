import { ApolloServer, type ApolloServerOptionsWithGateway, type ApolloServerPlugin, HeaderMap } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import { GraphQLError } from "graphql";
import type { Logger } from "pino";
import type { GatewayConfiguration } from "../configuration.ts";
import { Refusal } from "../errors.ts";
import type { GraphqlParameters } from "../http/read-parameters.ts";
import { logInternalErrors } from "../observability/internal-error-log.ts";
import { type GraphqlResponse, graphqlResponse } from "../pipeline/graphql-response.ts";
import { noIntrospection } from "../pipeline/introspection-rule.ts";
import type { AdmitCost, Execute, Operations } from "../pipeline/operations.ts";
import type { Preparation } from "../pipeline/parse-and-validate.ts";
import type { RequestScope } from "../subgraph-client/request-scope.ts";
import { fromUtf8, toUtf8 } from "../utf8.ts";
import { documentStore } from "./document-store.ts";
import type { ApolloRequest } from "./reference-executor.ts";
import type { SupergraphLoader } from "./supergraph-manager.ts";

/** What plugins see as `contextValue`. */
export type GatewayContext = {
  requestId: string;
  scope: RequestScope;
  operations: Operations;
  preparation: Preparation;
  admit: AdmitCost | undefined;
  /** In place of the usual executor: answers an event of a subscription. */
  execute: Execute | undefined;
  /** What ends a request below Apollo Server, which would make a GraphQL error of it. */
  refusal?: Refusal;
};

export type GatewayPlugin = ApolloServerPlugin<GatewayContext>;

export type ApolloServerPath = {
  run(
    operations: Operations,
    preparation: Preparation,
    parameters: GraphqlParameters,
    method: string,
    scope: RequestScope,
    admit: AdmitCost | undefined,
    execute?: Execute,
  ): Promise<GraphqlResponse>;
  stop(): Promise<void>;
};

/** How an operation is executed in the pipeline, given what Apollo Server knows of its request. */
export type ExecuteFor = (request: ApolloRequest) => Execute;

/**
 * Apollo Server without its HTTP layer: its pipeline and its plugins, over operations that the gateway has prepared.
 * Loads the supergraph as it starts.
 */
export async function startApolloServer(
  loader: SupergraphLoader,
  executeFor: ExecuteFor,
  plugins: readonly GatewayPlugin[],
  { production, limits }: Pick<GatewayConfiguration, "production" | "limits">,
  log: Logger,
): Promise<ApolloServerPath> {
  const documents = documentStore();
  const server = new ApolloServer<GatewayContext>({
    gateway: gatewayInterface(loader, executeFor),
    apollo: {},
    nodeEnv: production ? "production" : "development",
    includeStacktraceInErrorResponses: false,
    introspection: true, // by our own rule
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
      faultLog(log),
      ...plugins,
    ],
  });
  await server.start();

  return {
    async run(operations, preparation, parameters, method, scope, admit, execute) {
      const { requestId } = scope;
      const contextValue: GatewayContext = { requestId, scope, operations, preparation, admit, execute };
      const http = { method, headers: new HeaderMap(), search: "", body: undefined };
      const response = await server.executeOperation({ ...parameters, http }, { contextValue });
      if (contextValue.refusal) throw contextValue.refusal;
      if (response.body.kind !== "single") throw new Error("Incremental delivery is not part of this gateway");
      const { data, errors, extensions } = response.body.singleResult;
      const text = data === undefined ? undefined : toUtf8(JSON.stringify(data));
      return graphqlResponse(text, errors, scope, response.http.status, extensions);
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
          const context = request.context as GatewayContext; // given by `run` above
          const { operations, preparation, scope, admit, execute = executeFor(request) } = context;
          const given = request.request.variables;
          const result = operations.execute(preparation, given, scope, execute, admit);
          const { data, errors } = await result.catch((error: unknown) => {
            if (error instanceof Refusal) context.refusal = error;
            throw error;
          });
          return {
            ...(data !== undefined && { data: JSON.parse(fromUtf8(data)) }),
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

function faultLog(log: Logger): GatewayPlugin {
  return {
    requestDidStart: async () => ({
      didEncounterErrors: async ({ errors, contextValue }) => logInternalErrors(errors, contextValue.requestId, log),
    }),
  };
}
