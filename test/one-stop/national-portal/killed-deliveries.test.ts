import { afterAll, beforeAll, expect, test } from "vitest";
import type { Failpoint } from "../../../scripts/campaign/armed-failpoints.ts";
import { waitUntil } from "../../../scripts/campaign/wait-until.ts";
import { type PortalStandIn, serveNationalPortal } from "../../../scripts/national-portal/stand-in.ts";
import { killedPrograms } from "../changes/killed-programs.ts";
import { portalState } from "./delivering.ts";
import { statusesOfFeed } from "./feed-and-portal.ts";
import { ACCOUNT } from "./portal-account.ts";
import { type WrittenHistories, writtenHistories } from "./written-histories.ts";

const programs = killedPrograms("test", "one-stop", "national-portal", "delivery-program.ts");
const BOUNDARIES: readonly Failpoint[] = [
  ...(["before-call.PORTAL", "after-call.PORTAL", "before-commit.PORTAL", "after-commit.PORTAL"] as const),
  ...(["before-commit.NATIONAL_PORTAL", "after-commit.NATIONAL_PORTAL"] as const),
];
let desk: WrittenHistories;
let portal: PortalStandIn;

beforeAll(async () => {
  desk = await writtenHistories();
  portal = await serveNationalPortal({ port: 0, ...ACCOUNT });
});
afterAll(async () => {
  await portal?.close();
  await desk?.drop();
});

/** Delivers in a process that is started again whenever it has ended, until the returned function is called. */
function keepDelivering(): () => Promise<void> {
  return programs.keepRunning({ DATABASE_URL: desk.url, NATIONAL_PORTAL_URL: portal.url });
}

async function delivered(): Promise<void> {
  await waitUntil("everything is delivered", async () => {
    const [last] = await desk.sql<{ row: string }[]>`select max(id) as row from history`;
    const rows = await desk.sql<{ taken: string; left: boolean }[]>`
      select taken_row as taken, next_attempt_at is not null or lease_until is not null as left from portal_deliveries`;
    return rows.every(({ left }) => !left) && rows.some(({ taken }) => taken === last?.row);
  });
}

test("a process that is killed at each boundary of a delivery neither loses nor doubles a step", {
  timeout: 180_000,
}, async () => {
  const stop = keepDelivering();
  await waitUntil("the consumer begins", async () => (await desk.sql`select 1 from change_consumers`).length > 0);
  await desk.receive(BOUNDARIES.length * 2);
  await delivered();
  for (const [n, boundary] of [...BOUNDARIES, ...BOUNDARIES].entries()) {
    programs.failpoints.arm(boundary, "kill");
    await desk.process(n);
    await programs.failpoints.fired(boundary);
    await desk.process(n);
    await delivered();
    programs.failpoints.clear();
  }
  await stop();
  const feed = await statusesOfFeed(desk.sql);
  for (const [code, statuses] of feed)
    expect([code, portalState(portal, code)]).toEqual([code, { status: statuses.at(-1), steps: statuses }]);
});

test("a worker that is stalled in a call loses its lease; its late result changes nothing", {
  timeout: 60_000,
}, async () => {
  const stop = keepDelivering();
  programs.failpoints.arm("after-call.PORTAL", "hold");
  const n = BOUNDARIES.length * 2 - 1;
  const before = await desk.sql<{ token: string }[]>`
    select fencing_token as token from portal_deliveries where dossier_id = ${desk.idOf(n)}`;
  await desk.sql`update portal_deliveries set next_attempt_at = now() where dossier_id = ${desk.idOf(n)}`;
  await desk.sql`update dossiers set due_at = due_at + interval '1 day' where id = ${desk.idOf(n)}`;
  await programs.failpoints.fired("after-call.PORTAL");
  const other = keepDelivering();
  await delivered();
  programs.failpoints.release("after-call.PORTAL");
  await waitUntil("the lease was taken again", async () => {
    const [row] = await desk.sql<{ token: string }[]>`
      select fencing_token as token from portal_deliveries where dossier_id = ${desk.idOf(n)}`;
    return Number(row?.token) >= Number(before[0]?.token) + 2;
  });
  await Promise.all([stop(), other()]);
  const feed = await statusesOfFeed(desk.sql);
  expect(portalState(portal, desk.codeOf(n))?.steps).toEqual(feed.get(desk.codeOf(n)));
});
