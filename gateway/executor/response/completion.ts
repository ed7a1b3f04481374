import type { GraphQLSchema } from "graphql";
import { parseUtf8Json, toUtf8 } from "../../utf8.ts";
import type { ExecutionResult, Variables } from "../compiled-operation.ts";
import type { Denials } from "../denials.ts";
import type { JsonObject } from "../json.ts";
import type { ClientOperation } from "../normalize/client-operation.ts";
import type { ResponseShape } from "../normalize/response-shape.ts";
import { inclusionFor } from "../normalize/skip-include.ts";
import { executionResult } from "./execution-result.ts";
import { rootWriter } from "./object-writer.ts";
import { newWriterState } from "./writer-state.ts";

/**
 * Writes the response of an operation from data that another executor fetched under the client's response names: checks leaf
 * values, and replaces denied fields by nulls with errors.
 */
export function completion(
  schema: GraphQLSchema,
  clientOperation: ClientOperation,
  denials: Denials,
  data: JsonObject,
  variables: Variables,
): ExecutionResult {
  const root = schema.getRootType(clientOperation.operation.operation);
  if (!root) throw new Error(`The schema has no ${clientOperation.operation.operation}`);
  const isIncluded = inclusionFor(variables);
  const dataName: ResponseShape["dataName"] = ({ alias, name }) => alias?.value ?? name.value;
  const state = newWriterState(variables);
  const utf8 = parseUtf8Json(toUtf8(JSON.stringify(data))) as JsonObject; // the form in which subgraphs' data arrive
  const text = rootWriter({ ...clientOperation, schema, denials, isIncluded, dataName }, root)(utf8, state);
  return executionResult(text, state, [], new Map());
}
