import { existsSync } from "node:fs";
import { join } from "node:path";
import { environmentName, isSubgraphName, type SubgraphName, subgraphs } from "../../subgraphs/agency-registry.ts";
import { notBuilt } from "./start-failures.ts";

/** A server process of the system: an agency or the gateway. */
export type ServerName = SubgraphName | "gateway";
export type Ports = Record<ServerName, number>;

/** All server processes: the agencies, then the gateway. */
export const serverNames: readonly ServerName[] = [...subgraphs.map((s) => s.name), "gateway"];

/** Name of the variable for a port: PORT for the gateway, PORT_<AGENCY> such as PORT_CIVIL_STATUS for an agency. */
export function portVariable(name: ServerName): string {
  return isSubgraphName(name) ? `PORT_${environmentName(name)}` : "PORT";
}

/** Size of V8's young generation in MB. Responses in flight are then not promoted to the old generation (measured: 40 % of a large response's CPU). */
const YOUNG_GENERATION = { gateway: "--max-semi-space-size=64", agency: "--max-semi-space-size=32" };

/** Program of a server process in the bundle `entry`, with its arguments. @throws NOT_BUILT */
export function serverProgram(name: ServerName, entry: string): string[] {
  const program = isSubgraphName(name) ? join(entry, "subgraphs", "main.js") : join(entry, "gateway", "main.js");
  if (!existsSync(program)) throw notBuilt(program);
  return isSubgraphName(name) ? [YOUNG_GENERATION.agency, program, name] : [YOUNG_GENERATION.gateway, program];
}

/** Settings that all processes of one system share. */
export type SystemSettings = {
  data: string;
  demoDirectory: string;
  ports: Ports;
  databaseUrls: Record<SubgraphName, string>;
  /** Environment of the supervisor, inherited except for the variables that each process gets for itself. */
  inherited: NodeJS.ProcessEnv;
};

/** Environment of a server process. An agency gets the URL of its own database only, the gateway gets none. */
export function serverEnvironment(name: ServerName, settings: SystemSettings): NodeJS.ProcessEnv {
  const { data, demoDirectory, ports, databaseUrls, inherited } = settings;
  const { DATABASE_URL: _administrator, HOST, ...passedOn } = inherited;
  const addresses = subgraphs.map(({ name: agency }) => [
    `SUBGRAPH_URL_${environmentName(agency)}`,
    `http://127.0.0.1:${ports[agency]}/graphql`,
  ]);
  return {
    ...passedOn,
    ...Object.fromEntries(addresses),
    MOTCUA_DATA: data,
    MOTCUA_DEMO_DIR: demoDirectory,
    PORT: String(ports[name]),
    ...(isSubgraphName(name) ? { DATABASE_URL: databaseUrls[name], HOST: "127.0.0.1" } : HOST ? { HOST } : {}),
  };
}
