import { ApolloGateway, type SupergraphSdlUpdateFunction } from "@apollo/gateway";
import { type GraphQLSchema, parse } from "graphql";
import type { Logger } from "pino";
import { restoreDefaultValues } from "../executor/default-values.ts";
import { withoutAuthDirectives } from "../supergraph/security-directives.ts";
import { subgraphDataSource } from "./data-source.ts";
import type { FetchContext } from "./fetch-log.ts";

/** Loads supergraphs into @apollo/gateway. */
export type SupergraphLoader = {
  gateway: ApolloGateway;
  /** API schema of the current version. */
  schema(): GraphQLSchema;
  /** Loads another version. @throws Error when it is not valid; the current one stays. */
  update(supergraphSdl: string): void;
};

export function supergraphLoader(supergraphSdl: string, log: Logger): SupergraphLoader {
  // Otherwise the library reports this machine to its vendor and queries cloud metadata services. It reads no option for this.
  process.env.APOLLO_TELEMETRY_DISABLED = "true";
  let update: SupergraphSdlUpdateFunction | undefined;
  let schema: GraphQLSchema | undefined;
  const gateway = new ApolloGateway({
    supergraphSdl: async (options) => {
      update = options.update;
      return { supergraphSdl: withoutAuthDirectives(supergraphSdl) };
    },
    buildService: ({ name }) => subgraphDataSource(name),
    experimental_didResolveQueryPlan: ({ queryPlan, requestContext }) => {
      const { fetchLog } = requestContext.context as FetchContext; // set by the reference executor
      fetchLog.plan = queryPlan;
    },
    __exposeQueryPlanExperimental: false,
    logger: {
      debug: log.debug.bind(log),
      info: log.debug.bind(log),
      warn: log.warn.bind(log),
      error: log.error.bind(log),
    },
  });
  // Before Apollo Server, which prints the schema.
  gateway.onSchemaLoadOrUpdate(({ apiSchema, coreSupergraphSdl }) => {
    schema = restoreDefaultValues(apiSchema, parse(coreSupergraphSdl, { noLocation: true }));
  });
  return {
    gateway,
    schema() {
      if (!schema) throw new Error("No supergraph is loaded yet");
      return schema;
    },
    update(next) {
      if (!update) throw new Error("The first supergraph is not loaded yet");
      update(withoutAuthDirectives(next));
    },
  };
}
