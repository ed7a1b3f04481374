import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type BuildOptions, buildSync } from "esbuild";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import options from "../../../.esbuild.json";
import { demoState } from "../../../subgraphs/_shared/demo/demo-state.ts";
import { packJson } from "../../../subgraphs/_shared/registers/packed-json.ts";
import { environmentName, subgraphs } from "../../../subgraphs/agency-registry.ts";
import { aFamily } from "../../given.ts";
import { bearer } from "../../kit/ask-agency.ts";
import { serial } from "../../kit/serial-numbers.ts";
import { sharedWorld, TODAY } from "../../world.ts";

const OFFICE = "31471";
/** The desk of the world has no workers: the processes that are killed are the only ones. */
const world = sharedWorld({ "one-stop": { SAGA_CONCURRENCY: "0" } });
const bundle = resolve("node_modules", ".cache", `motcua-reminders-${process.pid}`);
const running = new Set<ChildProcess>();

beforeAll(() => {
  buildSync({ ...(options as BuildOptions), entryPoints: ["subgraphs/main.ts"], outbase: ".", outdir: bundle });
  mkdirSync(failpoints(), { recursive: true });
});
afterEach(() => {
  for (const each of running) each.kill("SIGKILL");
  running.clear();
});
afterAll(() => rmSync(bundle, { recursive: true, force: true }));

/** Demo state of the processes: on each of their days, which the workers of the world do not reach, the entries are swept anew. */
let clock: string;
function tomorrow(): void {
  const day = serial("day of a sweep") + 1;
  clock = join(world.current.data, `demo-${day}`);
  demoState(clock).setClockOffsetMs(Date.parse(TODAY) + day * 86_400_000 - Date.now());
}

const failpoints = () => join(world.current.data, "failpoints");

/** An agency as a process of its own, beside the one that the world serves. All confirmations of the marital status are due there. */
function start(agency: "one-stop" | "civil-status"): ChildProcess {
  const { data, databaseUrls, agencies } = world.current;
  const { NODE_ENV: _test, ...inherited } = process.env;
  const urls = subgraphs.map(({ name }) => [
    `SUBGRAPH_URL_${environmentName(name)}`,
    `http://127.0.0.1:${agencies.ports[name]}/graphql`,
  ]);
  const child = spawn(process.execPath, [join(bundle, "subgraphs", "main.js"), agency], {
    stdio: "ignore",
    env: {
      ...{ ...inherited, ...Object.fromEntries(urls), DATABASE_URL: databaseUrls[agency], PORT: "0" },
      ...{ MOTCUA_DATA: data, MOTCUA_DEMO_DIR: clock, LOG_LEVEL: "fatal", DATABASE_POOL: "3" },
      ...{ FAILPOINTS_DIR: failpoints(), MESSAGE_QUIET_HOURS: "off", REMINDER_LEAD_DAYS: "183" },
      ...{ REMINDER_POLL_MS: "50", SAGA_POLL_MS: "50", SAGA_LEASE_MS: "4000", DELIVERY_TIMEOUT_MS: "2000" },
    },
  });
  running.add(child);
  return child;
}

async function killed(child: ChildProcess): Promise<void> {
  const [, signal] = child.signalCode ? [null, child.signalCode] : await once(child, "exit");
  expect(signal).toBe("SIGKILL");
  running.delete(child);
}

/** A person whose marital status is confirmed, and who has left a phone with a dossier that is at its end. */
async function aConfirmedPerson(): Promise<string> {
  const { personalId, fullName, dateOfBirth, ethnicity, nationality } = aFamily().mother;
  const person = { personalId, fullName, dateOfBirth, ethnicity, nationality };
  const input = {
    person: { ...person, residence: { line: "Ấp mẫu 1", commune: OFFICE } },
    ...{ status: "NEVER_MARRIED", purpose: "Để mua nhà mẫu", ground: "Tờ khai mẫu" },
  };
  const { data } = await world.current.ask(
    bearer("registrar", { office: OFFICE, agency: "CIVIL_STATUS" }),
    `mutation ($input: MaritalConfirmationInput!, $key: String!) {
      confirmMaritalStatus(input: $input, idempotencyKey: $key) { problems { code path } } }`,
    { input, key: randomUUID() },
  );
  expect(data.confirmMaritalStatus.problems).toEqual([]);
  const sql = world.current.sql("one-stop");
  const n = serial("dossier of a reminder");
  const [row] = await sql<{ id: string }[]>`
    insert into dossiers (id, code, owner, idempotency_key, body_hash, commune_list, office, province, channel, definition_id,
      definition_version, procedure_code, state, outcome, returns_at_once, received_at, due_at, updated_at, applicant_name,
      applicant_personal_id, parties)
    values (gen_random_uuid(), ${`H13.1-261123-9${n}`}, 'o', ${`reminded ${n}`}, gen_random_uuid(), '2025-07-01', ${OFFICE}, '92', 'DESK',
      'birth', 1, '2.000986', 'COMPLETED', 'GRANTED', false, now(), now(), now(), ${fullName}, ${personalId}, ${personalId}) returning id`;
  const request = packJson({ declarant: { fullName, personalId, phone: "0912345678", email: null } });
  await sql`insert into requests (dossier_id, request) values (${row?.id ?? ""}, ${request})`;
  return personalId;
}

/** Messages of the reminders of a person, and the files of the spool among them. */
async function told(personalId: string): Promise<{ messages: string[]; sent: string[] }> {
  const rows = await world.current.sql("one-stop")<{ id: string }[]>`
    select m.id from messages m join expiry_reminders r on r.id = m.reminder_id where r.holder = ${personalId}`;
  const folder = join(world.current.data, "messages");
  const messages = rows.map(({ id }) => id);
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
  const sent = files.filter((name) => {
    const { kind } = JSON.parse(readFileSync(join(folder, name), "utf8"));
    return kind === "EXPIRY_REMINDER" && messages.includes(name.replace(".json", ""));
  });
  return { messages, sent };
}

async function expectToldOnce(personalId: string): Promise<void> {
  const delivered = () => world.current.sql("one-stop")`
    select d.state from message_deliveries d join messages m on m.id = d.message_id join expiry_reminders r on r.id = m.reminder_id
     where r.holder = ${personalId}`;
  await expect.poll(async () => [...(await delivered())], { timeout: 30_000 }).toEqual([{ state: "SENT" }]);
  const { messages, sent } = await told(personalId);
  expect(sent).toEqual(messages.map((id) => `${id}.json`));
  expect(messages).toHaveLength(1);
}

const found = async (personalId: string): Promise<number> => {
  const rows = await world.current.sql("civil-status")`
    select from expiry_reminders r join marital_confirmations c on c.id = r.entry_id where c.person_key = ${personalId}`;
  return rows.length;
};

test.each(["expiry_reminders", "reminder_sweeps"])(
  "a worker that is killed while it writes %s is followed by one that finds each entry once",
  async (table) => {
    const personalId = await aConfirmedPerson();
    tomorrow();
    const sql = world.current.sql("civil-status");
    const waiting = async () =>
      (await sql`select from pg_locks where relation = ${table}::regclass and not granted`).length;
    await sql.begin(async (tx) => {
      await tx`lock table ${tx(table)} in share mode`;
      const worker = start("civil-status");
      await expect.poll(waiting, { timeout: 30_000 }).toBe(1);
      worker.kill("SIGKILL");
      await killed(worker);
    });
    const sweeping = () => sql`select from pg_locks where locktype = 'advisory' and objid = 4105001`;
    await expect.poll(async () => (await sweeping()).length, { timeout: 30_000 }).toBe(0);
    expect(await found(personalId)).toBe(0);
    start("civil-status");
    await expect.poll(() => found(personalId), { timeout: 30_000 }).toBe(1);
    start("one-stop");
    await expectToldOnce(personalId);
  },
);

test.each([
  ...["before-commit.REMINDERS", "after-commit.REMINDERS"],
  ...["before-call.MESSAGE", "after-call.MESSAGE", "after-commit.MESSAGE"],
])("a desk that is killed at %s is followed by one that tells each reminder once", async (boundary) => {
  const personalId = await aConfirmedPerson();
  tomorrow();
  start("civil-status");
  await expect.poll(() => found(personalId), { timeout: 30_000 }).toBe(1);
  writeFileSync(join(failpoints(), boundary), "kill");
  await killed(start("one-stop"));
  start("one-stop");
  await expectToldOnce(personalId);
});
