import { ApolloGateway, type GraphQLDataSource } from "@apollo/gateway";
import type { QueryPlan } from "@apollo/query-planner";
import { print } from "graphql";
import { withPlainData } from "../../gateway/subgraph-client/parse-response.ts";
import type { RequestScope } from "../../gateway/subgraph-client/request-scope.ts";
import { sendAndAwait } from "../../gateway/subgraph-client/subgraph-request.ts";
import { toUtf8 } from "../../gateway/utf8.ts";
import type { Federation } from "./data/federation.ts";
import { faultlessSetup, inProcessSubgraph, type SubgraphSetup } from "./data/in-process-subgraph.ts";
import type { System, SystemResponse } from "./systems.ts";

/** Unmodified @apollo/gateway, with subgraphs in this process. */
export async function apolloSystem(federation: Federation): Promise<System> {
  process.env.APOLLO_TELEMETRY_DISABLED = "true";
  let plan: QueryPlan | undefined;
  const system = { setup: faultlessSetup(federation) };
  const gateway = new ApolloGateway({
    supergraphSdl: federation.sdl,
    buildService: ({ name }) => source(federation, name, () => system.setup),
    experimental_didResolveQueryPlan: ({ queryPlan }) => {
      plan = queryPlan;
    },
    logger: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
  });
  const { schema } = await gateway.load({ apollo: { graphRef: undefined } as never }); // the gateway does not read it
  return Object.assign(system, {
    name: "apollo",
    depth: "data",
    async run({ document, operationName, variables }) {
      plan = undefined;
      const request = { query: print(document), operationName, variables };
      const context = {
        request,
        document,
        schema,
        queryHash: request.query,
        source: request.query,
        operationName,
        context: {},
        metrics: {},
        overallCachePolicy: {},
        logger: undefined,
        cache: undefined,
      };
      const result = await gateway.executor(context as never); // what the executor reads of Apollo Server's context
      const { valueCompletion } = result.extensions ?? {};
      const errors = [...(result.errors ?? []), ...(Array.isArray(valueCompletion) ? valueCompletion : [])];
      const answered: SystemResponse = { data: JSON.stringify(result.data ?? null), errors, plan };
      return answered;
    },
    close: () => gateway.stop(),
  } satisfies Omit<System, "setup">);
}

function source(federation: Federation, name: string, setup: () => SubgraphSetup): GraphQLDataSource {
  const part = federation.rules.subgraphs.get(name);
  if (!part) throw new Error(`there is no subgraph ${name}`);
  const subgraph = inProcessSubgraph(part, setup);
  return {
    async process({ request: { query = "", variables = {}, operationName } }) {
      const kind = query.startsWith("mutation") ? "mutation" : "query";
      const call = { kind, query, operationName, variables: toUtf8(JSON.stringify(variables)) } as const;
      return withPlainData(await sendAndAwait(subgraph, call, {} as RequestScope)) as never; // no subgraph of this test looks at the scope
    },
  };
}
