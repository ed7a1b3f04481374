import type { FetchNode } from "@apollo/query-planner";
import type { SubgraphRequest } from "../../subgraph-client/subgraph-request.ts";
import { compactUtf8, toUtf8, type Utf8 } from "../../utf8.ts";
import type { Variables } from "../compiled-operation.ts";
import { toJson } from "../json.ts";

/** Writes the subgraph request of a fetch. @param representations JSON texts, comma-separated; undefined for root fields. */
export type WriteRequest = (variables: Variables, representations: string | undefined) => SubgraphRequest;

export function requestWriter({ operationKind, operation, operationName, variableUsages }: FetchNode): WriteRequest {
  const kind = operationKind === "mutation" ? "mutation" : "query";
  const writeVariables = variablesWriter(variableUsages ?? []);
  // Literal object: V8 keeps no stable shape for the result of a spread, and each read of it would miss the inline cache.
  return (variables, representations) => ({
    kind,
    query: operation,
    operationName,
    variables: writeVariables(variables, representations),
  });
}

/** Request of a fetch that queries root fields. */
export function rootFieldRequest(node: FetchNode): (variables: Variables) => SubgraphRequest {
  const write = requestWriter(node);
  return (variables) => write(variables, undefined);
}

/** Writes the variables of a request as JSON, without those that the client omitted and that have no default. */
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
