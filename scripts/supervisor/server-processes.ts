import { existsSync } from "node:fs";
import { join } from "node:path";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import {
  environmentName,
  isSubgraphName,
  type SubgraphName,
  subgraph,
  subgraphs,
} from "../../subgraphs/agency-registry.ts";
import { CALLBACK_PATH } from "../../subgraphs/one-stop/payments/callback-path.ts";
import { notBuilt } from "./start-failures.ts";

/** Stand-ins of systems outside: a payment provider and the national portal. */
type StandInName = "payment-provider" | "national-portal";
/** A server process of the system: an agency, a stand-in, or the gateway. */
export type ServerName = SubgraphName | StandInName | "gateway";
export type Ports = Record<ServerName, number>;

/** Ports of the stand-ins unless variables name others. */
const STAND_IN_PORTS: Readonly<Record<StandInName, number>> = { "payment-provider": 4190, "national-portal": 4191 };

/** All server processes: the agencies, the stand-ins, then the gateway. */
export const serverNames: readonly ServerName[] = [
  ...subgraphs.map((s) => s.name),
  "payment-provider",
  "national-portal",
  "gateway",
];

/** Name of the variable for a port: PORT for the gateway, PORT_<NAME> such as PORT_CIVIL_STATUS for the others. */
export function portVariable(name: ServerName): string {
  return name === "gateway" ? "PORT" : `PORT_${name.replaceAll("-", "_").toUpperCase()}`;
}

/** Port of a server unless a variable names another one. */
export function usualPort(name: ServerName): number {
  if (name === "gateway") return 4000;
  return isSubgraphName(name) ? subgraph(name).port : STAND_IN_PORTS[name];
}

/** Account at the stand-in, which moves no money. */
const PAYMENT_ACCOUNT = {
  PAYMENT_MERCHANT: "motcua-demo",
  PAYMENT_SECRET: "signs messages of the demo's payment provider",
};

/** Account of the desk at the stand-in of the national portal. */
const PORTAL_ACCOUNT = {
  NATIONAL_PORTAL_USERNAME: "motcua-demo",
  NATIONAL_PORTAL_PASSWORD: "password of the demo",
  NATIONAL_PORTAL_UNIT: "H13",
};
/** Receivers of webhooks may run on this machine. */
const LOOPBACK = "127.0.0.0/8,::1/128";

/** Added to the environment of a desk that delivers to no portal, so that a bench measures the desk alone. */
export const WITHOUT_PORTAL = { NATIONAL_PORTAL_URL: "" };

/**
 * Size of V8's young generation in MB: responses in flight are then not promoted to the old generation (measured: 40 % of a large
 * response's CPU). The gateway's request thread collects it alone, since helper threads double the pause on two cores, and do
 * two thirds of a planner thread's work without its low priority (measured).
 */
const GARBAGE_COLLECTION = {
  gateway: ["--max-semi-space-size=64", "--no-parallel-scavenge"],
  agency: ["--max-semi-space-size=32"],
};

const OTHER_PROGRAMS = {
  gateway: join("gateway", "main.js"),
  "payment-provider": join("scripts", "payment-provider.js"),
  "national-portal": join("scripts", "national-portal.js"),
};

/** Program of a server process in the bundle `entry`, with its arguments. @throws NOT_BUILT */
export function serverProgram(name: ServerName, entry: string): string[] {
  const program = join(entry, isSubgraphName(name) ? join("subgraphs", "main.js") : OTHER_PROGRAMS[name]);
  if (!existsSync(program)) throw notBuilt(program);
  if (isSubgraphName(name)) return [...GARBAGE_COLLECTION.agency, program, name];
  return name === "gateway" ? [...GARBAGE_COLLECTION.gateway, program] : [program];
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
  const { DATABASE_URL: _administrator, HOST, METRICS_PORT, ...passedOn } = inherited;
  const addresses = subgraphs.map(({ name: agency }) => [
    `SUBGRAPH_URL_${environmentName(agency)}`,
    `http://127.0.0.1:${ports[agency]}/graphql`,
  ]);
  return {
    ...passedOn,
    ...Object.fromEntries(addresses),
    MOTCUA_DATA: data,
    MOTCUA_DEMO_DIR: demoDirectory,
    ATTACHMENTS_DIR: passedOn.ATTACHMENTS_DIR || join(data, "attachments"),
    ANSWER_CODES: passedOn.ANSWER_CODES || "on",
    PUBLIC_STATUS: passedOn.PUBLIC_STATUS || "on",
    MESSAGE_QUIET_HOURS: passedOn.MESSAGE_QUIET_HOURS || "off", // what the demo tells is to be seen at night, too
    MESSAGE_TRACKING_URL: passedOn.MESSAGE_TRACKING_URL || `http://127.0.0.1:${ports.gateway}/track`,
    PORT: String(ports[name]),
    ...paymentAccount(name, ports, passedOn),
    ...portalAccount(name, ports, passedOn),
    ...(name === "one-stop" ? { WEBHOOK_PRIVATE_ADDRESSES: passedOn.WEBHOOK_PRIVATE_ADDRESSES || LOOPBACK } : {}),
    ...(name === "gateway" && METRICS_PORT ? { METRICS_PORT } : {}), // agencies show theirs beside their graph
    ...(isSubgraphName(name) ? { DATABASE_URL: databaseUrls[name], HOST: "127.0.0.1" } : HOST ? { HOST } : {}),
  };
}

/** The desk pays at the stand-in unless its environment names a provider. */
function paymentAccount(
  name: ServerName,
  ports: Ports,
  { PAYMENT_PROVIDER_URL }: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  if (name === "payment-provider")
    return { ...PAYMENT_ACCOUNT, PAYMENT_CALLBACK_URL: `http://127.0.0.1:${ports["one-stop"]}${CALLBACK_PATH}` };
  if (name !== "one-stop" || PAYMENT_PROVIDER_URL) return {};
  return { ...PAYMENT_ACCOUNT, PAYMENT_PROVIDER_URL: `http://127.0.0.1:${ports["payment-provider"]}` };
}

/** The desk delivers to the stand-in unless its environment names a national portal. */
function portalAccount(name: ServerName, ports: Ports, { NATIONAL_PORTAL_URL }: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (name === "national-portal") return PORTAL_ACCOUNT;
  if (name !== "one-stop" || NATIONAL_PORTAL_URL) return {};
  return {
    ...PORTAL_ACCOUNT,
    NATIONAL_PORTAL_URL: `http://127.0.0.1:${ports["national-portal"]}`,
    NATIONAL_PORTAL_MAPPINGS: projectPath("scripts", "national-portal", "mappings.json"),
  };
}
