import type { GraphQLDataSource } from "@apollo/gateway";
import { GraphQLError } from "graphql";
import { withPlainData } from "../subgraph-client/parse-response.ts";
import { SubgraphFailure } from "../subgraph-client/subgraph-failure.ts";
import { sendAndAwait } from "../subgraph-client/subgraph-request.ts";
import { toUtf8 } from "../utf8.ts";
import { type FetchContext, fetchKey } from "./fetch-log.ts";

/**
 * Data source of a subgraph for @apollo/gateway: the subgraph of the version on which the request started. A failure is recorded
 * in the request's fetch log and thrown as UNAVAILABLE with the agency.
 */
export function subgraphDataSource(name: string): GraphQLDataSource<FetchContext> {
  return {
    async process(incoming) {
      if (!("incomingRequestContext" in incoming)) throw new Error(`${name} is asked on behalf of clients only`);
      const { fetchLog, scope, subgraphs } = incoming.incomingRequestContext.context;
      const { query = "", variables, operationName } = incoming.request;
      const subgraph = subgraphs.get(name);
      if (!subgraph) throw new Error(`The supergraph has no subgraph ${name} any more`);
      const key = fetchKey(name, query, incoming.pathInIncomingRequest ?? []);
      const kind = isMutation(query) ? "mutation" : "query";
      try {
        const call = { kind, query, operationName, variables: toUtf8(JSON.stringify(variables ?? {})) } as const;
        const answer = withPlainData(await sendAndAwait(subgraph, call, scope));
        fetchLog.fetches.set(key, "answered");
        return answer as Awaited<ReturnType<GraphQLDataSource["process"]>>; // checked against the schema later
      } catch (error) {
        if (!(error instanceof SubgraphFailure)) throw error;
        const { agency } = subgraph;
        fetchLog.fetches.set(key, { agency, reason: error.message });
        const thrown = new GraphQLError(error.message, { extensions: { code: "UNAVAILABLE", agency } });
        fetchLog.thrown.add(thrown);
        throw thrown;
      }
    },
  };
}

function isMutation(operation: string): boolean {
  return /^\s*mutation\b/.test(operation);
}
