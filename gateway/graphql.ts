import { ApolloServer, type ApolloServerPlugin, HeaderMap } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import { GraphQLError } from "graphql";
import type { Logger } from "pino";
import type { GatewayConfiguration } from "./configuration.ts";
import { isInternal, publicError } from "./errors.ts";
import { federationExecutor } from "./federation/executor.ts";
import { type GatewayContext, newJourney } from "./federation/journey.ts";
import type { GraphqlParameters } from "./http/parameters.ts";
import { agenciesJson } from "./subgraphs/agency-states.ts";
import type { RequestScope } from "./subgraphs/call.ts";
import type { Subgraphs } from "./subgraphs/subgraphs.ts";

export type GraphqlAnswer = {
  /** `refused`: nothing was executed, the document or the variables are at fault. */
  kind: "executed" | "refused";
  /** 405 where a GET asks for more than a query. */
  status: number | undefined;
  body: { data?: unknown; errors?: readonly unknown[] };
};

export type Graphql = {
  run(parameters: GraphqlParameters, method: string, scope: RequestScope): Promise<GraphqlAnswer>;
  stop(): Promise<void>;
};

/** Apollo Server over the federation, without its HTTP layer: the pipeline, its plugins and its validation. */
export async function startGraphql(
  supergraphSdl: string,
  subgraphs: Subgraphs,
  configuration: GatewayConfiguration,
  log: Logger,
): Promise<Graphql> {
  const server = new ApolloServer<GatewayContext>({
    gateway: federationExecutor(supergraphSdl, subgraphs, configuration, log),
    apollo: {},
    nodeEnv: configuration.production ? "production" : "development",
    includeStacktraceInErrorResponses: false,
    introspection: !configuration.production,
    hideSchemaDetailsFromClientErrors: configuration.production,
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
      executableOperations,
      faultLog(log),
    ],
  });
  await server.start();

  return {
    async run(parameters, method, scope) {
      const { requestId } = scope;
      const contextValue: GatewayContext = { requestId, scope, subgraphs: subgraphs.current(), journey: newJourney() };
      const http = { method, headers: new HeaderMap(), search: "", body: undefined };
      const response = await server.executeOperation({ ...parameters, http }, { contextValue });
      if (response.body.kind !== "single") throw new Error("Incremental delivery is not part of this gateway");
      const { data, errors } = response.body.singleResult;
      const agencies = agenciesJson(scope.agencies);
      const extensions = agencies
        ? { ...response.body.singleResult.extensions, agencies: JSON.parse(agencies) }
        : response.body.singleResult.extensions;
      const body = {
        ...(errors && { errors: errors.map((error) => publicError(error, requestId)) }),
        ...(data !== undefined && { data }),
        ...(extensions && { extensions }),
      };
      return { kind: data === undefined ? "refused" : "executed", status: response.http.status, body };
    },
    stop: () => server.stop(),
  };
}

/** An operation that does not exist or cannot be executed here is the client's fault, not ours. */
const executableOperations: ApolloServerPlugin<GatewayContext> = {
  requestDidStart: async () => ({
    async didResolveOperation({ operation, request }) {
      if (!operation) throw badOperation(operationMissing(request.operationName));
      if (operation.operation === "subscription") throw badOperation("Subscriptions are not served here");
    },
  }),
};

function operationMissing(name: string | undefined): string {
  return name
    ? `The document has no operation called ${name}`
    : "Name one of the document's operations (operationName)";
}

function badOperation(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: "BAD_USER_INPUT", http: { status: 400 } } });
}

/** What leaves masked is logged under the request id that the client is told; long numbers may be people's. */
function faultLog(log: Logger): ApolloServerPlugin<GatewayContext> {
  return {
    requestDidStart: async () => ({
      async didEncounterErrors({ errors, contextValue: { requestId } }) {
        for (const error of errors.filter(isInternal)) {
          const subgraph = error.extensions.serviceName;
          const fault = error.message.replaceAll(/\d{6,}/g, "#");
          const inside = subgraph === undefined ? { err: error.originalError } : { subgraph };
          log.error({ requestId, path: error.path, fault, ...inside }, "fault");
        }
      },
    }),
  };
}
