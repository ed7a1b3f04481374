import { join } from "node:path";
import { BadConfiguration } from "../../subgraphs/_shared/serving/environment.ts";
import { type SubgraphName, subgraphs } from "../../subgraphs/agency-registry.ts";
import { provisionDatabases } from "../postgres/databases.ts";
import { startPostgres } from "../postgres/launcher.ts";
import { databaseUnusable } from "./start-failures.ts";
import { type Supervised, supervise } from "./supervision.ts";

/** PostgreSQL server of a system: the administrator's URL, and the supervised process of an embedded server. */
export type DatabaseServer = { adminUrl: string; supervised: Supervised | undefined };

type Say = (line: string) => void;

/** After a kill -9 PostgreSQL syncs its 3,000 files one by one, which takes seconds. Linux can sync the file system at once. */
const SETTINGS: Record<string, string> = process.platform === "linux" ? { recovery_init_sync_method: "syncfs" } : {};

/** Starts or adopts the embedded PostgreSQL of a data directory and keeps it alive on its first port. */
export async function embeddedServer(data: string, restart: boolean, say: Say): Promise<DatabaseServer> {
  const directory = join(data, "postgres");
  let adminUrl = "";
  const launch = async () => {
    // the agencies received the port of the first start, so every later start uses it too
    const port = adminUrl ? Number(new URL(adminUrl).port) : undefined;
    const server = await startPostgres({ directory, say, settings: SETTINGS, ...(port && { port }) });
    adminUrl = server.adminUrl;
    const how = server.adopted ? "was already running and is adopted" : "accepts connections";
    say(`PostgreSQL ${how}: port ${new URL(adminUrl).port}, process ${server.pid}`);
    return { pid: server.pid, ended: server.exited.then(() => "unexpectedly"), stop: () => server.stop() };
  };
  const supervised = supervise({ name: "PostgreSQL", launch, restart, say });
  await supervised.start();
  return { adminUrl, supervised };
}

/** External server of DATABASE_URL, which the supervisor neither starts nor stops. @throws BadConfiguration */
export function givenServer(databaseUrl: string): DatabaseServer {
  if (!URL.canParse(databaseUrl) || !/^postgres(ql)?:$/.test(new URL(databaseUrl).protocol)) {
    throw new BadConfiguration(
      "  DATABASE_URL: must look like postgres://user:password@host:5432/postgres, of a role that may create databases and roles",
    );
  }
  return { adminUrl: databaseUrl, supervised: undefined };
}

/** Creates the databases and roles of all agencies. @throws DATABASE_UNUSABLE for an external server */
export async function agencyDatabases(
  { adminUrl, supervised }: DatabaseServer,
  passwords: Record<SubgraphName, string>,
): Promise<Record<SubgraphName, string>> {
  const names = subgraphs.map(({ name }) => name);
  try {
    return (await provisionDatabases(adminUrl, names, passwords)) as Record<SubgraphName, string>; // one for each name
  } catch (error) {
    throw supervised ? error : explained(adminUrl, error);
  }
}

function explained(adminUrl: string, error: unknown): Error {
  const { host, username, pathname } = new URL(adminUrl);
  const why = error instanceof Error ? error.message || error.name : String(error);
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return databaseUnusable(`${username}@${host}${pathname}`, why, remedyFor(code), error);
}

function remedyFor(code: string): string {
  if (/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ETIMEDOUT|CONNECT_TIMEOUT)$/.test(code))
    return "Start that server or correct the address";
  if (code.startsWith("28")) return "Correct the user or the password";
  if (code === "42501") return "Give the role CREATEDB and CREATEROLE";
  if (code === "3D000") return "Name a database that exists, such as /postgres";
  return "Correct the cause";
}
