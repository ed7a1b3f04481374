import { readFileSync } from "node:fs";
import { join } from "node:path";
import { variableName } from "../../gateway/subgraph-names.ts";
import { withoutAuthDirectives } from "../../gateway/supergraph/security-directives.ts";
import { DEFAULT_COMMUNE, familyInputs } from "../../subgraphs/_shared/demo/population.ts";
import { keysFor } from "../../subgraphs/_shared/identity/keys.ts";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { subgraphs } from "../../subgraphs/agency-registry.ts";
import { openDesks } from "../bench/desks.ts";
import { WITHOUT_PORTAL } from "../supervisor/server-processes.ts";
import { type RunningSystem, startSystem } from "../supervisor/system.ts";
import { fileIn, GENEROUS_LIMITS, hive, ours, type Recipe, stock } from "./contestants.ts";
import { pinToOtherCore } from "./machine/cores.ts";
import { freePorts } from "./machine/free-ports.ts";
import { openTokenIssuer } from "./token-issuer.ts";
import type { Workload } from "./workloads.ts";

/**
 * Our own agencies on their PostgreSQL, with the contract's documents as workloads. They also accept the clients' tokens, so that
 * other routers can serve them.
 */
export type OwnSystem = {
  tokens: string[];
  recipes: Recipe[];
  /** Recipes of Hive Gateway over the same agencies. @param program of Hive Gateway */
  hiveRecipes(program: string): Recipe[];
  workloads: Workload[];
  close(): Promise<void>;
};

/** Settings of Hive Gateway that pass the client's token on. */
const HIVE_CONFIGURATION = `export const gatewayConfig = {
  propagateHeaders: {
    fromClientToSubgraphs: ({ request }) => ({ authorization: request.headers.get("authorization") }),
  },
};
`;

const DOSSIERS = 64;
const COUPLES = 2_400;
const WAIT_MS = 30_000;

export async function startOwnSystem(directory: string, say: (line: string) => void): Promise<OwnSystem> {
  const data = join(directory, "system");
  say("Starting our own agencies, and having them complete some dossiers");
  const [port = 0] = await freePorts(1);
  const issuer = await openTokenIssuer(port, () => DEFAULT_COMMUNE);
  const system = await startSystem({
    data,
    ports: "free",
    environment: { LOG_LEVEL: "error", DATABASE_POOL: "16", ...WITHOUT_PORTAL },
    environmentOf: (name) => (name === "gateway" ? {} : issuer.agencyEnvironment),
  });
  for (const name of [...subgraphs.map((each) => each.name), "postgres" as const]) {
    const pid = system.pidOf(name);
    if (pid !== undefined) pinToOtherCore(pid);
  }
  const codes = await completedDossiers(system);
  const identityKeys = Object.fromEntries(
    subgraphs.map(({ name }) => [`IDENTITY_KEYS_${variableName(name)}`, keyText(name, data)]),
  );
  const urls = subgraphs.map(({ name }) => [name, `http://127.0.0.1:${system.ports[name]}/graphql`] as const);
  const whole = withUrls(ownSupergraph(), urls);
  const forStock = fileIn(directory, "supergraph-without-rights.graphql", withoutAuthDirectives(whole));
  const forHive = fileIn(directory, "supergraph.graphql", whole);
  const hiveConfiguration = fileIn(directory, "gateway.config.mjs", HIVE_CONFIGURATION);
  return {
    tokens: issuer.tokens,
    workloads: workloadsOf(codes),
    recipes: [
      ours("ours", {
        ...issuer.environment,
        ...identityKeys,
        ...GENEROUS_LIMITS,
        ...Object.fromEntries(urls.map(([name, url]) => [`SUBGRAPH_URL_${variableName(name)}`, url])),
      }),
      stock(forStock, { PASS_TOKEN: "1" }),
    ],
    hiveRecipes: (program) =>
      (["hive", "hive-rust"] as const).map((name) => hive(name, program, forHive, hiveConfiguration)),
    async close() {
      issuer.close();
      await system.stop();
    },
  };
}

/** Codes of the completed dossiers, all of the default commune. */
async function completedDossiers(system: RunningSystem): Promise<string[]> {
  const desks = await openDesks(system.gatewayUrl);
  const all = await Promise.all(Array.from({ length: DOSSIERS }, () => desks.submit(WAIT_MS)));
  await desks.close();
  const open = all.find(({ state }) => state !== "COMPLETED");
  if (open) throw new Error(`A dossier is ${open.state} after ${WAIT_MS} ms`);
  return all.map(({ code }) => code);
}

/** Workloads of the contract's documents, each request for another dossier or citizen. */
function workloadsOf(codes: string[]): Workload[] {
  const text = (name: string) =>
    readFileSync(projectPath("gateway", "playground", "examples", `${name}.graphql`), "utf8");
  const citizens = familyInputs(COUPLES, 0).flatMap(({ mother, father }) => [mother.personalId, father.personalId]);
  const procedures = procedureCodes();
  return [
    { name: "dossier", query: text("dossier"), variables: (n) => ({ code: codes[n % codes.length] }), warmUp: 1_000 },
    {
      name: "citizen",
      query: text("citizen"),
      variables: (n) => ({ personalId: citizens[n % citizens.length] }),
      warmUp: 1_000,
    },
    { name: "dossiers", query: text("dossiers"), variables: (n) => ({ first: 1 + (n % 50) }), warmUp: 1_000 },
    {
      name: "procedure",
      query: text("procedure"),
      variables: (n) => ({ code: procedures[n % procedures.length] }),
      warmUp: 1_000,
    },
    { name: "procedures", query: text("procedures"), variables: (n) => ({ first: 1 + (n % 50) }), warmUp: 1_000 },
  ];
}

function procedureCodes(): string[] {
  const catalogue = readFileSync(projectPath("subgraphs", "one-stop", "data", "procedures.json"), "utf8");
  return (JSON.parse(catalogue) as { procedures: { code: string }[] }).procedures.map(({ code }) => code);
}

function keyText(name: (typeof subgraphs)[number]["name"], data: string): string {
  return keysFor(name, { MOTCUA_DATA: data })
    .map(({ id, secret }) => `${id}:${secret}`)
    .join(",");
}

const ownSupergraph = () => readFileSync(projectPath("schema", "supergraph.graphql"), "utf8");

function withUrls(sdl: string, urls: readonly (readonly [name: string, url: string])[]): string {
  return urls.reduce(
    (text, [name, url]) => text.replace(new RegExp(`(@join__graph\\(name: "${name}", url: )"[^"]*"`), `$1"${url}"`),
    sdl,
  );
}
