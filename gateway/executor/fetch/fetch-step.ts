import type { ResponseReceiver, Subgraph, SubgraphResponse } from "../../subgraph-client/subgraph-request.ts";
import type { Utf8 } from "../../utf8.ts";
import type { JsonObject } from "../json.ts";
import type { PlanExecution, PlanStep } from "../plan-execution.ts";
import type { SchemaTypes } from "../schema-types.ts";
import { applyFailure, applyResponse } from "./apply-response.ts";
import type { CompiledFetch, FetchTargets } from "./compiled-fetch.ts";
import type { ContextValues } from "./context-values.ts";
import { fillNulls } from "./expected-fields.ts";
import { requestWriter } from "./fetch-request.ts";
import type { WriteRepresentation } from "./representations.ts";

/** Executes a fetch, then the next step. */
export function fetchStep(fetch: CompiledFetch, types: SchemaTypes, next: PlanStep): PlanStep {
  const { node, path, represent, context } = fetch;
  if (context && represent) return contextualFetchStep(fetch, context, represent, types, next);
  const writeRequest = requestWriter(node);

  return (execution) => {
    const found = path.objects(execution.data);
    const representations = represent && representAll(fetch, found, represent, types);
    if (found.length === 0 || representations?.texts === "") return next(execution);
    const targets: FetchTargets = representations ?? ROOT_TARGETS(found);
    const subgraph = execution.subgraphs.get(node.serviceName);
    if (!subgraph) return execution.fail(new Error(`The supergraph has no subgraph ${node.serviceName}`));
    const request = writeRequest(execution.variables, representations?.texts);
    subgraph.send(request, execution.scope, new PendingFetch(execution, fetch, targets, subgraph, types, next));
  };
}

/** Executes a fetch with contextual arguments: one request for each group of objects that share their values. */
function contextualFetchStep(
  fetch: CompiledFetch,
  context: ContextValues,
  represent: WriteRepresentation,
  types: SchemaTypes,
  next: PlanStep,
): PlanStep {
  const { node } = fetch;
  const writeRequest = requestWriter(node);
  return (execution) => {
    const requests = context.groups(execution.data).flatMap(({ variables, objects }) => {
      const targets = representAll(fetch, objects, represent, types);
      return targets.texts === "" ? [] : [{ variables, targets }];
    });
    let pending = requests.length;
    if (pending === 0) return next(execution);
    const subgraph = execution.subgraphs.get(node.serviceName);
    if (!subgraph) return execution.fail(new Error(`The supergraph has no subgraph ${node.serviceName}`));
    const join: PlanStep = () => {
      pending -= 1;
      if (pending === 0) next(execution);
    };
    for (const { variables, targets } of requests) {
      const request = writeRequest({ ...execution.variables, ...variables }, targets.texts);
      subgraph.send(request, execution.scope, new PendingFetch(execution, fetch, targets, subgraph, types, join));
    }
  };
}

const ROOT_TARGETS = (objects: readonly JsonObject[]): FetchTargets => ({
  objects,
  representationIndexes: undefined,
  representationCount: 0,
});

/** A fetch whose response has not arrived. */
class PendingFetch implements ResponseReceiver {
  private readonly execution: PlanExecution;
  private readonly fetch: CompiledFetch;
  private readonly targets: FetchTargets;
  private readonly subgraph: Subgraph;
  private readonly types: SchemaTypes;
  private readonly next: PlanStep;

  constructor(
    execution: PlanExecution,
    fetch: CompiledFetch,
    targets: FetchTargets,
    subgraph: Subgraph,
    types: SchemaTypes,
    next: PlanStep,
  ) {
    this.execution = execution;
    this.fetch = fetch;
    this.targets = targets;
    this.subgraph = subgraph;
    this.types = types;
    this.next = next;
  }

  read(json: Utf8): SubgraphResponse | undefined {
    return this.fetch.read(json);
  }

  onResponse(response: SubgraphResponse): void {
    const { execution, fetch, targets, subgraph, types, next } = this;
    try {
      applyResponse(execution, fetch, targets, response, subgraph, types);
      next(execution);
    } catch (error) {
      execution.fail(error);
    }
  }

  onFailure(reason: unknown): void {
    const { execution, fetch, subgraph, next } = this;
    try {
      applyFailure(execution, fetch, subgraph, reason);
      next(execution);
    } catch (error) {
      execution.fail(error);
    }
  }
}

function representAll(
  fetch: CompiledFetch,
  found: readonly JsonObject[],
  represent: WriteRepresentation,
  types: SchemaTypes,
) {
  const [first] = found;
  if (first && found.length === 1) return representOne(fetch, first, represent, types);
  // By type where the identity suffices, since reading it is cheaper than writing the representation.
  const indexes = new Map<unknown, Map<string, number>>();
  const objects: JsonObject[] = [];
  const representationIndexes: number[] = [];
  let texts = "";
  let representationCount = 0;
  for (const object of found) {
    const identity = represent.identity(object);
    const key = identity ?? represent(object);
    if (key === null) fillNulls(fetch, object, types);
    if (key === null || key === undefined) continue;
    const group = identity === undefined ? undefined : object.__typename;
    const known = indexes.get(group) ?? new Map<string, number>();
    if (known.size === 0) indexes.set(group, known);
    let index = known.get(key);
    if (index === undefined) {
      index = representationCount++;
      known.set(key, index);
      const text = identity === undefined ? key : represent(object);
      texts += index === 0 ? text : `,${text}`;
    }
    objects.push(object);
    representationIndexes.push(index);
  }
  return { objects, representationIndexes, texts, representationCount };
}

const NO_REPRESENTATIONS = { objects: [], representationIndexes: [], texts: "", representationCount: 0 };

/** A single object is compared with no other, which saves the maps. */
function representOne(fetch: CompiledFetch, object: JsonObject, represent: WriteRepresentation, types: SchemaTypes) {
  const text = represent(object);
  if (text === null) fillNulls(fetch, object, types);
  if (text === null || text === undefined) return NO_REPRESENTATIONS;
  return { objects: [object], representationIndexes: [0], texts: text, representationCount: 1 };
}
