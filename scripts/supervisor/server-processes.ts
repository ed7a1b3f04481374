import { existsSync } from "node:fs";
import { join } from "node:path";
import { environmentName, isSubgraphName, type SubgraphName, subgraphs } from "../../subgraphs/agency-registry.ts";
import { notBuilt } from "./start-failures.ts";

/** One process of the system: an agency, or the gateway. */
export type ServerName = SubgraphName | "gateway";
export type Ports = Record<ServerName, number>;

/** The agencies, then the gateway. */
export const serverNames: readonly ServerName[] = [...subgraphs.map((s) => s.name), "gateway"];

/** The variable that chooses the part's port: PORT for the gateway, PORT_CIVIL_STATUS and the like for an agency. */
export function portVariable(part: ServerName): string {
  return isSubgraphName(part) ? `PORT_${environmentName(part)}` : "PORT";
}

/** Megabytes for what is young: what is on its way is then not taken for something that stays (40 % of a large answer's CPU). */
const ROOM_FOR_THE_YOUNG = { gateway: "--max-semi-space-size=64", agency: "--max-semi-space-size=32" };

/** The program and arguments of a part in the bundle `entry`. @throws NOT_BUILT */
export function serverProgram(part: ServerName, entry: string): string[] {
  const program = isSubgraphName(part) ? join(entry, "subgraphs", "main.js") : join(entry, "gateway", "main.js");
  if (!existsSync(program)) throw notBuilt(program);
  return isSubgraphName(part) ? [ROOM_FOR_THE_YOUNG.agency, program, part] : [ROOM_FOR_THE_YOUNG.gateway, program];
}

/** What all parts of one system share. */
export type SystemSettings = {
  data: string;
  demoDirectory: string;
  ports: Ports;
  databaseUrls: Record<SubgraphName, string>;
  /** The environment of the supervisor, passed on but for what is a part's own. */
  inherited: NodeJS.ProcessEnv;
};

/** The environment of a part. An agency knows its own database alone, the gateway none. */
export function serverEnvironment(part: ServerName, settings: SystemSettings): NodeJS.ProcessEnv {
  const { data, demoDirectory, ports, databaseUrls, inherited } = settings;
  const { DATABASE_URL: _administrator, HOST, ...passedOn } = inherited;
  const addresses = subgraphs.map(({ name }) => [
    `SUBGRAPH_URL_${environmentName(name)}`,
    `http://127.0.0.1:${ports[name]}/graphql`,
  ]);
  return {
    LOG_LEVEL: "warn",
    ...passedOn,
    ...Object.fromEntries(addresses),
    MOTCUA_DATA: data,
    MOTCUA_DEMO_DIR: demoDirectory,
    PORT: String(ports[part]),
    ...(isSubgraphName(part) ? { DATABASE_URL: databaseUrls[part], HOST: "127.0.0.1" } : HOST ? { HOST } : {}),
  };
}
