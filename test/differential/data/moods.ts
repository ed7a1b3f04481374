import type { DocumentNode, ExecutionResult } from "graphql";
import type { SubgraphResponse } from "../../../gateway/subgraph-client/subgraph-request.ts";
import type { Part } from "./rules.ts";
import { type Fault, spoiled, withJunk } from "./spoiled.ts";

/**
 * How a subgraph behaves. "dead" gives no answer; "mute" has null for data and an error without a path; "failing" sends errors
 * alone; "chatty" adds fields nobody asked for, and an error without a path beside good data; "spoiled" has wrong types in
 * some fields and leaves others out.
 */
export type Mood =
  | { kind: "well" | "dead" | "mute" | "failing" | "chatty" }
  | { kind: "spoiled"; fault(name: string): Fault };

/** The answer of a subgraph that has one, as it sends it in this mood. */
export function faultyAnswer(
  mood: Mood,
  part: Part,
  document: DocumentNode,
  answer: ExecutionResult,
): SubgraphResponse {
  const plain = answer as SubgraphResponse; // parsed JSON
  const data = plain.data ?? null;
  if (mood.kind === "spoiled") return { ...plain, data: spoiled(data, document, part.schema, mood.fault) };
  if (mood.kind !== "chatty") return plain;
  return { data: withJunk(data, document), errors: [...(answer.errors ?? []), { message: "by the way" }] };
}
