import type { Subgraph, SubgraphAnswer, SubgraphCall } from "../../../gateway/subgraph-client/subgraph-request.ts";

/** How a subgraph of a test is asked whose answers take their time. */
export function asking(answer: (call: SubgraphCall) => Promise<SubgraphAnswer>): Subgraph["ask"] {
  return (call, _, to) => void answer(call).then(to.answered.bind(to), to.failed.bind(to));
}
