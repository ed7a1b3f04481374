import type { DocumentNode, ExecutionResult } from "graphql";
import type { SubgraphResponse } from "../../../gateway/subgraph-client/subgraph-request.ts";
import { corruptData, type Fault, withExtraFields } from "./corrupt-data.ts";
import type { SubgraphRules } from "./federation-rules.ts";

/**
 * Behaviour of a subgraph. "unreachable": no response; "null-data": `data: null` and an error without a path; "errors-only":
 * errors without `data`; "extra-data": correct data with fields that were not selected, and an error without a path;
 * "corrupted": wrong types in some fields, and some fields missing.
 */
export type FaultMode =
  | { kind: "healthy" | "unreachable" | "null-data" | "errors-only" | "extra-data" }
  | { kind: "corrupted"; fault(name: string): Fault };

/** Response of a subgraph in its fault mode, from its correct response. */
export function faultyAnswer(
  faultMode: FaultMode,
  part: SubgraphRules,
  document: DocumentNode,
  answer: ExecutionResult,
): SubgraphResponse {
  const plain = answer as SubgraphResponse; // parsed JSON
  const data = plain.data ?? null;
  if (faultMode.kind === "corrupted")
    return { ...plain, data: corruptData(data, document, part.schema, faultMode.fault) };
  if (faultMode.kind !== "extra-data") return plain;
  return { data: withExtraFields(data, document), errors: [...(answer.errors ?? []), { message: "by the way" }] };
}
