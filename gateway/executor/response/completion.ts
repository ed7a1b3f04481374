import type { GraphQLSchema } from "graphql";
import type { Denials } from "../../pipeline/authorization/denial.ts";
import { parsedUtf8, toUtf8 } from "../../utf8.ts";
import type { Outcome, Variables } from "../compiled-operation.ts";
import type { JsonObject } from "../json.ts";
import type { Shape, Shown } from "../normalize/client-operation.ts";
import { includesWith } from "../normalize/skip-include.ts";
import { rootWriter } from "./object-writer.ts";
import { outcome } from "./response-data.ts";
import { newWriting } from "./writer.ts";

/**
 * Writes the answer of an operation from data that another executor has fetched for it, under the client's own names: leaves
 * are checked, and what is denied becomes null and has its error.
 */
export function completion(
  schema: GraphQLSchema,
  shown: Shown,
  denials: Denials,
  data: JsonObject,
  variables: Variables,
): Outcome {
  const root = schema.getRootType(shown.operation.operation);
  if (!root) throw new Error(`The schema has no ${shown.operation.operation}`);
  const includes = includesWith(variables);
  const dataName: Shape["dataName"] = ({ alias, name }) => alias?.value ?? name.value;
  const writing = newWriting(variables);
  const utf8 = parsedUtf8(toUtf8(JSON.stringify(data))) as JsonObject; // as subgraphs give them to our own executor
  const text = rootWriter({ ...shown, schema, denials, includes, dataName }, root)(utf8, writing);
  return outcome(text, writing, [], new Map());
}
