import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, inject } from "vitest";
import { gatewayConfiguration } from "../gateway/configuration.ts";
import { demoIssuer } from "../gateway/demo/demo-issuer.ts";
import type { PersonaClaims } from "../gateway/demo/personas.ts";
import { serveGateway } from "../gateway/server.ts";
import { cloneDatabases, databaseName, dropDatabases } from "../scripts/postgres/databases.ts";
import { type DemoState, demoState } from "../subgraphs/_shared/demo/demo-state.ts";
import type { IdentityKeys } from "../subgraphs/_shared/identity/identity.ts";
import { keysFor } from "../subgraphs/_shared/identity/keys.ts";
import { projectPath } from "../subgraphs/_shared/serving/paths.ts";
import { environmentName, type SubgraphName, subgraphs } from "../subgraphs/agency-registry.ts";
import { urlOf } from "./kit/agency-database.ts";
import type { ResponseJson } from "./kit/response-json.ts";
import { type ServedAgencies, serveAgencies } from "./kit/serve-agencies.ts";
import { sharedPlanning } from "./kit/shared-planning.ts";

/** A response as a client reads it. */
export type Answer = {
  extensions?: { agencies?: Record<string, { state: string; since: string }> };
  status: number;
  data: ResponseJson;
  errors?: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
  headers: Headers;
};
/** A demo persona, a token, claims for a new token, or null for an anonymous caller. */
export type Persona = { persona: string; commune?: string } | { token: string } | { claims: PersonaClaims } | null;

/** The whole system on its own clones of the seeded databases: the gateway and every agency. */
export type World = {
  url: string;
  /** The data directory, with identity keys and the demo's state. */
  data: string;
  agencies: ServedAgencies;
  demo: DemoState;
  /** Addresses of the agencies' databases. */
  databaseUrls: Record<SubgraphName, string>;
  /** A direct connection to an agency's database, for assertions about its rows. */
  sql(name: SubgraphName): postgres.Sql;
  token(persona: string, commune?: string): Promise<string>;
  /** Keys of the signed identity for an agency of this world. */
  keys(name: SubgraphName): IdentityKeys;
  ask(who: Persona, document: string, variables?: object, headers?: Record<string, string>): Promise<Answer>;
  close(): Promise<void>;
};

/** Document of the public contract, by its file name without the extension. */
export function contract(name: string): string {
  return readFileSync(projectPath("test", "contract", `${name}.graphql`), "utf8");
}

/** Business time at which a world begins, a Monday morning. */
export const TODAY = "2026-11-23T09:00:00+07:00";

export const clerk: Persona = { persona: "clerk" };

/** Builds a world; `environment` adds to the variables of an agency, `atGateway` to those of the gateway. */
export async function buildWorld(
  environment: Partial<Record<SubgraphName, NodeJS.ProcessEnv>> = {},
  atGateway: NodeJS.ProcessEnv = {},
): Promise<World> {
  const data = mkdtempSync(join(tmpdir(), "motcua-world-"));
  const { urls, drop } = await clonedDatabases();
  const demo = demoState(`${data}/demo`);
  demo.setClockOffsetMs(Date.parse(TODAY) - Date.now()); // the tests' children were born in the week before TODAY
  const desk = { ATTACHMENTS_DIR: `${data}/attachments`, ...environment["one-stop"] };
  const agencies = await serveAgencies(urls, data, { ...environment, "one-stop": desk });
  const configuration = gatewayConfiguration({
    PORT: "0",
    MOTCUA_DATA: data,
    MOTCUA_DEMO_DIR: `${data}/demo`,
    LOG_LEVEL: "fatal",
    PLAYGROUND: "off",
    ATTACHMENTS_DIR: `${data}/attachments`,
    ...Object.fromEntries(
      subgraphs.map(({ name }) => [
        `SUBGRAPH_URL_${environmentName(name)}`,
        `http://127.0.0.1:${agencies.ports[name]}/graphql`,
      ]),
    ),
    ...atGateway,
  });
  if (configuration.trust.kind !== "demo") throw new Error("A world trusts its own issuer");
  const gateway = await serveGateway(configuration, undefined, undefined, sharedPlanning);
  const url = `http://127.0.0.1:${gateway.port}`;
  const connections = new Map<SubgraphName, postgres.Sql>();
  return {
    ...{ url, data, agencies, demo },
    databaseUrls: urls,
    ...gatewayClient(url, demoIssuer(configuration.trust)),
    keys: (name) => keysFor(name, { MOTCUA_DATA: data }),
    sql(name) {
      const sql = connections.get(name) ?? postgres(urls[name] ?? "", { max: 2, onnotice: () => {} });
      connections.set(name, sql);
      return sql;
    },
    async close() {
      await gateway.close();
      await agencies.close();
      await Promise.all([...connections.values()].map((sql) => sql.end({ timeout: 1 })));
      await drop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** Clones of the agencies' template databases, by agency. */
async function clonedDatabases(): Promise<{ urls: Record<SubgraphName, string>; drop(): Promise<void> }> {
  const adminUrl = inject("adminUrl");
  const id = `world_${randomBytes(4).toString("hex")}`;
  const clones = subgraphs.map(({ name }) => ({ name, clone: `${id}_${environmentName(name).toLowerCase()}` }));
  await cloneDatabases(
    adminUrl,
    clones.map(({ name, clone }) => ({ template: databaseName(name), name: clone, ownerRole: databaseName(name) })),
  );
  const urls = clones.map(({ name, clone }) => [name, urlOf(adminUrl, clone, name)]);
  return {
    urls: Object.fromEntries(urls) as Record<SubgraphName, string>, // built from the list of all names
    drop: () =>
      dropDatabases(
        adminUrl,
        clones.map(({ clone }) => clone),
      ),
  };
}

/** Client of a world's gateway. A token of a persona is fetched once. */
function gatewayClient(url: string, issue: ReturnType<typeof demoIssuer>): Pick<World, "token" | "ask"> {
  const tokens = new Map<string, Promise<string>>();

  async function fetchToken(persona: string, commune?: string): Promise<string> {
    const query = new URLSearchParams({ persona, ...(commune && { commune }) });
    const response = await fetch(`${url}/dev/token?${query}`);
    const body = (await response.json()) as { access_token?: string };
    if (!body.access_token) throw new Error(`No token for ${persona}: ${JSON.stringify(body)}`);
    return body.access_token;
  }

  function token(persona: string, commune?: string): Promise<string> {
    const name = `${persona} ${commune ?? ""}`;
    const known = tokens.get(name) ?? fetchToken(persona, commune);
    tokens.set(name, known);
    return known;
  }

  async function bearerOf(who: Persona): Promise<string | undefined> {
    if (who === null) return undefined;
    if ("claims" in who) return issue(who.claims, new Date());
    return "token" in who ? who.token : token(who.persona, who.commune);
  }

  return {
    token,
    async ask(who, document, variables = {}, headers = {}) {
      const bearer = await bearerOf(who);
      const response = await fetch(`${url}/graphql`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          ...(bearer && { authorization: `Bearer ${bearer}` }),
          ...headers,
        },
        body: JSON.stringify({ query: document, variables }),
      });
      const body = (await response.json()) as Omit<Answer, "status" | "headers">;
      return { ...body, status: response.status, headers: response.headers };
    },
  };
}

/** One world for all tests of a file. */
export function sharedWorld(
  environment: Partial<Record<SubgraphName, NodeJS.ProcessEnv>> = {},
  atGateway: NodeJS.ProcessEnv = {},
): {
  readonly current: World;
} {
  let world: World | undefined;
  beforeAll(async () => {
    world = await buildWorld(environment, atGateway);
  });
  afterAll(async () => {
    await world?.close();
  });
  return {
    get current() {
      if (!world) throw new Error("The world is not built yet");
      return world;
    },
  };
}
