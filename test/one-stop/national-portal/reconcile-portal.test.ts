import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type PortalStandIn, serveNationalPortal } from "../../../scripts/national-portal/stand-in.ts";
import {
  type PortalFinding,
  type PortalOptions,
  portalExitCode,
  reconcilePortal,
} from "../../../subgraphs/one-stop/national-portal/reconcile-portal.ts";
import { contextOf, portalState } from "./delivering.ts";
import { statusesOfFeed } from "./feed-and-portal.ts";
import { ACCOUNT } from "./portal-account.ts";
import { seeded, type WrittenHistories, writtenHistories } from "./written-histories.ts";

const DOSSIERS = 6;
let desk: WrittenHistories;
let portal: PortalStandIn;
let context: ReturnType<typeof contextOf>;

beforeAll(async () => {
  desk = await writtenHistories();
  portal = await serveNationalPortal({ port: 0, ...ACCOUNT });
  context = contextOf(desk.url, portal.url);
  await desk.receive(DOSSIERS);
  const random = seeded(3);
  for (let n = 0; n < DOSSIERS; n++) for (let times = 0; times < 4; times++) await desk.change(n, random);
});
afterAll(async () => {
  await context?.close();
  await portal?.close();
  await desk?.drop();
});
beforeEach(async () => {
  await reconciled();
});

async function reconciled(options: Partial<PortalOptions> = {}) {
  const found: PortalFinding[] = [];
  const listener = { found: (finding: PortalFinding) => void found.push(finding), progressed: () => {} };
  const progress = await reconcilePortal(context, { dryRun: false, concurrency: 2, ...options }, listener);
  const lines = found.map(({ dossier, kind, outcome }) => `${dossier} ${kind} ${outcome}`).sort();
  return { lines, found, code: portalExitCode(progress), progress };
}

async function expectEqual(): Promise<void> {
  for (const [code, statuses] of await statusesOfFeed(desk.sql))
    expect([code, portalState(portal, code)]).toEqual([code, { status: statuses.at(-1), steps: statuses }]);
}

it("a desk whose dossiers the portal never had delivers them all, also those of before the adapter", async () => {
  for (let n = 0; n < DOSSIERS; n++) portal.register.lose(desk.codeOf(n));
  const dry = await reconciled({ dryRun: true });
  expect(dry.lines).toEqual(Array.from({ length: DOSSIERS }, (_, n) => `${desk.codeOf(n)} UNKNOWN_THERE PLANNED`));
  expect(dry.code).toBe(1);
  expect(portal.register.all()).toEqual([]);
  const done = await reconciled();
  expect(done.lines).toEqual(Array.from({ length: DOSSIERS }, (_, n) => `${desk.codeOf(n)} UNKNOWN_THERE RESUMED`));
  expect(done.code).toBe(0);
  await expectEqual();
  expect(await reconciled()).toMatchObject({ lines: [], code: 0, progress: { dossiers: DOSSIERS, total: DOSSIERS } });
});

it("steps and data that the portal lost are sent again, once", async () => {
  portal.register.lose(desk.codeOf(0), 1);
  portal.register.lose(desk.codeOf(1), 2);
  const entry = portal.register.find(desk.codeOf(2));
  if (entry) entry.snapshot = { ...entry.snapshot, ChuHoSo: "Người khác" };
  const done = await reconciled();
  expect(done.lines).toEqual([
    `${desk.codeOf(0)} BEHIND RESUMED`,
    `${desk.codeOf(1)} BEHIND RESUMED`,
    `${desk.codeOf(2)} DATA_DIFFER RESUMED`,
  ]);
  expect(done.found.find(({ kind }) => kind === "DATA_DIFFER")?.note).toBe("ChuHoSo");
  expect(done.code).toBe(0);
  await expectEqual();
});

it("a desk that was restored to an earlier moment takes no status back, and a person has to look", async () => {
  const code = desk.codeOf(3);
  const steps = portalState(portal, code)?.steps;
  const last = await desk.sql`select * from history where dossier_id = ${desk.idOf(3)} order by id desc limit 1`;
  const [lost] = last;
  await desk.sql`alter table history disable trigger user`;
  await desk.sql`delete from history where id = ${lost?.id}`;
  expect(await reconciled({ dossier: code, dryRun: true })).toMatchObject({
    lines: [`${code} PORTAL_AHEAD PERSON`],
    code: 1,
  });
  expect(await reconciled({ dossier: code })).toMatchObject({ lines: [`${code} PORTAL_AHEAD PERSON`], code: 1 });
  expect(portalState(portal, code)?.steps).toEqual(steps);
  await desk.sql`
    insert into history (id, dossier_id, at, entries) overriding system value
    values (${lost?.id}, ${lost?.dossier_id}, ${lost?.at}, ${lost?.entries})`;
  await desk.sql`alter table history enable trigger user`;
  expect(await reconciled({ dossier: code })).toMatchObject({ lines: [], code: 0 });
});

it("a portal that does not answer, or refuses, or whose codes are missing, is reported, and nothing changes", async () => {
  portal.faults.set("AWAY", 1_000);
  const away = await reconciled();
  expect(away.code).toBe(2);
  expect(away.progress.dossiers).toBeLessThanOrEqual(DOSSIERS);
  expect((await reconciled({ dryRun: true, dossier: desk.codeOf(0) })).lines).toEqual([
    `${desk.codeOf(0)} UNANSWERED UNANSWERED`,
  ]);
  portal.faults.set("AWAY", 0);
  portal.register.lose(desk.codeOf(4));
  portal.faults.set("REFUSES", 4);
  const refused = await reconciled({ dossier: desk.codeOf(4) });
  expect(refused).toMatchObject({ lines: [`${desk.codeOf(4)} REFUSED PERSON`], code: 1 });
  expect(refused.found[0]?.note).toMatch(/^99 Hệ thống Cổng từ chối/);
  await desk.sql`update dossiers set procedure_code = '9.999999' where id = ${desk.idOf(5)}`;
  const missing = await reconciled({ dossier: desk.codeOf(5) });
  expect(missing).toMatchObject({ lines: [`${desk.codeOf(5)} MAPPING_MISSING PERSON`], code: 1 });
  await desk.sql`update dossiers set procedure_code = '1.000894' where id = ${desk.idOf(5)}`;
});

it("a dossier that a worker is delivering is looked at when its lease has ended", async () => {
  portal.register.lose(desk.codeOf(0), 1);
  await desk.sql`update portal_deliveries set lease_until = now() + interval '1 second' where dossier_id = ${desk.idOf(0)}`;
  expect((await reconciled({ dossier: desk.codeOf(0) })).lines).toEqual([`${desk.codeOf(0)} BEHIND RESUMED`]);
});
