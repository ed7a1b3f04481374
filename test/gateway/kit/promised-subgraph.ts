import type { Subgraph, SubgraphRequest, SubgraphResponse } from "../../../gateway/subgraph-client/subgraph-request.ts";

/** Makes `Subgraph.send` of a test from a function that answers with a promise. */
export function sendingBy(respond: (request: SubgraphRequest) => Promise<SubgraphResponse>): Subgraph["send"] {
  return (request, _, receiver) =>
    void respond(request).then(receiver.onResponse.bind(receiver), receiver.onFailure.bind(receiver));
}
