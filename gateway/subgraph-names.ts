import { isSubgraphName, subgraph } from "../subgraphs/agency-registry.ts";

/** A subgraph's name as it stands in environment variables: `civil-status` → `CIVIL_STATUS`. */
export function variableName(subgraphName: string): string {
  return subgraphName.replaceAll(/[^A-Za-z0-9]+/g, "_").toUpperCase();
}

/** Code of an agency in responses to clients. A foreign subgraph has its variable name as its code. */
export function agencyOf(subgraphName: string): string {
  return isSubgraphName(subgraphName) ? subgraph(subgraphName).agency : variableName(subgraphName);
}
