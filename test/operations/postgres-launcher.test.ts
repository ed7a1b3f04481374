import {
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findBinaryPackage } from "../../scripts/postgres/binaries.ts";
import { startPostgres } from "../../scripts/postgres/launcher.ts";
import { processState } from "../../scripts/postgres/lockfile.ts";
import {
  cleanUpAfterEachTest,
  connected,
  homeOf,
  scratchDirectory,
  startInOtherProcess,
  until,
} from "./postgres-scratch.ts";

cleanUpAfterEachTest();

const writeRow = (url: string) => connected(url, (sql) => sql`create table kept as select 'Đặng Thị Ánh' as name`);
const readRow = (url: string) =>
  connected(url, async (sql) => (await sql<{ name: string }[]>`select lower(name) as name from kept`)[0]?.name);

describe("a start", () => {
  test("a first start of PostgreSQL creates a durable UTF-8 cluster that listens on the loopback only and requires a password", async () => {
    const directory = await scratchDirectory();
    const { adminUrl, adopted } = await startPostgres({
      directory,
      settings: { work_mem: "5MB" },
    });
    const settings = await connected(adminUrl, async (sql) => {
      const rows = await sql<{ name: string; setting: string }[]>`select name, setting from pg_settings`;
      return Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
    });
    expect(settings).toMatchObject({
      fsync: "on",
      synchronous_commit: "on",
      listen_addresses: "127.0.0.1",
      unix_socket_directories: "",
      max_connections: "300",
      server_encoding: "UTF8",
      TimeZone: "UTC",
      work_mem: "5120",
      password_encryption: "scram-sha-256",
    });
    expect(adopted).toBe(false);
    expect(statSync(join(homeOf(directory), "password")).mode & 0o777).toBe(0o600);
    const guessed = adminUrl.replace(/:[^:@]+@/, ":guessed@");
    await expect(connected(guessed, (sql) => sql`select 1`)).rejects.toThrow("password authentication failed");
  });

  test("a start of PostgreSQL after a stop finds its data and its port again", async () => {
    const directory = await scratchDirectory();
    const first = await startPostgres({ directory });
    await writeRow(first.adminUrl);
    await first.stop();
    await first.exited;
    const second = await startPostgres({ directory });
    expect(second.adminUrl).toBe(first.adminUrl);
    expect(await readRow(second.adminUrl)).toBe("đặng thị ánh");
  });

  test("two concurrent starts on an empty folder create one server, which the second adopts", async () => {
    const directory = await scratchDirectory();
    const both = await Promise.all([startPostgres({ directory }), startPostgres({ directory })]);
    expect(both[0].pid).toBe(both[1].pid);
    expect(both.map(({ adopted }) => adopted).sort()).toEqual([false, true]);
    expect(await connected(both[1].adminUrl, async (sql) => (await sql`select 1`).length)).toBe(1);
  });

  test("a start of PostgreSQL rotates a log of more than 20 MB, and the log holds no value of a failed statement", async () => {
    const directory = await scratchDirectory();
    writeFileSync(join(directory, "postgres.log"), "");
    truncateSync(join(directory, "postgres.log"), 21 * 1024 * 1024);
    const { adminUrl } = await startPostgres({ directory });
    await connected(adminUrl, async (sql) => {
      await sql`create table people (number text primary key)`;
      const twice = sql`insert into people values ('001299000001'), ('001299000001')`;
      await expect(twice).rejects.toThrow("duplicate key");
    });
    expect(statSync(join(directory, "postgres.log.1")).size).toBeGreaterThan(20_000_000);
    const log = readFileSync(join(directory, "postgres.log"), "utf8");
    expect(log).toContain("duplicate key");
    expect(log).not.toContain("001299000001");
  });
});

describe("a start survives", () => {
  test("a start adopts the PostgreSQL server whose starting process was killed", async () => {
    const directory = await scratchDirectory();
    const other = startInOtherProcess(directory);
    const pid = await other.pid;
    other.node.kill("SIGKILL");
    const adopted = await startPostgres({ directory });
    expect(adopted).toMatchObject({ pid, adopted: true });
    await adopted.stop();
    await adopted.exited;
    expect(processState(pid)).not.toBe("postgres");
  });

  test("after PostgreSQL is killed its supervisor is notified and the next start recovers", async () => {
    const directory = await scratchDirectory();
    const first = await startPostgres({ directory });
    await writeRow(first.adminUrl);
    process.kill(first.pid, "SIGKILL");
    await first.exited;
    const second = await startPostgres({ directory });
    expect(second.adopted).toBe(false);
    expect(await readRow(second.adminUrl)).toBe("đặng thị ánh");
  });

  test("a start of PostgreSQL ignores a lock file whose process number belongs to another program", async () => {
    const directory = await scratchDirectory();
    const first = await startPostgres({ directory });
    const lock = join(homeOf(directory), "cluster", "postmaster.pid");
    const text = readFileSync(lock, "utf8");
    await first.stop();
    writeFileSync(lock, text.replace(/^\d+/, String(process.pid)));
    expect(await startPostgres({ directory })).toMatchObject({
      adopted: false,
    });
  });

  test("a start of PostgreSQL recovers from a kill during the creation of the cluster", async () => {
    const directory = await scratchDirectory();
    const other = startInOtherProcess(directory);
    const leftovers = () => readdirSync(homeOf(directory)).filter((name) => name.startsWith("init-"));
    const begun = (name: string) => existsSync(join(homeOf(directory), name, "data", "PG_VERSION"));
    await until(() => leftovers().some(begun));
    other.node.kill("SIGKILL");
    await until(() => other.node.signalCode === "SIGKILL");
    expect(existsSync(join(homeOf(directory), "cluster"))).toBe(false);
    const { adminUrl } = await startPostgres({ directory });
    await writeRow(adminUrl);
    await startPostgres({ directory });
    expect(leftovers()).toEqual([]);
  });

  test("a start of PostgreSQL on a copied folder works while the server of the original runs", async () => {
    const [original, copy] = [await scratchDirectory(), await scratchDirectory()];
    const first = await startPostgres({ directory: original });
    await connected(first.adminUrl, (sql) => sql`checkpoint`);
    cpSync(original, copy, { recursive: true, verbatimSymlinks: true });
    const second = await startPostgres({ directory: copy });
    expect(second.adopted).toBe(false);
    expect(second.pid).not.toBe(first.pid);
    expect(second.adminUrl).not.toBe(first.adminUrl);
  });

  test("a start of PostgreSQL creates the library links that disabled install scripts left out", async () => {
    const directory = await scratchDirectory();
    const { folder, version } = findBinaryPackage();
    const bare = join(directory, "..", "package");
    cpSync(folder, bare, {
      recursive: true,
      filter: (path) => !lstatSync(path).isSymbolicLink(),
    });
    await startPostgres({ directory, binaries: { folder: bare, version } });
    expect(existsSync(join(homeOf(directory), `binaries-${version}`, "lib", "libicuuc.so.60"))).toBe(true);
  });
});
