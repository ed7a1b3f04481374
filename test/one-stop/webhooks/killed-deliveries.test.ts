import { sql as condition } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { waitUntil } from "../../../scripts/campaign/wait-until.ts";
import { seededRandom } from "../../../subgraphs/_shared/demo/population-random.ts";
import { afterRow } from "../../../subgraphs/one-stop/changes/position.ts";
import { readChanges } from "../../../subgraphs/one-stop/changes/read-changes.ts";
import { settleChanges } from "../../../subgraphs/one-stop/changes/settle-changes.ts";
import { type ChangingDossiers, changingDossiers } from "../changes/changing-dossiers.ts";
import { killedPrograms } from "../changes/killed-programs.ts";
import { hastenedDeliveries } from "./hastened-deliveries.ts";
import { isValid, type Receiver, serveReceiver, status } from "./receiver.ts";

const programs = killedPrograms("test", "one-stop", "webhooks", "webhook-program.ts");
const SECRET = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const POINTS = [
  "before-call.WEBHOOK",
  "after-call.WEBHOOK",
  "after-commit.WEBHOOK",
  "before-commit.webhooks",
  "after-commit.webhooks",
] as const;
let database: ChangingDossiers;
let receiver: Receiver;

beforeAll(async () => {
  database = await changingDossiers();
  receiver = await serveReceiver();
});
afterAll(async () => {
  await receiver.close();
  await database.drop();
});

async function createWebhook(id: string, path: string): Promise<void> {
  await database.admin`
    insert into webhooks (id, url, reach_province, owner, idempotency_key, body_hash, created_at)
    values (${id}, ${receiver.url + path}, '92', 'portal', ${path}, '', now())`;
  await database.admin`
    insert into webhook_secrets (webhook_id, secret, idempotency_key) values (${id}, ${SECRET}, ${path})`;
}

/** Cursors of all changes after a row, with their dossiers, in the order of the stream. */
async function changesAfter(row: number): Promise<number[]> {
  await settleChanges(database.admin);
  const [stream] = await database.admin<{ settled: string }[]>`select settled from change_stream`;
  const question = { wanted: condition`true`, from: afterRow(row), settled: Number(stream?.settled), first: 100_000 };
  const { nodes } = await readChanges(drizzle(database.admin), question);
  return nodes.map(({ position }) => position.row + position.place);
}

test("processes that are killed between sending and recording lose no change at receivers that fail, and keep the order of each dossier", async () => {
  const random = seededRandom(1);
  receiver.answer("/frail", (request, response) => {
    const fate = random.below(8);
    if (fate === 0) request.socket.destroy();
    else if (fate === 1) response.writeHead(500).end();
    else if (fate > 2)
      response.writeHead(204).end(); // 2: no answer
    else setTimeout(() => response.writeHead(204).end(), 600).unref();
  });
  receiver.answer("/sound", status(204));
  const stops = [1, 2].map(() => programs.keepRunning({ DATABASE_URL: database.url }));
  await waitUntil("the consumer begins", async () => (await database.admin`select 1 from change_consumers`).length > 0);
  const [position] = await database.admin<{ row: string }[]>`select row from change_consumers`;
  await createWebhook("019ac000-0000-7000-8000-00000000000a", "/frail");
  await createWebhook("019ac000-0000-7000-8000-00000000000b", "/sound");
  const hastened = hastenedDeliveries(database.admin);
  for (let n = 0; n < POINTS.length * 2; n++) {
    const point = POINTS[n % POINTS.length] ?? POINTS[0];
    programs.failpoints.arm(point, "kill");
    await Promise.all([database.write(10 * n, 4), database.write(10 * n + 1, 4)]);
    await programs.failpoints.fired(point);
  }
  const wanted = await changesAfter(Number(position?.row));
  const delivered = async () =>
    Number((await database.admin`select count(*) as n from webhook_deliveries where state = 'DELIVERED'`)[0]?.n);
  await waitUntil("all are delivered", async () => (await delivered()) >= wanted.length * 2, 60);
  await hastened.stop();
  await Promise.all(stops.map((stop) => stop()));
  for (const path of ["/frail", "/sound"]) {
    const events = receiver.eventsAt(path);
    const firsts = events.filter(({ id }, at) => events.findIndex((event) => event.id === id) === at);
    expect(new Set(events.map(({ sequence }) => Number(sequence)))).toEqual(new Set(wanted));
    expect(firsts).toHaveLength(wanted.length); // one id for each change, however often it was sent
    for (const code of new Set(firsts.map(({ subject }) => subject))) {
      const order = firsts.filter(({ subject }) => subject === code).map(({ sequence }) => Number(sequence));
      expect(order).toEqual([...order].sort((one, other) => one - other));
    }
  }
  expect(receiver.received.every((each) => isValid(each, SECRET))).toBe(true);
  expect(receiver.received.length).toBeGreaterThan(wanted.length * 2); // some were sent twice
}, 180_000);
