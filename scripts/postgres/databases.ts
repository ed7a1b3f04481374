import postgres, { type Sql } from "postgres";
import { scramVerifier } from "./scram.ts";

/** Advisory lock of provisioning: roles and databases have no "create if not exists". */
const provisioning = 4_711_001;

/**
 * Creates each agency's role and database, both named like `motcua_civil_status`, or brings existing ones into that state.
 * The role may log in with the given password and is no superuser; only it (and the administrator) may connect.
 * Needs PostgreSQL 15 or newer and an administrator with CREATEDB and CREATEROLE; a superuser is not needed.
 * @param passwords agency name -> password, printable ASCII
 * @returns agency name -> connection URL on the administrator's host and port
 */
export async function provisionDatabases(
  adminUrl: string,
  names: readonly string[],
  passwords: Record<string, string>,
): Promise<Record<string, string>> {
  const urls: Record<string, string> = {};
  await asAdministrator(adminUrl, async (sql) => {
    await sql`select pg_advisory_lock(${provisioning})`;
    for (const name of names) {
      const password = passwords[name];
      if (!password) throw new Error(`No password was given for the database of ${name}`);
      const owner = databaseName(name);
      await provisionRole(sql, owner, password);
      await provisionDatabase(sql, owner);
      urls[name] = connectionUrl(adminUrl, owner, password);
    }
  });
  return urls;
}

/** Name of an agency's database and role: `civil-status` -> `motcua_civil_status`. */
export function databaseName(agency: string): string {
  if (!/^[a-z][a-z0-9-]{0,40}$/.test(agency)) throw new Error(`"${agency}" is no agency name`);
  return `motcua_${agency.replaceAll("-", "_")}`;
}

/** Drops databases that exist, ending their sessions. */
export async function dropDatabases(adminUrl: string, names: readonly string[]): Promise<void> {
  await asAdministrator(adminUrl, async (sql) => {
    for (const name of names) await sql`drop database if exists ${sql(name)} with (force)`;
  });
}

/** A database to create with the content of `template`, which must have no connections meanwhile. */
export type Clone = { template: string; name: string; ownerRole: string };

/** Creates databases as copies of others. */
export async function cloneDatabases(adminUrl: string, clones: readonly Clone[]): Promise<void> {
  await asAdministrator(adminUrl, async (sql) => {
    for (const { template, name, ownerRole } of clones) {
      // half of the CPU of a copy through the WAL, on a server without fsync as all that clone have
      await sql`create database ${sql(name)} template ${sql(template)} owner ${sql(ownerRole)} strategy file_copy`;
      await closeToOthers(sql, name);
    }
  });
}

async function provisionRole(sql: Sql, role: string, password: string): Promise<void> {
  const [found] = await sql<{ rolsuper: boolean }[]>`select rolsuper from pg_roles where rolname = ${role}`;
  if (found?.rolsuper) throw new Error(`The role ${role} is a superuser; an agency must not be. Rename or alter it.`);
  const command = found ? "alter" : "create";
  await sql.unsafe(`${command} role ${role} login password '${scramVerifier(password)}'`);
  const [admin] = await sql<{ rolsuper: boolean }[]>`select rolsuper from pg_roles where rolname = current_user`;
  // since PostgreSQL 16 the creator of a role may not own a database in its name without this grant
  if (!admin?.rolsuper) await sql`grant ${sql(role)} to current_user`;
}

async function provisionDatabase(sql: Sql, owner: string): Promise<void> {
  const [found] = await sql<{ owner: string }[]>`
    select pg_get_userbyid(datdba) as owner from pg_database where datname = ${owner}`;
  if (!found) {
    await sql.unsafe(`create database ${owner} owner ${owner} template template0 encoding 'UTF8' ${await locale(sql)}`);
  } else if (found.owner !== owner) await sql`alter database ${sql(owner)} owner to ${sql(owner)}`;
  await closeToOthers(sql, owner);
}

/** Built-in locale, the same on every host. Versions before 17 lack it and use the server's own. */
async function locale(sql: Sql): Promise<string> {
  const [server] = await sql<{ version: number }[]>`select current_setting('server_version_num')::int as version`;
  return (server?.version ?? 0) >= 170_000 ? "locale_provider builtin builtin_locale 'C.UTF-8' locale 'C'" : "";
}

async function closeToOthers(sql: Sql, database: string): Promise<void> {
  await sql`revoke connect, temporary on database ${sql(database)} from public`;
  // without the right to revoke PostgreSQL only warns
  const [left] = await sql<{ open: boolean }[]>`
    select has_database_privilege('public', ${database}, 'connect') as open`;
  if (left?.open) throw new Error(`The database ${database} could not be closed to the other agencies' roles`);
}

function connectionUrl(adminUrl: string, role: string, password: string): string {
  const url = new URL(adminUrl);
  url.username = role;
  url.password = encodeURIComponent(password);
  url.pathname = `/${role}`;
  return url.href;
}

async function asAdministrator(adminUrl: string, work: (sql: Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(adminUrl, {
    max: 1,
    connect_timeout: 10,
    fetch_types: false,
    onnotice: () => {},
  });
  try {
    await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
