import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cloneDatabases, databaseName, dropDatabases, provisionDatabases } from "../../scripts/postgres/databases.ts";
import { type RunningPostgres, startPostgres } from "../../scripts/postgres/launcher.ts";
import { connected, removeScratch, scratchDirectory } from "./postgres-scratch.ts";

const agencies = ["civil-status", "land"] as const;
const passwords = { "civil-status": "p@ss/w%rd:1#?", land: "other-secret" };

let server: RunningPostgres;
beforeAll(async () => {
  server = await startPostgres({ directory: await scratchDirectory() });
});
afterAll(removeScratch);

const provision = (adminUrl: string, given: Record<string, string> = passwords) =>
  provisionDatabases(adminUrl, agencies, given);

describe("provisioned databases", () => {
  test("a provisioned database belongs to its own role, which is no superuser and may create tables and extensions", async () => {
    const urls = await provision(server.adminUrl);
    const found = await connected(urls["civil-status"] ?? "", async (sql) => {
      await sql`create extension if not exists btree_gist`;
      await sql`create extension if not exists unaccent`;
      return sql`select current_user, current_database(), rolsuper, rolcreatedb, rolcreaterole, pg_encoding_to_char(encoding) as encoding
        from pg_roles, pg_database where rolname = current_user and datname = current_database()`;
    });
    expect([...found]).toEqual([
      {
        current_user: "motcua_civil_status",
        current_database: "motcua_civil_status",
        rolsuper: false,
        rolcreatedb: false,
        rolcreaterole: false,
        encoding: "UTF8",
      },
    ]);
  });

  test("a provisioned database lets no other agency's role connect", async () => {
    const urls = await provision(server.adminUrl);
    const foreign = new URL(urls.land ?? "");
    foreign.pathname = `/${databaseName("civil-status")}`;
    const refused = connected(foreign.href, (sql) => sql`select 1`);
    await expect(refused).rejects.toThrow('permission denied for database "motcua_civil_status"');
  });

  test("databases provisioned again, also by two programs at once, keep their rows and take the new password", async () => {
    const urls = await provision(server.adminUrl);
    await connected(urls.land ?? "", (sql) => sql`create table parcels as select 1 as number`);
    const changed = { ...passwords, land: "a-new-one" };
    const [again] = await Promise.all([provision(server.adminUrl, changed), provision(server.adminUrl, changed)]);
    expect(await connected(again.land ?? "", async (sql) => (await sql`select number from parcels`).length)).toBe(1);
    await expect(connected(urls.land ?? "", (sql) => sql`select 1`)).rejects.toThrow("password authentication failed");
  });

  test("a database is cloned with rows and owner, closed to the other agencies, and dropped even while in use", async () => {
    const urls = await provision(server.adminUrl);
    await connected(urls["civil-status"] ?? "", (sql) => sql`create table births as select 7 as number`);
    const owned = { template: "motcua_civil_status", ownerRole: "motcua_civil_status" };
    await cloneDatabases(server.adminUrl, [{ ...owned, name: "a_clone" }]);
    const [own, foreign] = [new URL(urls["civil-status"] ?? ""), new URL(urls.land ?? "")];
    own.pathname = foreign.pathname = "/a_clone";
    await expect(connected(foreign.href, (sql) => sql`select 1`)).rejects.toThrow("permission denied");
    await connected(own.href, async (sql) => {
      expect([...(await sql`insert into births values (8) returning number`)]).toEqual([{ number: 8 }]);
      await dropDatabases(server.adminUrl, ["a_clone"]);
    });
    await expect(connected(own.href, (sql) => sql`select 1`)).rejects.toThrow('"a_clone" does not exist');
  });

  test("provisioning requires an administrator who may create databases and roles, not a superuser", async () => {
    await connected(
      server.adminUrl,
      (sql) => sql`create role steward login createdb createrole password 'steward-secret'`,
    );
    const steward = new URL(server.adminUrl);
    [steward.username, steward.password] = ["steward", "steward-secret"];
    const given = { residence: "one", business: "two" };
    for (let time = 1; time <= 2; time++) await provisionDatabases(steward.href, ["residence", "business"], given);
    const owned = { template: "motcua_residence", ownerRole: "motcua_residence" };
    const clones = ["a_clone_too", "another"];
    await cloneDatabases(
      steward.href,
      clones.map((name) => ({ ...owned, name })),
    );
    await dropDatabases(steward.href, [...clones, "none_of_this_name"]);
    const urls = await provisionDatabases(steward.href, ["residence"], given);
    const made = connected(urls.residence ?? "", async (sql) => (await sql`create table households (id int)`).command);
    expect(await made).toBe("CREATE TABLE");
  });

  test("provisioning is refused for a superuser role, a missing password and an invalid name", async () => {
    await connected(server.adminUrl, (sql) => sql`create role motcua_tax superuser`);
    await expect(provisionDatabases(server.adminUrl, ["tax"], { tax: "secret" })).rejects.toThrow("is a superuser");
    await expect(provisionDatabases(server.adminUrl, ["customs"], {})).rejects.toThrow("No password was given");
    await expect(provisionDatabases(server.adminUrl, ["a;b"], { "a;b": "secret" })).rejects.toThrow("no agency name");
  });
});
