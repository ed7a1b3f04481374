import { GraphQLError, print } from "graphql";
import { openOperations } from "../../gateway/pipeline/operations.ts";
import type { Preparation } from "../../gateway/pipeline/parse-and-validate.ts";
import { executePrepared, planBeforeDeadline } from "../../gateway/pipeline/request.ts";
import type { RequestScope } from "../../gateway/subgraph-client/request-scope.ts";
import { fromUtf8 } from "../../gateway/utf8.ts";
import { anonymous } from "../../subgraphs/_shared/identity/caller.ts";
import { versionOf } from "../gateway/kit/planning-in-thread.ts";
import type { Federation } from "./data/federation.ts";
import { faultlessSetup, inProcessSubgraph } from "./data/in-process-subgraph.ts";
import type { System } from "./systems.ts";

/** Our executor, with subgraphs in this process. */
export async function ownSystem(federation: Federation): Promise<System> {
  const system = { setup: faultlessSetup(federation) };
  const parts = [...federation.rules.subgraphs.values()];
  const subgraphs = new Map(parts.map((part) => [part.name, inProcessSubgraph(part, () => system.setup)]));
  const operations = openOperations(versionOf(federation.sdl, { subgraphs }));

  /** Plan of an operation for these variables. */
  async function planOf(preparation: Preparation, given: Readonly<Record<string, unknown>>) {
    if (preparation.kind === "refused") return undefined;
    const { prepared } = preparation;
    const { variables } = prepared.coerce(given);
    if (!variables) return undefined;
    const compiled = await planBeforeDeadline(
      prepared,
      prepared.authorize(scope().caller, variables),
      variables,
      scope(),
    );
    return compiled instanceof GraphQLError ? undefined : compiled.plan;
  }

  return Object.assign(system, {
    name: "ours",
    depth: "paths",
    async run({ document, operationName, variables }) {
      const preparation = operations.prepare(print(document), operationName);
      const plan = await planOf(preparation, variables);
      const { data, errors } = await executePrepared(preparation, variables, scope());
      return { data: data === undefined ? "null" : fromUtf8(data), errors, plan };
    },
    close: async () => {},
  } satisfies Omit<System, "setup">);
}

function scope(): RequestScope {
  return {
    caller: anonymous("differential"),
    requestId: "differential",
    clientKey: "differential",
    deadline: performance.now() + 60_000,
    signal: undefined,
    agencies: new Map(),
  };
}
