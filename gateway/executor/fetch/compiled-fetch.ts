import type { FetchNode } from "@apollo/query-planner";
import type { JsonObject } from "../json.ts";
import type { SchemaTypes } from "../schema-types.ts";
import { type ReaderOptions, type ReadResponse, responseReader } from "../text/response-reader.ts";
import { type ContextValues, contextValues } from "./context-values.ts";
import { exactDataReader, type ReadData } from "./exact-data.ts";
import { type PlanPath, planPath } from "./plan-path.ts";
import { representationWriter, type WriteRepresentation } from "./representations.ts";
import { type Rewrite, rewriter } from "./rewrites.ts";

/** A fetch node of a plan, compiled. */
export type CompiledFetch = {
  node: FetchNode;
  path: PlanPath;
  /** Undefined if the fetch queries root fields instead of entities. */
  represent: WriteRepresentation | undefined;
  /** Contextual arguments; undefined if the fetch has none. */
  context: ContextValues | undefined;
  rewriteResponse: Rewrite | undefined;
  /** Reads responses that need no JSON.parse. */
  read: ReadResponse;
  /** Data of a response, with exact numbers where they are needed. */
  exactData: ReadData;
};

/** @param path plan path of the fetch's objects. */
export function compileFetch(
  node: FetchNode,
  path: readonly (string | number)[],
  types: SchemaTypes,
  reading: ReaderOptions,
): CompiledFetch {
  const objectPath = planPath(path, types);
  return {
    node,
    path: objectPath,
    context: contextValues(node, objectPath, types),
    represent: node.requires && representationWriter(node, types),
    rewriteResponse: rewriter(node.outputRewrites, types),
    read: responseReader(node, objectPath.names, reading),
    exactData: exactDataReader(node, types),
  };
}

/**
 * Objects that a fetch adds data to. Objects with equal representations share one: `representationIndexes[i]` is the index of
 * object i's representation in the request.
 */
export type FetchTargets = {
  objects: readonly JsonObject[];
  representationIndexes: readonly number[] | undefined;
  representationCount: number;
};
