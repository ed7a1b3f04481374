/** The only list of subgraphs: compose, start, migrate, test and the gateway read it. To add an agency, add a line. */
export const subgraphs = [
  {
    name: "civil-status",
    agency: "CIVIL_STATUS",
    port: 4101,
    vi: "Cơ quan đăng ký hộ tịch",
    en: "Civil status registry",
  },
  {
    name: "residence",
    agency: "RESIDENCE",
    port: 4102,
    vi: "Công an – quản lý cư trú",
    en: "Residence registry (police)",
  },
  { name: "health-insurance", agency: "HEALTH_INSURANCE", port: 4103, vi: "Bảo hiểm xã hội", en: "Social insurance" },
  { name: "land", agency: "LAND", port: 4104, vi: "Cơ quan đăng ký đất đai", en: "Land registry" },
  { name: "business", agency: "BUSINESS", port: 4105, vi: "Cơ quan đăng ký kinh doanh", en: "Business registry" },
  { name: "one-stop", agency: "ONE_STOP", port: 4106, vi: "Bộ phận Một cửa", en: "One-stop desk" },
] as const;

export type SubgraphName = (typeof subgraphs)[number]["name"];
export type AgencyCode = (typeof subgraphs)[number]["agency"];
export type Subgraph = (typeof subgraphs)[number];

/** The agency codes of the contract, in the order of the list. */
export const agencyCodes = subgraphs.map((s) => s.agency) as [AgencyCode, ...AgencyCode[]];

export function isSubgraphName(name: string): name is SubgraphName {
  return subgraphs.some((s) => s.name === name);
}

/** @throws if the name is none of the list: a mistake of the program, not of a caller. */
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
