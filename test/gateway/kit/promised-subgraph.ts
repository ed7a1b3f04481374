import type { Subgraph, SubgraphRequest, SubgraphResponse } from "../../../gateway/subgraph-client/subgraph-request.ts";

/** Makes `Subgraph.send` of a test from a function that answers with a promise. The receiver reads what it can, as in service. */
export function sendingBy(respond: (request: SubgraphRequest) => Promise<SubgraphResponse>): Subgraph["send"] {
  return (request, _, receiver) =>
    void respond(request).then(
      (response) => receiver.onResponse((response.json && receiver.read?.(response.json)) ?? response),
      receiver.onFailure.bind(receiver),
    );
}
