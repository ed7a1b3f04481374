import type { QueryPlan } from "@apollo/query-planner";
import { print } from "graphql";
import type { CompiledOperation } from "../../gateway/executor/compiled-operation.ts";
import { openOperations } from "../../gateway/pipeline/operations.ts";
import type { Preparation } from "../../gateway/pipeline/parse-and-validate.ts";
import { executePrepared } from "../../gateway/pipeline/request.ts";
import { openPlanner, openVersion } from "../../gateway/pipeline/supergraph-version.ts";
import type { RequestScope } from "../../gateway/subgraph-client/request-scope.ts";
import { fromUtf8 } from "../../gateway/utf8.ts";
import { anonymous } from "../../subgraphs/_shared/identity/caller.ts";
import type { Federation } from "./data/federation.ts";
import { emptyStage, inProcess } from "./data/in-process.ts";
import type { System } from "./systems.ts";

/** Our executor, with subgraphs in this process. */
export async function ownSystem(federation: Federation): Promise<System> {
  const plans = new WeakMap<CompiledOperation, QueryPlan>();
  let planned: QueryPlan | undefined;
  const system = { stage: emptyStage(federation) };
  const parts = [...federation.rules.parts.values()];
  const subgraphs = new Map(parts.map((part) => [part.name, inProcess(part, () => system.stage)]));
  const version = openVersion(openPlanner(federation.sdl), { subgraphs });
  const operations = openOperations({
    ...version,
    plan(document) {
      planned = version.plan(document);
      return planned;
    },
  });

  /** The plan that is followed for these variables. */
  function planOf(preparation: Preparation, given: Readonly<Record<string, unknown>>): QueryPlan | undefined {
    if (preparation.kind === "refused") return undefined;
    const { prepared } = preparation;
    const { variables } = prepared.coerce(given);
    if (!variables) return undefined;
    const decision = prepared.authorize(scope().caller);
    const known = prepared.compiled(decision, variables);
    if (known) return plans.get(known);
    planned = undefined;
    const compiled = prepared.compile(decision, variables);
    if (planned) plans.set(compiled, planned);
    return planned;
  }

  return Object.assign(system, {
    name: "ours",
    compared: "paths",
    async run({ document, operationName, variables }) {
      const preparation = operations.prepare(print(document), operationName);
      const plan = planOf(preparation, variables);
      const { data, errors } = await executePrepared(preparation, variables, scope());
      return { data: data === undefined ? "null" : fromUtf8(data), errors, plan };
    },
    close: async () => {},
  } satisfies Omit<System, "stage">);
}

function scope(): RequestScope {
  return {
    caller: anonymous("differential"),
    requestId: "differential",
    deadline: performance.now() + 60_000,
    signal: undefined,
    agencies: new Map(),
  };
}
