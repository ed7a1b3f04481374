import type { FetchNode } from "@apollo/query-planner";
import type {
  ResponseReceiver,
  Subgraph,
  SubgraphRequest,
  SubgraphResponse,
} from "../../subgraph-client/subgraph-request.ts";
import { compactUtf8, toUtf8, type Utf8 } from "../../utf8.ts";
import type { Variables } from "../compiled-operation.ts";
import { type JsonObject, toJson } from "../json.ts";
import type { PlanExecution, PlanStep } from "../plan-execution.ts";
import type { SchemaTypes } from "../schema-types.ts";
import { applyFailure, applyResponse } from "./apply-response.ts";
import { fillNulls } from "./expected-fields.ts";
import { type PlanPath, planPath } from "./plan-path.ts";
import { representationWriter, type WriteRepresentation } from "./representations.ts";
import { type Rewrite, rewriter } from "./rewrites.ts";

/** A fetch of a plan, compiled. */
export type CompiledFetch = {
  node: FetchNode;
  path: PlanPath;
  /** Undefined where it asks no entities but root fields. */
  represent: WriteRepresentation | undefined;
  rewriteAnswer: Rewrite | undefined;
};

/** @param path of the plan to where the fetch's objects are. */
export function compileFetch(node: FetchNode, path: readonly (string | number)[], types: SchemaTypes): CompiledFetch {
  return {
    node,
    path: planPath(path, types),
    represent: node.requires && representationWriter(node, types),
    rewriteAnswer: rewriter(node.outputRewrites, types),
  };
}

/** The objects that a fetch is for. Those of one representation are asked about once: `asked[i]` is its number of `count`. */
export type FetchTargets = {
  objects: readonly JsonObject[];
  representationIndexes: readonly number[] | undefined;
  representationCount: number;
};

type FetchOperation = Omit<SubgraphRequest, "variables">;

function fetchOperation({ operationKind, operation, operationName }: FetchNode): FetchOperation {
  return { kind: operationKind === "mutation" ? "mutation" : "query", query: operation, operationName };
}

/** Spelt out: V8 is never done with the shapes of what a spread makes, so that each reading of it costs a miss. */
function subgraphCall({ kind, query, operationName }: FetchOperation, variables: Utf8): SubgraphRequest {
  return { kind, query, operationName, variables };
}

/** The call of a fetch that asks a root field. */
export function rootFieldCall(node: FetchNode): (variables: Variables) => SubgraphRequest {
  const question = fetchOperation(node);
  const variablesText = variablesWriter(node.variableUsages ?? []);
  return (variables) => subgraphCall(question, variablesText(variables, undefined));
}

export function fetchStep(fetch: CompiledFetch, types: SchemaTypes, next: PlanStep): PlanStep {
  const { node, path, represent } = fetch;
  const call = fetchOperation(node);
  const variablesText = variablesWriter(node.variableUsages ?? []);

  return (run) => {
    const found = path.objects(run.data);
    const representations = represent && representAll(fetch, found, represent, types);
    if (found.length === 0 || representations?.texts === "") return next(run);
    const targets: FetchTargets = representations ?? {
      objects: found,
      representationIndexes: undefined,
      representationCount: 0,
    };
    const subgraph = run.subgraphs.get(node.serviceName);
    if (!subgraph) return run.fail(new Error(`No subgraph is called ${node.serviceName}`));
    const variables = variablesText(run.variables, representations?.texts);
    subgraph.send(
      subgraphCall(call, variables),
      run.scope,
      new PendingFetch(run, fetch, targets, subgraph, types, next),
    );
  };
}

/** A fetch of one run that is on its way. */
class PendingFetch implements ResponseReceiver {
  private readonly run: PlanExecution;
  private readonly fetch: CompiledFetch;
  private readonly targets: FetchTargets;
  private readonly subgraph: Subgraph;
  private readonly types: SchemaTypes;
  private readonly next: PlanStep;

  constructor(
    run: PlanExecution,
    fetch: CompiledFetch,
    targets: FetchTargets,
    subgraph: Subgraph,
    types: SchemaTypes,
    next: PlanStep,
  ) {
    this.run = run;
    this.fetch = fetch;
    this.targets = targets;
    this.subgraph = subgraph;
    this.types = types;
    this.next = next;
  }

  onResponse(answer: SubgraphResponse): void {
    const { run, fetch, targets, subgraph, types, next } = this;
    try {
      applyResponse(run, fetch, targets, answer, subgraph, types);
      next(run);
    } catch (error) {
      run.fail(error);
    }
  }

  onFailure(why: unknown): void {
    const { run, fetch, subgraph, next } = this;
    try {
      applyFailure(run, fetch, subgraph, why);
      next(run);
    } catch (error) {
      run.fail(error);
    }
  }
}

function representAll(
  fetch: CompiledFetch,
  found: readonly JsonObject[],
  represent: WriteRepresentation,
  types: SchemaTypes,
) {
  // by type where an identity is enough, which is known faster than the text
  const numbers = new Map<unknown, Map<string, number>>();
  const objects: JsonObject[] = [];
  const representationIndexes: number[] = [];
  let texts = "";
  let representationCount = 0;
  for (const object of found) {
    const identity = represent.identity(object);
    const key = identity ?? represent(object);
    if (key === null) fillNulls(fetch, object, types);
    if (key === null || key === undefined) continue;
    const ofType = identity === undefined ? undefined : object.__typename;
    const known = numbers.get(ofType) ?? new Map<string, number>();
    if (known.size === 0) numbers.set(ofType, known);
    let number = known.get(key);
    if (number === undefined) {
      number = representationCount++;
      known.set(key, number);
      const text = identity === undefined ? key : represent(object);
      texts += number === 0 ? text : `,${text}`;
    }
    objects.push(object);
    representationIndexes.push(number);
  }
  return { objects, representationIndexes, texts, representationCount };
}

/** Writes the variables of a call as JSON; those that the client left out and that have no default are left out. */
function variablesWriter(names: readonly string[]) {
  const keys = names.map((name) => compactUtf8(`${JSON.stringify(name)}:`));
  return (variables: Variables, representations: string | undefined): Utf8 => {
    let text = representations === undefined ? "" : `"representations":[${representations}]`;
    for (let index = 0; index < names.length; index++) {
      const value = variables[names[index] ?? ""];
      if (value !== undefined) text += `${text === "" ? "" : ","}${keys[index]}${toUtf8(toJson(value))}`;
    }
    return `{${text}}` as Utf8;
  };
}
