import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type BuildOptions, buildSync } from "esbuild";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import options from "../../../.esbuild.json";
import { type MailServer, serveMail } from "./mail-server.ts";
import { messageDesk } from "./message-desk.ts";
import { type SmsCentre, serveSms } from "./sms-centre.ts";

const MOMENTS = ["before-call", "after-call", "after-commit"] as const;
const CHANNELS = ["spool", "smtp", "smpp"] as const;
type Channel = (typeof CHANNELS)[number];
const bundle = resolve("node_modules", ".cache", `motcua-messages-${process.pid}`);
const running = new Set<ChildProcess>();
let [server, centre]: [MailServer?, SmsCentre?] = [];
let data: string;

beforeAll(async () => {
  buildSync({ ...(options as BuildOptions), entryPoints: ["subgraphs/main.ts"], outbase: ".", outdir: bundle });
  [server, centre] = await Promise.all([serveMail(), serveSms("motcua", "secret")]);
});
afterEach(() => {
  for (const each of running) each.kill("SIGKILL");
  running.clear();
  rmSync(data, { recursive: true, force: true });
});
afterAll(async () => {
  await Promise.all([server?.goAway(), centre?.goAway()]);
  rmSync(bundle, { recursive: true, force: true });
});

/** The desk as a process of its own. */
function startDesk(database: string, channel: Channel): ChildProcess {
  const { NODE_ENV: _test, ...inherited } = process.env;
  const child = spawn(process.execPath, [join(bundle, "subgraphs", "main.js"), "one-stop"], {
    stdio: "ignore",
    env: {
      ...{ ...inherited, DATABASE_URL: database, PORT: "0", MOTCUA_DATA: data, LOG_LEVEL: "fatal", DATABASE_POOL: "3" },
      ...{ FAILPOINTS_DIR: join(data, "failpoints"), MESSAGE_CHANNELS: channel, MESSAGE_QUIET_HOURS: "off" },
      ...{ SAGA_POLL_MS: "50", DELIVERY_TIMEOUT_MS: "300", SAGA_LEASE_MS: "500" },
      ...{ SMTP_URL: server?.url, SMTP_FROM: "a@example.test", SMTP_TLS: "off" },
      ...{ SMPP_URL: centre?.url, SMPP_SYSTEM_ID: "motcua", SMPP_PASSWORD: "secret", SMPP_SENDER: "84123" },
    },
  });
  running.add(child);
  return child;
}

/** Messages that arrived by a channel, each with the mark by which a receiver recognises a repeated one. */
function arrived(channel: Channel): string[] {
  if (channel === "spool") return readdirSync(join(data, "messages")).map((name) => name.replace(".json", ""));
  if (channel === "smtp") return (server?.mails ?? []).map(({ messageId }) => messageId.slice(1, 37));
  return (centre?.received ?? []).map(({ reference }) => String(reference));
}

const desk = messageDesk(CHANNELS, "served");

const failpointOf = (name: string) => writeFileSync(join(data, "failpoints", name), "kill");

/** Empties data directory and receivers. */
function prepare(): void {
  data = mkdtempSync(join(tmpdir(), "motcua-crash-"));
  mkdirSync(join(data, "failpoints"));
  if (server) server.mails = [];
  if (centre) centre.received = [];
}

it.each(CHANNELS.flatMap((channel) => MOMENTS.map((moment) => [channel, moment] as const)))(
  "a process that is killed at its call of %s, %s, loses no message, and doubles none that its receiver does not recognise",
  async (channel, moment) => {
    prepare();
    failpointOf(`${moment}.MESSAGE`);
    const id = await desk.told(await desk.dossier(), "RECEIVED");
    await desk.sql`delete from message_deliveries where message_id = ${id} and route <> ${channel}`;
    const [, signal] = await once(startDesk(desk.url, channel), "exit");
    expect(signal).toBe("SIGKILL");
    startDesk(desk.url, channel);
    await expect.poll(async () => (await desk.delivery(id, channel)).state, { timeout: 20_000 }).toBe("SENT");
    const marks = arrived(channel);
    expect(new Set(marks).size).toBe(1);
    // between the acceptance and its record alone a message is sent again; a file is replaced
    expect(marks).toHaveLength(channel !== "spool" && moment === "after-call" ? 2 : 1);
    if (channel !== "smpp") expect(marks).toContain(id);
  },
);

it.each(["before-commit", "after-commit"])(
  "a process that is killed %s of the messages that it makes from the stream makes and sends each once",
  async (moment) => {
    prepare();
    const begin = async () => (await desk.sql`select 1 from change_consumers where name = 'messages'`).length;
    const killed = startDesk(desk.url, "spool");
    await expect.poll(begin, { timeout: 20_000 }).toBe(1);
    failpointOf(`${moment}.messages`);
    const dossiers = [await desk.dossier(), await desk.dossier()];
    for (const each of dossiers) await desk.changed(each, "RECEIVED");
    const [, signal] = await once(killed, "exit");
    expect(signal).toBe("SIGKILL");
    startDesk(desk.url, "spool");
    const sent = () =>
      desk.sql<{ id: string; state: string }[]>`
        select d.message_id as id, d.state from message_deliveries d where d.dossier_id in ${desk.sql(dossiers)}`;
    await expect
      .poll(async () => (await sent()).map(({ state }) => state), { timeout: 20_000 })
      .toEqual(["SENT", "SENT"]);
    expect(arrived("spool").sort()).toEqual((await sent()).map(({ id }) => id).sort());
  },
);
