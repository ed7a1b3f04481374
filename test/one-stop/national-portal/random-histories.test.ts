import { afterAll, beforeAll, expect, it } from "vitest";
import { waitUntil } from "../../../scripts/campaign/wait-until.ts";
import { FAULTS } from "../../../scripts/national-portal/faults.ts";
import { type PortalStandIn, serveNationalPortal } from "../../../scripts/national-portal/stand-in.ts";
import { delivering, portalState } from "./delivering.ts";
import { statusesOfFeed } from "./feed-and-portal.ts";
import { ACCOUNT } from "./portal-account.ts";
import { seeded, type WrittenHistories, writtenHistories } from "./written-histories.ts";

/** Number of histories, 10,000 at night. */
const HISTORIES = Number(process.env.PORTAL_HISTORIES ?? 200);
const SEED = Number(process.env.PORTAL_SEED ?? 1);
const CHANGES_AT_ONCE = 4;
/** Faults of the portal while the histories are written; the others need a person. */
const WEATHER = FAULTS.filter((fault) => fault !== "LENIENT" && fault !== "REFUSES");

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

/** Changes all dossiers until every one has ended or has had twelve changes, with faults of the portal in between. */
async function writeHistories(): Promise<void> {
  const weather = seeded(SEED);
  const open = Array.from({ length: HISTORIES }, (_, n) => ({ n, left: 12, random: seeded(SEED * 1_000_003 + n) }));
  while (open.length > 0) {
    const chosen = Array.from({ length: CHANGES_AT_ONCE }, () => open[Math.floor(weather() * open.length)]);
    const some = [...new Set(chosen)].filter((each) => each !== undefined);
    for (const each of some) each.left -= 1;
    const changed = await Promise.all(some.map(({ n, random }) => desk.change(n, random)));
    for (const [place, each] of some.entries())
      if (!changed[place] || each.left <= 0) open.splice(open.indexOf(each), 1);
    const fault = WEATHER[Math.floor(weather() * WEATHER.length)];
    if (fault && weather() < 0.05) portal.faults.set(fault, 1 + Math.floor(weather() * 10));
    if (weather() < 0.02) portal.endSessions();
  }
  for (const fault of WEATHER) portal.faults.set(fault, 0);
}

it(`${HISTORIES} random histories are at the portal as in the feed, in order and without a double, whatever the portal does meanwhile`, {
  timeout: 60_000 + HISTORIES * 100,
}, async () => {
  const processes = [1, 2].map(() => delivering(desk.url, portal.url, { NATIONAL_PORTAL_CONCURRENCY: "8" }));
  await waitUntil("the consumer begins", async () => (await desk.sql`select 1 from change_consumers`).length > 0);
  await desk.receive(HISTORIES);
  await writeHistories();
  const feed = await statusesOfFeed(desk.sql);
  const isLeft = async () => {
    const [last] = await desk.sql<{ row: string }[]>`select max(id) as row from history`;
    const [{ left, taken } = {}] = await desk.sql<{ left: number; taken: string }[]>`
      select count(*) filter (where next_attempt_at is not null or lease_until is not null)::int as left, max(taken_row) as taken
        from portal_deliveries`;
    return left !== 0 || taken !== last?.row;
  };
  await waitUntil("everything is delivered", async () => !(await isLeft()), 60 + HISTORIES / 20);
  await Promise.all(processes.map(({ stop }) => stop()));
  expect(await desk.sql`select * from portal_deliveries where problem is not null`).toEqual([]);
  expect(feed.size).toBe(HISTORIES);
  for (const [code, statuses] of feed)
    expect([code, portalState(portal, code)]).toEqual([code, { status: statuses.at(-1), steps: statuses }]);
  expect(portal.register.all()).toHaveLength(HISTORIES);
});
