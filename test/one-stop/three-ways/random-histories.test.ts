import { afterAll, beforeAll, expect, it } from "vitest";
import type { Failpoint } from "../../../scripts/campaign/armed-failpoints.ts";
import { waitUntil } from "../../../scripts/campaign/wait-until.ts";
import { FAULTS } from "../../../scripts/national-portal/faults.ts";
import { type PortalStandIn, serveNationalPortal } from "../../../scripts/national-portal/stand-in.ts";
import { reconcilePortal } from "../../../subgraphs/one-stop/national-portal/reconcile-portal.ts";
import { killedPrograms } from "../changes/killed-programs.ts";
import { wholeFeed } from "../changes/whole-feed.ts";
import { contextOf } from "../national-portal/delivering.ts";
import { ACCOUNT } from "../national-portal/portal-account.ts";
import { seeded, type WrittenHistories, writtenHistories } from "../national-portal/written-histories.ts";
import { hastenedDeliveries } from "../webhooks/hastened-deliveries.ts";
import { type Receiver, serveReceiver } from "../webhooks/receiver.ts";
import { type FailingReceiver, failingReceiver, RECEIVER_FAULTS } from "./failing-receiver.ts";
import { byDossier, expectPortalEqual, expectWebhookEqual } from "./views.ts";

/** Number of histories, 10,000 at night. */
const HISTORIES = Number(process.env.HISTORIES || 100);
const SEED = Number(process.env.HISTORIES_SEED || 1);
const CHANGES_AT_ONCE = 8;
const SECRET = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
/** Faults of the portal while the histories are written; the others need a person. */
const WEATHER = FAULTS.filter((fault) => fault !== "LENIENT" && fault !== "REFUSES");
/** Boundaries at which a process is killed, those of the portal's and of the webhooks' deliveries. */
const BOUNDARIES: readonly Failpoint[] = [
  ...(["before-call.PORTAL", "after-call.PORTAL", "before-commit.PORTAL", "after-commit.PORTAL"] as const),
  ...(["before-commit.NATIONAL_PORTAL", "after-commit.NATIONAL_PORTAL"] as const),
  ...(["before-call.WEBHOOK", "after-call.WEBHOOK", "after-commit.WEBHOOK"] as const),
  ...(["before-commit.webhooks", "after-commit.webhooks"] as const),
];
const ROUNDS_BETWEEN_KILLS = Math.max(4, HISTORIES / 40);

const programs = killedPrograms("test", "one-stop", "three-ways", "three-ways-program.ts");
let desk: WrittenHistories;
let portal: PortalStandIn;
let receiver: Receiver;
let failing: FailingReceiver;
beforeAll(async () => {
  desk = await writtenHistories();
  portal = await serveNationalPortal({ port: 0, ...ACCOUNT });
  receiver = await serveReceiver();
  failing = failingReceiver(receiver, "/hook", SECRET);
});
afterAll(async () => {
  await receiver?.close();
  await portal?.close();
  await desk?.drop();
});

async function createWebhook(): Promise<void> {
  const id = "019ac000-0000-7000-8000-00000000000a";
  await desk.sql`
    insert into webhooks (id, url, reach_province, owner, idempotency_key, body_hash, created_at)
    values (${id}, ${`${receiver.url}/hook`}, '92', 'portal', 'key', '', now())`;
  await desk.sql`insert into webhook_secrets (webhook_id, secret, idempotency_key) values (${id}, ${SECRET}, 'key')`;
}

/** Changes all dossiers until every one has ended or has had twelve changes, with faults of all sides in between. */
async function writeHistories(): Promise<void> {
  const weather = seeded(SEED);
  const any = <T>(all: readonly T[]): T | undefined => all[Math.floor(weather() * all.length)];
  const open = Array.from({ length: HISTORIES }, (_, n) => ({ n, left: 12, random: seeded(SEED * 1_000_003 + n) }));
  for (let round = 0; open.length > 0; round++) {
    const some = [...new Set(Array.from({ length: CHANGES_AT_ONCE }, () => any(open)))].filter((each) => !!each);
    for (const each of some) each.left -= 1;
    const changed = await Promise.all(some.map(({ n, random }) => desk.change(n, random)));
    for (const [place, each] of some.entries())
      if (!changed[place] || each.left <= 0) open.splice(open.indexOf(each), 1);
    const fault = any(WEATHER);
    if (fault && weather() < 0.1) portal.faults.set(fault, 1 + Math.floor(weather() * 10));
    if (weather() < 0.04) portal.endSessions();
    const strike = any(RECEIVER_FAULTS);
    if (strike && weather() < 0.1) failing.set(strike, 1 + Math.floor(weather() * 10));
    const boundary = BOUNDARIES[Math.floor(round / ROUNDS_BETWEEN_KILLS) % BOUNDARIES.length];
    if (boundary && round % ROUNDS_BETWEEN_KILLS < 1) programs.failpoints.arm(boundary, "kill");
  }
  for (const fault of WEATHER) portal.faults.set(fault, 0);
  failing.set("AWAY", 0);
}

/** True when every consumer has taken the last change, and nothing is left to deliver. */
async function isDrained(): Promise<boolean> {
  const [row] = await desk.sql<{ drained: boolean }[]>`
    select (select min(row) from change_consumers) >= (select max(id) from history)
       and not exists (select 1 from portal_deliveries where next_attempt_at is not null or lease_until is not null)
       and not exists (select 1 from webhook_deliveries where state = 'PENDING') as drained`;
  return row?.drained === true;
}

/** Loses dossiers and steps at the portal, as a restore of an older copy does. */
function loseAtPortal(): void {
  const random = seeded(SEED + 1);
  for (let n = 0; n < HISTORIES; n++)
    if (random() < 0.3) portal.register.lose(desk.codeOf(n), random() < 0.2 ? undefined : 1 + Math.floor(random() * 3));
}

it(`feed, webhook and national portal have ${HISTORIES} random histories alike, whatever fails and is killed meanwhile`, {
  timeout: 120_000 + HISTORIES * 250,
}, async () => {
  const environment = { DATABASE_URL: desk.url, NATIONAL_PORTAL_URL: portal.url };
  const stops = [1, 2].map(() => programs.keepRunning(environment));
  await waitUntil("the consumers begin", async () => (await desk.sql`select 1 from change_consumers`).length === 2);
  await createWebhook();
  const hastened = hastenedDeliveries(desk.sql);
  await desk.receive(HISTORIES);
  await writeHistories();
  programs.failpoints.clear();
  await waitUntil("everything is delivered", isDrained, 60 + HISTORIES / 5);
  await hastened.stop();
  await Promise.all(stops.map((stop) => stop()));
  const feed = byDossier(await wholeFeed(desk.sql));
  expect(feed.size).toBe(HISTORIES);
  expectWebhookEqual(feed, failing.processed);
  expect(failing.unsigned()).toBe(0);
  expect(await desk.sql`select * from portal_deliveries where problem is not null`).toEqual([]);
  expectPortalEqual(feed, portal);
  loseAtPortal();
  const context = contextOf(desk.url, portal.url);
  const { findings } = await reconcilePortal(
    context,
    { dryRun: false, concurrency: 4 },
    { found() {}, progressed() {} },
  );
  await context.close();
  expect(findings).toMatchObject({ UNANSWERED: 0, PERSON: 0 });
  expectPortalEqual(feed, portal);
});
