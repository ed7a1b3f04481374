import { readFileSync } from "node:fs";
import { join } from "node:path";
import { variableName } from "../../gateway/subgraph-names.ts";
import { withoutAuthDirectives } from "../../gateway/supergraph/security-directives.ts";
import { familyInputs } from "../../subgraphs/_shared/demo/population.ts";
import { keysFor } from "../../subgraphs/_shared/identity/keys.ts";
import { permissionsOf } from "../../subgraphs/_shared/rights/permissions.ts";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { subgraphs } from "../../subgraphs/agency-registry.ts";
import { openDesks } from "../bench/desks.ts";
import { type RunningSystem, startSystem } from "../supervisor/system.ts";
import { fileIn, GENEROUS, ours, type Recipe, stock } from "./contestants.ts";
import { keepAside } from "./machine/cores.ts";
import { freePorts } from "./machine/ports.ts";
import { openTokenIssuer } from "./tokens.ts";
import type { Workload } from "./workloads.ts";

/** Our own agencies on their PostgreSQL, with the contract's documents as workloads. */
export type OwnStage = { tokens: string[]; recipes: Recipe[]; workloads: Workload[]; close(): Promise<void> };

const DOSSIERS = 64;
const COUPLES = 2_400;
const WAIT_MS = 30_000;

export async function setOwnStage(directory: string, say: (line: string) => void): Promise<OwnStage> {
  const data = join(directory, "system");
  say("Starting our own agencies, and having them complete some dossiers");
  const system = await startSystem({ data, ports: "free", environment: { LOG_LEVEL: "error", DATABASE_POOL: "16" } });
  for (const name of [...subgraphs.map((each) => each.name), "postgres" as const]) {
    const pid = system.pidOf(name);
    if (pid !== undefined) keepAside(pid);
  }
  const [office, codes] = await completedDossiers(system);
  const [port = 0] = await freePorts(1);
  const issuer = await openTokenIssuer(port, () => office);
  const identityKeys = Object.fromEntries(
    subgraphs.map(({ name }) => [`IDENTITY_KEYS_${variableName(name)}`, keyText(name, data)]),
  );
  const caller = {
    subject: "bench:clerk:0",
    role: "clerk",
    permissions: permissionsOf("clerk"),
    office,
    requestId: "bench-of-the-gateway",
  };
  const urls = subgraphs.map(({ name }) => [name, `http://127.0.0.1:${system.ports[name]}/graphql`] as const);
  const forStock = fileIn(directory, "own-supergraph.graphql", withUrls(withoutAuthDirectives(ownSupergraph()), urls));
  return {
    tokens: issuer.tokens,
    workloads: workloadsOf(codes),
    recipes: [
      ours("ours", {
        ...issuer.environment,
        ...identityKeys,
        ...GENEROUS,
        ...Object.fromEntries(urls.map(([name, url]) => [`SUBGRAPH_URL_${variableName(name)}`, url])),
      }),
      stock(forStock, { ...identityKeys, CALLER: JSON.stringify(caller) }),
    ],
    async close() {
      issuer.close();
      await system.stop();
    },
  };
}

/** Office of the submitting clerk, and the codes of the completed dossiers. */
async function completedDossiers(system: RunningSystem): Promise<[office: string, codes: string[]]> {
  const desks = await openDesks(system.gatewayUrl);
  const all = await Promise.all(Array.from({ length: DOSSIERS }, () => desks.submit(WAIT_MS)));
  type Found = { dossier: { office: { code: string } } };
  const { dossier } = await desks.ask<Found>("dossier", { code: all[0]?.code });
  await desks.close();
  const open = all.find(({ state }) => state !== "COMPLETED");
  if (open) throw new Error(`A dossier is ${open.state} after ${WAIT_MS} ms`);
  return [dossier.office.code, all.map(({ code }) => code)];
}

/** Workloads of the contract's documents, each request for another dossier or citizen. */
function workloadsOf(codes: string[]): Workload[] {
  const text = (name: string) =>
    readFileSync(projectPath("gateway", "playground", "examples", `${name}.graphql`), "utf8");
  const citizens = familyInputs(COUPLES, 0).flatMap(({ mother, father }) => [mother.personalId, father.personalId]);
  return [
    { name: "dossier", query: text("dossier"), variables: (n) => ({ code: codes[n % codes.length] }), warmUp: 1_000 },
    {
      name: "citizen",
      query: text("citizen"),
      variables: (n) => ({ personalId: citizens[n % citizens.length] }),
      warmUp: 1_000,
    },
    { name: "dossiers", query: text("dossiers"), variables: (n) => ({ first: 1 + (n % 50) }), warmUp: 1_000 },
    { name: "procedures", query: text("procedures"), variables: (n) => ({ first: 1 + (n % 50) }), warmUp: 1_000 },
  ];
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
