import { cpSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import postgres from "postgres";
import { waitUntil } from "../../../scripts/campaign/wait-until.ts";
import { startPostgres } from "../../../scripts/postgres/launcher.ts";
import { homeOf, scratchDirectory } from "../../operations/postgres-scratch.ts";

/** A PostgreSQL that replicates to a standby by streaming. */
export type PrimaryAndStandby = {
  primaryUrl: string;
  /** Kills every process of the primary by SIGKILL. */
  killPrimary(): Promise<void>;
  /** Ends the standby: it lags from now on. */
  stopStandby(): Promise<void>;
  /** Makes the standby, with what it has received, the primary. @returns its URL */
  promote(): Promise<string>;
};

/** Starts both on a copy of one new cluster. `SYNCHRONOUS`: a commit is acknowledged when the standby has it. */
export async function primaryAndStandby(mode: "SYNCHRONOUS" | "ASYNCHRONOUS"): Promise<PrimaryAndStandby> {
  const [directory, copy] = [await scratchDirectory(), await scratchDirectory()];
  const settings = { shared_buffers: "32MB", max_connections: "40" };
  await (await startPostgres({ directory, settings })).stop();
  rmSync(copy, { recursive: true });
  cpSync(homeOf(directory), copy, { recursive: true });
  rmSync(join(copy, "port"), { force: true });
  writeFileSync(join(copy, "cluster", "standby.signal"), "");
  const primary = await startPostgres({ directory, settings });
  const { hostname, port, username, password } = new URL(primary.adminUrl);
  const follow = `host=${hostname} port=${port} user=${username} password=${password} application_name=standby`;
  let standby = await startPostgres({ directory: copy, settings: { ...settings, primary_conninfo: follow } });
  const sql = postgres(primary.adminUrl, { max: 1, onnotice: () => {} });
  const streams = async () => (await sql`select 1 from pg_stat_replication where state = 'streaming'`).length > 0;
  await waitUntil("the standby streams", streams);
  if (mode === "SYNCHRONOUS") {
    await sql`alter system set synchronous_standby_names = 'standby'`;
    await sql`select pg_reload_conf()`;
    await waitUntil("the standby is synchronous", async () => {
      const [row] = await sql<{ sync_state: string }[]>`select sync_state from pg_stat_replication`;
      return row?.sync_state === "sync";
    });
  }
  await sql.end();
  return {
    primaryUrl: primary.adminUrl,
    async killPrimary() {
      process.kill(primary.pid, "SIGKILL"); // its other processes end when they notice it
      await primary.exited;
    },
    stopStandby: () => standby.stop(),
    async promote() {
      standby = await startPostgres({ directory: copy, settings }); // the running one, unless it was stopped
      const admin = postgres(standby.adminUrl, { max: 1, onnotice: () => {} });
      await admin`select pg_promote()`;
      await admin.end();
      return standby.adminUrl;
    },
  };
}
