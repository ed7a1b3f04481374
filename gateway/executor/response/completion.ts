import type { GraphQLSchema } from "graphql";
import { parseUtf8Json, toUtf8 } from "../../utf8.ts";
import type { ExecutionResult, Variables } from "../compiled-operation.ts";
import type { Denials } from "../denials.ts";
import type { JsonObject } from "../json.ts";
import type { ClientOperation, ResponseShape } from "../normalize/client-operation.ts";
import { inclusionFor } from "../normalize/skip-include.ts";
import { executionResult } from "./execution-result.ts";
import { rootWriter } from "./object-writer.ts";
import { newWriterState } from "./writer-state.ts";

/**
 * Writes the answer of an operation from data that another executor has fetched for it, under the client's own names: leaves
 * are checked, and what is denied becomes null and has its error.
 */
export function completion(
  schema: GraphQLSchema,
  shown: ClientOperation,
  denials: Denials,
  data: JsonObject,
  variables: Variables,
): ExecutionResult {
  const root = schema.getRootType(shown.operation.operation);
  if (!root) throw new Error(`The schema has no ${shown.operation.operation}`);
  const includes = inclusionFor(variables);
  const dataName: ResponseShape["dataName"] = ({ alias, name }) => alias?.value ?? name.value;
  const writing = newWriterState(variables);
  const utf8 = parseUtf8Json(toUtf8(JSON.stringify(data))) as JsonObject; // as subgraphs give them to our own executor
  const text = rootWriter({ ...shown, schema, denials, includes, dataName }, root)(utf8, writing);
  return executionResult(text, writing, [], new Map());
}
