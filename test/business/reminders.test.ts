import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { addDays, type LegalDay, legalDayOf } from "../../subgraphs/_shared/reference/days.ts";
import { startDailySweep } from "../../subgraphs/_shared/reminders/daily-sweep.ts";
import type { ExpirySource } from "../../subgraphs/_shared/reminders/source.ts";
import { endReminders, reopenReminders, SWEEP_LOCK, sweepReminders } from "../../subgraphs/_shared/reminders/sweep.ts";
import { licenceExpiry } from "../../subgraphs/business/reminders/licence-expiry.ts";
import { definition } from "../../subgraphs/business/subgraph.ts";
import { a, type ServedAgency, serveAgency } from "../health-insurance/served-agency.ts";
import { aHousehold, aLicence, businessOfficer, COMMUNE } from "./business-acts.ts";

let agency: ServedAgency;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["setInterval"] }); // the agency itself looks at its start only
  agency = await serveAgency(definition, { demo: false });
  vi.useRealTimers();
});
afterAll(() => agency?.stop());

const { done } = businessOfficer(() => agency);
const today = legalDayOf(new Date());
const ground = "Mẫu";
const day = (count: number) => addDays(today, count);

/** A licence with a term that ends so many days from today. */
async function licensed(expiresIn: number, more: object = {}) {
  const business = await done("registerHouseholdBusiness", aHousehold());
  const input = aLicence(business, {
    kind: "LIQUOR_RETAIL",
    issuedOn: day(-100),
    ...{ expiresOn: day(expiresIn), ...more },
  });
  await done("issueLicence", input);
  return { business, number: input.number };
}

async function remindersOf(number: string): Promise<{ expiresOn: string; foundOn: string }[]> {
  const rows = await agency.sql`
    select expires_on::text as "expiresOn", found_on::text as "foundOn" from expiry_reminders join licences on id = entry_id
     where number = ${number} and state = 'DUE' order by 1, 2`;
  return [...rows] as { expiresOn: string; foundOn: string }[];
}

/** Sweeps a day as if nobody had yet. */
const sweep = (on: LegalDay) => sweepReminders(agency.sql, licenceExpiry, on);

/** Ends of the reminders of a licence, with the reasons. */
async function endsOf(number: string): Promise<object[]> {
  const rows = await agency.sql`
    select expires_on::text as "expiresOn", found_on::text as "foundOn", state from expiry_reminders join licences on id = entry_id
     where number = ${number} and state <> 'DUE'`;
  return [...rows];
}

type Correction = { expiresOn?: LegalDay | null; hoursAgo?: number };

/** Enters another version of a licence, some hours ago, with a last day or the first term. */
async function corrected(number: string, version: number, { expiresOn = null, hoursAgo = 0 }: Correction = {}) {
  await agency.sql`
    insert into licence_versions (licence_id, version, valid_from, recorded_by, recorded_at, ground, issued_on, expires_on, renew_by)
    select licence_id, ${version}, ${today}, 'test', now() - ${hoursAgo} * interval '1 hour', 'Đính chính mẫu', issued_on,
           coalesce(${expiresOn}::date, expires_on), coalesce(${expiresOn}::date, renew_by) from licence_versions
     where version = 1 and licence_id = (select id from licences where number = ${number})`;
}

describe("the daily sweep", () => {
  test("a licence is found when its renewal window opens, which is 30 days before the last day of a request, and not before", async () => {
    const liquor = await licensed(400); // requested 30 days before its end
    const food = await licensed(600, { kind: "FOOD_SAFETY" }); // requested 180 days before its end
    await sweep(day(339));
    expect(await remindersOf(liquor.number)).toEqual([]);
    await sweep(day(340));
    expect(await remindersOf(liquor.number)).toEqual([{ expiresOn: day(400), foundOn: day(340) }]);
    await sweep(day(389));
    expect(await remindersOf(food.number)).toEqual([]);
    await sweep(day(390));
    expect(await remindersOf(food.number)).toEqual([{ expiresOn: day(600), foundOn: day(390) }]);
  });

  test("a licence is found once for its term, and again for the term of its renewal", async () => {
    const { number } = await licensed(35);
    for (const on of [1_001, 1_002]) await sweep(day(on)); // over: nobody renews it any more
    expect(await remindersOf(number)).toEqual([]);
    for (const on of [1, 2, 3]) await sweep(day(on));
    expect(await remindersOf(number)).toEqual([{ expiresOn: day(35), foundOn: day(1) }]);
    await done("renewLicence", { number, issuedOn: today, expiresOn: day(735), ground });
    for (const on of [4, 700, 701]) await sweep(day(on));
    expect(await remindersOf(number)).toEqual([
      { expiresOn: day(35), foundOn: day(1) },
      { expiresOn: day(735), foundOn: day(700) },
    ]);
  });

  test("a reminder ends once, with the reason, when its licence is renewed, revoked, or that of an ended business", async () => {
    const [renewed, revoked, ended, over, standing] = [
      ...[await licensed(230), await licensed(230), await licensed(230)],
      ...[await licensed(230), await licensed(230)],
    ] as const;
    await sweep(day(201));
    expect(await remindersOf(standing.number)).toHaveLength(1);
    await done("renewLicence", { number: renewed.number, issuedOn: today, expiresOn: day(735), ground });
    await done("revokeLicence", { number: revoked.number, ground });
    await done("endBusiness", { business: ended.business, ground });
    expect(await endReminders(agency.sql, licenceExpiry, day(202), { isStopped: () => true })).toBe(0);
    await Promise.all([1, 2, 3].map(() => endReminders(agency.sql, licenceExpiry, day(202))));
    await endReminders(agency.sql, licenceExpiry, day(203));
    const found = { expiresOn: day(230), foundOn: day(202) };
    expect(await endsOf(renewed.number)).toEqual([{ ...found, state: "RENEWED" }]);
    for (const { number } of [revoked, ended]) expect(await endsOf(number)).toEqual([{ ...found, state: "CLOSED" }]);
    expect(await endsOf(standing.number)).toEqual([]);
    await done("revokeLicence", { number: over.number, ground });
    await endReminders(agency.sql, licenceExpiry, day(261)); // the term is over for 31 days: nobody lists it any more
    expect(await endsOf(over.number)).toEqual([]);
    await sweep(day(204));
    expect(await remindersOf(renewed.number)).toHaveLength(1);
  });

  test("the reminder of a licence whose renewal is corrected is open again, and can end once more", async () => {
    const { number } = await licensed(240);
    await sweep(day(211));
    await done("renewLicence", { number, issuedOn: today, expiresOn: day(735), ground });
    await endReminders(agency.sql, licenceExpiry, day(212));
    await corrected(number, 3);
    expect(await reopenReminders(agency.sql, licenceExpiry, day(213))).toBe(1);
    expect(await remindersOf(number)).toEqual([211, 213].map((on) => ({ expiresOn: day(240), foundOn: day(on) })));
    const { nodes } = await page({ kind: "LIQUOR_RETAIL", renewBy: day(210) });
    expect(nodes.find((node: { number: string }) => node.number === number)).toMatchObject({ remindedOn: day(213) });
    await done("revokeLicence", { number, ground });
    await endReminders(agency.sql, licenceExpiry, day(214));
    expect((await endsOf(number)).map((each) => Object.values(each).at(-1))).toEqual(["RENEWED", "CLOSED"]);
  });

  test("a look since an instant compares what was changed from then on, and no other entry", async () => {
    const [before, after] = [await licensed(1_000), await licensed(1_000)] as const;
    await sweep(day(971));
    const renew = ({ number }: typeof before) =>
      done("renewLicence", { number, issuedOn: today, expiresOn: day(1_735), ground });
    await renew(before);
    const [clock] = await agency.sql<
      { since: Date }[]
    >`select date_trunc('milliseconds', now()) + interval '1 ms' as since`;
    await renew(after);
    await endReminders(agency.sql, licenceExpiry, day(972), clock);
    expect(await endsOf(after.number)).toMatchObject([{ state: "RENEWED" }]);
    expect(await endsOf(before.number)).toEqual([]);
    expect(await reopenReminders(agency.sql, licenceExpiry, day(972), clock)).toBe(0);
    await endReminders(agency.sql, licenceExpiry, day(972));
    expect(await endsOf(before.number)).toMatchObject([{ state: "RENEWED" }]);
  });

  test("after an outage of any length the licences whose term is not over are found", async () => {
    const { number } = await licensed(1_250);
    await sweep(day(1_250));
    expect(await remindersOf(number)).toEqual([{ expiresOn: day(1_250), foundOn: day(1_250) }]);
  });

  test("no reminder is entered for a licence without a term, a revoked one, or one of an ended business", async () => {
    const endless = await licensed(0, { kind: "KARAOKE", expiresOn: null });
    const [revoked, ended] = [await licensed(150), await licensed(150)];
    await done("revokeLicence", { number: revoked.number, ground });
    await done("endBusiness", { business: ended.business, ground });
    await sweep(day(120));
    for (const { number } of [endless, revoked, ended]) expect(await remindersOf(number)).toEqual([]);
  });

  test("a day that a worker left half done is finished by the next one, and a complete day is not swept again", async () => {
    const { number } = await licensed(170);
    expect(await sweepReminders(agency.sql, licenceExpiry, day(130), () => true)).toBe(0);
    expect(await remindersOf(number)).toEqual([]);
    await sweep(day(130));
    expect(await remindersOf(number)).toEqual([{ expiresOn: day(170), foundOn: day(130) }]);
    const late = await licensed(180);
    expect(await sweep(day(130))).toBe(0);
    expect(await remindersOf(late.number)).toEqual([]);
    await sweep(day(131));
    expect(await remindersOf(late.number)).toEqual([{ expiresOn: day(180), foundOn: day(131) }]);
  });

  test("workers that start at once enter each reminder once, and a day of the business clock is swept by itself", async () => {
    const { number } = await licensed(210);
    const now = () => new Date(`${day(190)}T08:00:00+07:00`);
    const log = pino({ level: "silent" });
    const workers = [1, 2, 3, 4].map(() => startDailySweep(licenceExpiry, { database: agency, now, log }));
    await expect
      .poll(() => remindersOf(number), { timeout: 30_000 })
      .toEqual([{ expiresOn: day(210), foundOn: day(190) }]);
    await Promise.all(workers.map((worker) => worker.stop()));
    const [complete] = await agency.sql`select found from reminder_sweeps where day = ${day(190)}`;
    const [entered] = await agency.sql`select count(*)::int as found from expiry_reminders
         where found_on = ${day(190)} and state = 'DUE'`;
    expect(complete).toEqual(entered);
  });

  describe("a worker's looks", () => {
    beforeAll(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
    afterAll(() => void vi.useRealTimers());

    /** A worker on a day; `look` makes it look again and resolves when the looks before are done. */
    function aWorker(source: ExpirySource, on: LegalDay) {
      let [looks, wanted, current] = [0, 1, on];
      const now = () => {
        looks++;
        return new Date(`${current}T08:00:00+07:00`);
      };
      const { stop } = startDailySweep(source, { database: agency, now, log: pino({ level: "silent" }) });
      const look = async (next = current) => {
        current = next;
        wanted++;
        vi.advanceTimersByTime(60_000);
        await expect.poll(() => looks, { timeout: 30_000 }).toBe(wanted);
      };
      return { look, stop };
    }

    test("a look while another worker is at it does not count: the next one compares all reminders", async () => {
      const { number } = await licensed(1_500);
      await sweep(day(1_471));
      await corrected(number, 2, { expiresOn: day(2_900), hoursAgo: 2 });
      const worker = await agency.sql.begin(async (tx) => {
        await tx`select pg_advisory_xact_lock(${SWEEP_LOCK})`;
        expect(await endReminders(agency.sql, licenceExpiry, day(1_472))).toBeNull();
        const busy = aWorker(licenceExpiry, day(1_472));
        await busy.look();
        return busy;
      });
      await worker.look();
      await worker.look();
      await worker.stop();
      expect(await endsOf(number)).toMatchObject([{ state: "RENEWED" }]);
    });

    test("where the source cannot tell what was changed, a reminder that has ended is open again at the first look of a day", async () => {
      const { number } = await licensed(1_600);
      await sweep(day(1_571));
      await corrected(number, 2, { expiresOn: day(3_400) });
      const { changedSince: _, ...source } = licenceExpiry;
      const worker = aWorker(source, day(1_572));
      await worker.look();
      expect(await endsOf(number)).toMatchObject([{ state: "RENEWED" }]);
      await corrected(number, 3);
      await worker.look();
      await worker.look();
      expect(await remindersOf(number)).toHaveLength(1);
      await worker.look(day(1_573));
      await worker.look();
      expect(await remindersOf(number)).toMatchObject([{ foundOn: day(1_571) }, { foundOn: day(1_573) }]);
      await corrected(number, 4, { expiresOn: day(3_400) });
      await worker.look();
      await worker.look();
      await worker.stop();
      expect(await endsOf(number)).toHaveLength(2);
    });
  });

  test("a thousand licences that enter their window on one day are found on that day, once", async () => {
    const business = await done("registerHouseholdBusiness", aHousehold());
    await agency.sql`
      with head as (
        insert into licences (id, number, business_id, kind)
        select gen_random_uuid(), 'M' || n, b.id, 'PETROL_RETAIL' from businesses b, generate_series(1, 1000) n
         where code = ${business} returning id)
      insert into licence_versions (licence_id, valid_from, recorded_by, ground, issued_on, expires_on, renew_by)
      select id, ${today}, 'test', 'test', ${today}, ${day(1_800)}, ${day(1_770)} from head`;
    expect(await sweep(day(1_739))).toBe(0);
    expect(await sweep(day(1_741))).toBe(1_000);
    expect(await sweep(day(1_742))).toBe(0);
  });

  test("reminders are append-only", async () => {
    for (const change of ["delete from expiry_reminders", "update expiry_reminders set found_on = found_on"])
      await expect(agency.sql.unsafe(change)).rejects.toThrow("is append-only");
  });
});

const EXPIRING = `query ($filter: ExpiringLicenceFilter!, $first: Int!, $after: String) {
  expiringLicences(filter: $filter, first: $first, after: $after) {
    nodes { number kind renewBy expiresOn remindedOn business { code name commune { code } } }
    pageInfo { hasNextPage endCursor } } }`;

async function page(filter: object, first = 200, after: string | null = null, caller = a("clerk")) {
  const { data, errors } = await agency.ask(caller, EXPIRING, { filter, first, after });
  if (errors) throw Object.assign(new Error(errors[0].message), { code: errors[0].extensions.code });
  return data.expiringLicences;
}

describe("the list of expiring licences", () => {
  test("the list has the licences whose window is open, the most urgent first, in pages of any size", async () => {
    const made = [await licensed(45), await licensed(33), await licensed(59), await licensed(62)];
    const numbers = made.map(({ number }) => number);
    const { nodes } = await page({});
    const own = nodes.filter((node: { number: string }) => numbers.includes(node.number));
    expect(own.map(({ number }: { number: string }) => number)).toEqual([numbers[1], numbers[0], numbers[2]]);
    const pages = [];
    for (let after: string | null = null; ; ) {
      const found = await page({}, 2, after);
      pages.push(...found.nodes);
      if (!found.pageInfo.hasNextPage) break;
      after = found.pageInfo.endCursor;
    }
    expect(pages).toEqual(nodes);
  });

  test("the list is narrowed by kind, commune and last day of the request, and shows when a reminder was entered", async () => {
    const { business, number } = await licensed(300, { kind: "REPRESENTATIVE_OFFICE" });
    const filter = { kind: "REPRESENTATIVE_OFFICE", commune: COMMUNE, renewBy: day(270) };
    const node = { number, kind: filter.kind, renewBy: day(270), expiresOn: day(300), remindedOn: null };
    expect((await page(filter)).nodes).toMatchObject([{ ...node, business: { code: business } }]);
    for (const other of [{ commune: "00004" }, { kind: "PETROL_RETAIL" }, { renewBy: day(269) }])
      expect((await page({ ...filter, ...other })).nodes).toEqual([]);
    await sweep(day(260));
    expect((await page(filter)).nodes).toMatchObject([{ ...node, remindedOn: day(260) }]);
  });

  test("a list records the people of the businesses that it shows, and malformed requests are refused", async () => {
    const { business, number } = await licensed(58);
    const caller = a("clerk");
    const { nodes } = await page({}, 200, null, caller);
    expect(nodes.map((node: { number: string }) => node.number)).toContain(number);
    const [record] = await agency.sql`select citizens from access_log where request_id = ${caller.requestId}`;
    expect(record?.citizens).toContain(business);
    for (const [first, after] of [
      [0, null],
      [201, null],
      [5, "x"],
    ] as const)
      await expect(page({}, first, after)).rejects.toMatchObject({ code: "BAD_USER_INPUT" });
  });

  test.each(["citizen", "registrar", "portal"] as const)("a %s does not read the list", async (role) => {
    await expect(page({}, 5, null, a(role))).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});
