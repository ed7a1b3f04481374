import type { AgencyDefinition } from "./agency-definition.ts";
import * as listed from "./list.ts";

/** The facts of an agency of the list. */
export type Subgraph = (typeof listed)[keyof typeof listed];
export type SubgraphName = Subgraph["name"];
export type AgencyCode = Subgraph["agency"];

/** All agencies, in the order of their ports. */
export const subgraphs: readonly Subgraph[] = Object.values(listed).sort((one, other) => one.port - other.port);
refuseAmbiguity(subgraphs);

/** The codes of all agencies, in the same order. */
export const agencyCodes = subgraphs.map((s) => s.agency) as [AgencyCode, ...AgencyCode[]]; // the list is not empty

export function isSubgraphName(name: string): name is SubgraphName {
  return subgraphs.some((s) => s.name === name);
}

/** @throws if no agency of the list has this name: an error of the program, not of a caller. */
export function subgraph(name: SubgraphName): Subgraph {
  const found = subgraphs.find((s) => s.name === name);
  if (!found) throw new Error(`No subgraph is called ${name}; the list is subgraphs/list.ts`);
  return found;
}

export function subgraphOf(agency: AgencyCode): Subgraph {
  const found = subgraphs.find((s) => s.agency === agency);
  if (!found) throw new Error(`No subgraph belongs to agency ${agency}; the list is subgraphs/list.ts`);
  return found;
}

/** The name as environment variables spell it: `civil-status` → `CIVIL_STATUS`. */
export function environmentName(name: SubgraphName): string {
  return name.replaceAll("-", "_").toUpperCase();
}

/** @throws if two agencies share a name, code or port, as after copying a folder */
function refuseAmbiguity(agencies: readonly AgencyDefinition[]): void {
  const names = {
    name: agencies.map(({ name }) => name),
    agency: agencies.map(({ agency }) => agency),
    port: agencies.map(({ port }) => port),
    "officer role": agencies.flatMap(({ officer }) => officer?.role ?? []),
    permission: agencies.flatMap(({ permissions }) => Object.keys(permissions)),
    "catalogue domain": agencies.flatMap(({ catalogueDomains }) => catalogueDomains),
    "result type": agencies.flatMap(({ resultTypes }) => Object.keys(resultTypes)),
  };
  for (const [kind, all] of Object.entries(names)) {
    const twice = all.find((each, index) => all.indexOf(each as never) !== index);
    if (twice !== undefined) throw new Error(`Two agencies of subgraphs/list.ts have the same ${kind}: ${twice}`);
  }
}
