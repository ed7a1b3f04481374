import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { servingMode } from "../../subgraphs/_shared/demo/demo-mode.ts";
import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import { IDENTITY_HEADER, signIdentity } from "../../subgraphs/_shared/identity/identity.ts";
import { permissionsOf, type Role } from "../../subgraphs/_shared/rights/permissions.ts";
import { subgraphConfiguration } from "../../subgraphs/_shared/serving/configuration.ts";
import { type OpenDatabase, openDatabase } from "../../subgraphs/_shared/serving/database.ts";
import { prepareDatabase } from "../../subgraphs/_shared/serving/preparation.ts";
import { serveSubgraph } from "../../subgraphs/_shared/serving/serve.ts";
import type { SubgraphDefinition } from "../../subgraphs/_shared/serving/subgraph.ts";
import { emptyDatabase } from "../kit/agency-database.ts";
import type { ResponseJson } from "../kit/response-json.ts";

/** One agency served over HTTP from a separate database, with signed requests like the gateway's. */
export type ServedAgency = OpenDatabase & {
  ask(caller: Caller, query: string, variables?: object): Promise<{ data?: ResponseJson; errors?: ResponseJson[] }>;
  /** Fields of a Citizen, resolved as an entity. */
  citizen(caller: Caller, selection: string, more?: object): Promise<ResponseJson>;
  /** Prepares the database once more, as a restart does. */
  prepareAgain(): Promise<void>;
  stop(): Promise<void>;
};

const keys = [{ id: "test", secret: "a-secret-of-tests-only" }];

export async function serveAgency<L>(
  definition: SubgraphDefinition<L>,
  { demo = true, environment = {} }: { demo?: boolean; environment?: NodeJS.ProcessEnv } = {},
): Promise<ServedAgency> {
  const { name } = definition;
  const directory = mkdtempSync(join(tmpdir(), "motcua-agency-"));
  const { url, drop } = await emptyDatabase(name);
  const settings = {
    DATABASE_URL: url,
    PORT: "0",
    LOG_LEVEL: "fatal",
    MOTCUA_DATA: directory,
    ...(demo && { MOTCUA_DEMO_DIR: join(directory, "demo") }),
    ...environment,
  };
  const configuration = subgraphConfiguration(name, settings);
  const served = await serveSubgraph(definition, { ...configuration, keys }, servingMode(name, settings));
  const database = openDatabase(url, { name: "test" });
  const sql = postgres(url, { max: 2, onnotice: () => {} });

  const ask: ServedAgency["ask"] = async (caller, query, variables) => {
    const body = JSON.stringify({ query, variables });
    const identity = signIdentity(keys, { audience: name, issuer: "test", body, caller, now: Date.now() });
    const headers = { "content-type": "application/json", [IDENTITY_HEADER]: identity };
    const response = await fetch(`http://127.0.0.1:${served.port}/graphql`, { method: "POST", headers, body });
    return (await response.json()) as Awaited<ReturnType<ServedAgency["ask"]>>;
  };
  return {
    ...database,
    sql,
    ask,
    citizen: async (caller, selection, more = {}) => {
      const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Citizen { ${selection} } } }`;
      const { data, errors } = await ask(caller, query, { of: [{ __typename: "Citizen", ...more }] });
      if (errors) throw Object.assign(new Error(errors[0].message), { code: errors[0].extensions.code });
      return data._entities[0];
    },
    prepareAgain: () => prepareDatabase(url, definition, { seeds: demo, now: new Date(), accessRetentionMonths: 24 }),
    stop: async () => {
      await Promise.all([database.close(), sql.end()]);
      await served.close();
      await drop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** A caller with all permissions of its role. */
export function a(role: Role, more: Partial<Caller> = {}): Caller {
  return { subject: `test:${role}`, role, permissions: permissionsOf(role), requestId: randomUUID(), ...more };
}
