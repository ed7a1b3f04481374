import { randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addDays, addMonths, type LegalDay, legalDayOf } from "../../../subgraphs/_shared/reference/days.ts";
import { endReminders, sweepReminders } from "../../../subgraphs/_shared/reminders/sweep.ts";
import { environmentName, subgraphs } from "../../../subgraphs/agency-registry.ts";
import { confirmationExpiry } from "../../../subgraphs/civil-status/reminders/confirmation-expiry.ts";
import { oneStopConfiguration } from "../../../subgraphs/one-stop/configuration.ts";
import { collectReminders } from "../../../subgraphs/one-stop/reminders/collect.ts";
import { type Agencies, agencyClient } from "../../../subgraphs/one-stop/saga/agency-client.ts";
import type { Failpoints } from "../../../subgraphs/one-stop/saga/failpoints.ts";
import { aBirthRequest, aFamily, submit } from "../../given.ts";
import { bearer } from "../../kit/ask-agency.ts";
import { inFaultMode } from "../../kit/dossier-outcomes.ts";
import { clerk, contract, type Persona, sharedWorld, TODAY } from "../../world.ts";

const OFFICE = "31471";
const lastDay = addMonths(legalDayOf(new Date(TODAY)), 6);
const world = sharedWorld({ "one-stop": { MESSAGE_QUIET_HOURS: "off" } });

let configuration: ReturnType<typeof oneStopConfiguration>;
let agencies: Agencies;
let connection: postgres.Sql;
/** Statements of the last collecting. */
const statements: string[] = [];
beforeAll(() => {
  const { data, agencies: served, databaseUrls } = world.current;
  connection = postgres(databaseUrls["one-stop"] ?? "", { max: 2, fetch_types: false });
  const urls = subgraphs.map(({ name }) => [
    `SUBGRAPH_URL_${environmentName(name)}`,
    `http://127.0.0.1:${served.ports[name]}/graphql`,
  ]);
  configuration = oneStopConfiguration({ MOTCUA_DATA: data, ...Object.fromEntries(urls) });
  agencies = agencyClient(configuration.agencies, 5_000);
});
afterAll(() => Promise.all([agencies?.close(), connection?.end({ timeout: 1 })]));

/** Reads the reminders of civil status as a process of the desk does. */
function collect(failpoints: Failpoints = async () => {}): Promise<number> {
  const now = () => new Date(TODAY);
  statements.length = 0;
  const db = drizzle(connection, { logger: { logQuery: (query) => statements.push(query) } });
  return collectReminders(
    { database: { db }, agencies, configuration: { ...configuration, failpoints }, now },
    "CIVIL_STATUS",
  );
}

/** Finds the confirmations that end this many days after a day. */
const sweep = (daysBefore: number): Promise<number | null> =>
  sweepReminders(world.current.sql("civil-status"), confirmationExpiry(30), addDays(lastDay, -daysBefore));

/** Finds the confirmations that end this many days after a day, of which one is superseded by then. */
const end = (daysBefore: number): Promise<number | null> =>
  endReminders(world.current.sql("civil-status"), confirmationExpiry(30), addDays(lastDay, -daysBefore));

/** A mother whose marital status is confirmed; `isKnown`: she has declared a birth and left a phone. */
async function aConfirmedMother(isKnown = true) {
  const family = aFamily();
  if (isKnown) expect((await submit(world.current, aBirthRequest(family))).data.submitBirthBundle.problems).toEqual([]);
  await confirm(family.mother);
  const { personalId, fullName, dateOfBirth } = family.mother;
  return { personalId, fullName, dateOfBirth, mother: family.mother };
}

async function confirm({
  personalId,
  fullName,
  dateOfBirth,
  ethnicity,
  nationality,
}: ReturnType<typeof aFamily>["mother"]) {
  const residence = { line: "Ấp mẫu 1", commune: OFFICE };
  const input = {
    person: { personalId, fullName, dateOfBirth, ethnicity, nationality, residence },
    ...{ status: "NEVER_MARRIED", purpose: "Để mua nhà mẫu", ground: "Tờ khai mẫu" },
  };
  const { data } = await world.current.ask(
    bearer("registrar", { office: OFFICE, agency: "CIVIL_STATUS" }),
    `mutation ($input: MaritalConfirmationInput!, $key: String!) {
      confirmMaritalStatus(input: $input, idempotencyKey: $key) { problems { code path } } }`,
    { input, key: randomUUID() },
  );
  expect(data.confirmMaritalStatus.problems).toEqual([]);
}

const REMINDERS = `query ($personalId: PersonalId!) { citizen(personalId: $personalId) { reminders {
  id paper expiresOn renewBy foundOn state endedOn keptBy { code } citizen { personalId } deliveries { state channel }
  renewal { procedures form } } } }`;

async function remindersOf(personalId: string, who: Persona = clerk) {
  const { data, errors } = await world.current.ask(who, REMINDERS, { personalId });
  expect(errors).toBeUndefined();
  return data.citizen.reminders;
}

/** Messages about reminders that the spool has. */
function spooledReminders(): { text: string; sms: string; subject: string; dossier: string | null }[] {
  const folder = join(world.current.data, "messages");
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
  const all = files.map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")));
  return all.filter(({ kind }) => kind === "EXPIRY_REMINDER");
}

const aCrash =
  (at: string): Failpoints =>
  async (moment, what) => {
    if (`${moment}.${what}` === at) throw new Error("The process is gone");
  };

describe("a reminder", () => {
  test("a person whom the desk can reach is told once, without name and number, and the desk sees that it was sent", async () => {
    const { personalId, fullName } = await aConfirmedMother();
    const before = spooledReminders().length;
    await sweep(30);
    expect(await collect()).toBe(1);
    await expect
      .poll(async () => (await remindersOf(personalId))[0]?.deliveries)
      .toEqual([{ state: "SENT", channel: "FILE" }]);
    await sweep(29);
    expect(await collect()).toBe(0);
    const told = spooledReminders();
    expect(told).toHaveLength(before + 1);
    const { text, sms, subject, dossier } = told.find((each) => each.text.includes("23/05/2027")) ?? {};
    expect(sms).toBe("Giấy XN tình trạng hôn nhân hết hạn 23/05/2027");
    expect([subject, dossier]).toEqual(["Giấy XN tình trạng hôn nhân: sắp hết hạn", null]);
    for (const secret of [fullName, personalId]) expect(text).not.toContain(secret);
  });

  test("a person of whom the desk knows no address is in the list without a message", async () => {
    const { personalId } = await aConfirmedMother(false);
    await sweep(28);
    await collect();
    expect(await remindersOf(personalId)).toMatchObject([{ paper: "MARITAL_CONFIRMATION", deliveries: [] }]);
  });

  test("a process that ends between the finding and the sending neither loses nor doubles a message", async () => {
    const lost = await aConfirmedMother();
    await sweep(27);
    await expect(collect(aCrash("before-commit.REMINDERS"))).rejects.toThrow("The process is gone");
    expect(await remindersOf(lost.personalId)).toEqual([]);
    await expect(collect(aCrash("after-commit.REMINDERS"))).rejects.toThrow("The process is gone");
    expect(await collect()).toBe(0);
    expect(await remindersOf(lost.personalId)).toHaveLength(1);
    const [made] = await world.current.sql("one-stop")`
      select count(*)::int as count from messages m join expiry_reminders r on r.id = m.reminder_id where r.holder = ${lost.personalId}`;
    expect(made?.count).toBe(1);
  });

  test("processes that read at once store each reminder once", async () => {
    const { personalId } = await aConfirmedMother();
    await sweep(26);
    const counts = await Promise.all([1, 2, 3].map(() => collect()));
    expect(counts.reduce((sum, each) => sum + each, 0)).toBe(1);
    expect(await remindersOf(personalId)).toHaveLength(1);
  });

  test("a desk that reads an agency's reminders from the first again tells nobody a second time", async () => {
    const sql = world.current.sql("one-stop");
    const messages = async () => (await sql`select id from messages where reminder_id is not null`).length;
    const before = await messages();
    await sql`update reminder_cursors set cursor = ${`1.${randomUUID()}`}`; // that of a database which was restored
    expect(await collect()).toBe(0);
    expect(await messages()).toBe(before);
  });

  test("reminders wait at an agency that is down", async () => {
    const { personalId } = await aConfirmedMother();
    await sweep(25);
    await inFaultMode(world.current, "CIVIL_STATUS", "DOWN", () => expect(collect()).rejects.toThrow());
    expect(await collect()).toBe(1);
    expect(await remindersOf(personalId)).toHaveLength(1);
  });
});

test("a page takes the same statements however many reminders it has", async () => {
  await aConfirmedMother();
  await sweep(22);
  expect(await collect()).toBe(1);
  const ofOne = [...statements];
  for (let count = 0; count < 4; count++) await aConfirmedMother(count > 1);
  await sweep(21);
  expect(await collect()).toBe(4);
  expect(statements).toHaveLength(ofOne.length);
});

describe("a reminder whose paper was superseded", () => {
  test("leaves the lists, tells why when it is asked for, has no renewal, and sends no message that still waits", async () => {
    const { personalId, mother } = await aConfirmedMother();
    const citizen = bearer("citizen", { personalId });
    await sweep(20);
    expect(await collect()).toBe(1);
    const [{ id, state, endedOn }] = await remindersOf(personalId);
    expect([state, endedOn]).toEqual(["DUE", null]);
    await confirm(mother);
    expect([await end(19), await end(18)]).toEqual([1, 0]);
    expect(await collect()).toBe(0);
    expect(await remindersOf(personalId)).toEqual([]);
    expect(await list(citizen)).toEqual([]);
    expect(await list(citizen, { state: "SUPERSEDED" })).toMatchObject([
      { id, state: "SUPERSEDED", endedOn: addDays(lastDay, -19), renewal: null },
    ]);
    const sql = world.current.sql("one-stop");
    await sql`
      update message_deliveries set state = 'WAITING', next_attempt_at = now(), ended_at = null
       where message_id = (select id from messages where reminder_id = ${id})`;
    const delivery = () => sql`
      select d.state from message_deliveries d join messages m on m.id = d.message_id where m.reminder_id = ${id}`;
    await expect.poll(async () => [...(await delivery())], { timeout: 30_000 }).toEqual([{ state: "OUTDATED" }]);
  });

  test("is listed and told again once a correction has set its term back, and a message that still waits is outdated", async () => {
    const { personalId, mother } = await aConfirmedMother();
    await sweep(15);
    await collect();
    await expect.poll(async () => (await remindersOf(personalId))[0]?.deliveries).toMatchObject([{ state: "SENT" }]);
    const [{ id }] = await remindersOf(personalId);
    const sql = world.current.sql("one-stop");
    await sql`
      update message_deliveries set state = 'WAITING', next_attempt_at = now() + interval '1 day', ended_at = null
       where message_id = (select id from messages where reminder_id = ${id})`;
    await confirm(mother);
    await end(15);
    await collect();
    expect(await remindersOf(personalId)).toEqual([]);
    await world.current.sql("civil-status")`
      insert into expiry_reminders (entry_id, expires_on, found_on, round)
      select entry_id, expires_on, found_on, 2 from expiry_reminders e join marital_confirmations c on c.id = e.entry_id
       where e.state = 'DUE' and c.person_key = ${personalId}`;
    expect([await collect(), await collect()]).toEqual([1, 0]);
    expect(await remindersOf(personalId)).toMatchObject([{ id, state: "DUE", endedOn: null }]);
    const told = await sql`
      select state from messages m join message_deliveries on message_id = m.id where reminder_id = ${id} order by m.id`;
    expect(told.map(({ state }) => state === "OUTDATED")).toEqual([true, false]);
  });

  test("is not stored at all if the desk reads it only then", async () => {
    const { personalId, mother } = await aConfirmedMother();
    await sweep(17);
    await confirm(mother);
    await end(17);
    await collect();
    for (const state of ["SUPERSEDED", "DUE"])
      expect(await list(bearer("citizen", { personalId }), { state })).toEqual([]);
  });
});

test("a reminder whose term is over without a renewal is listed as expired for thirty days", async () => {
  const { personalId } = await aConfirmedMother();
  await sweep(16);
  await collect();
  const [{ id }] = await remindersOf(personalId);
  const today = legalDayOf(new Date(TODAY));
  const citizen = bearer("citizen", { personalId });
  const sql = world.current.sql("one-stop");
  await sql`update expiry_reminders set expires_on = ${addDays(today, -30)} where id = ${id}`;
  expect(await list(citizen)).toMatchObject([{ id, state: "EXPIRED", endedOn: null }]);
  expect(await list(citizen, { state: "DUE" })).toEqual([]);
  await sql`update expiry_reminders set expires_on = ${addDays(today, -31)} where id = ${id}`;
  expect(await list(citizen)).toEqual([]);
  expect(await list(citizen, { state: "EXPIRED" })).toMatchObject([{ id }]);
});

describe("the renewal", () => {
  test("a dossier is submitted with the answers that the reminder gives", async () => {
    const { personalId, fullName, dateOfBirth } = await aConfirmedMother();
    await sweep(24);
    await collect();
    const [{ renewal }] = await remindersOf(personalId, bearer("citizen", { personalId }));
    expect(renewal).toEqual({
      procedures: ["1.004873"],
      form: {
        person: { fullName, dateOfBirth, personalId },
        residence: { line: "Ấp mẫu 1", commune: OFFICE },
        ...{ maritalStatus: "NEVER_MARRIED", purpose: "Để mua nhà mẫu" },
      },
    });
    const input = {
      ...{ procedure: renewal.procedures[0], office: OFFICE, channel: "DESK" },
      declarant: { fullName, personalId, phone: "0912345678" },
      papers: [{ code: "MARITAL_STATUS_DECLARATION", kind: "ORIGINAL" }],
      form: { ...renewal.form, period: { from: "2010-01-01", to: "2026-11-23" } },
    };
    const variables = { input, idempotencyKey: randomUUID(), waitMs: 0 };
    const { data } = await world.current.ask(clerk, contract("submit-dossier"), variables);
    expect(data.submitDossier).toMatchObject({
      dossier: { parts: [{ procedure: { code: "1.004873" } }] },
      problems: [],
    });
  });
});

const LIST = `query ($first: Int!, $after: String, $filter: ExpiryReminderFilter) {
  expiryReminders(first: $first, after: $after, filter: $filter) {
    nodes { id paper expiresOn state endedOn renewal { procedures } citizen { personalId } } pageInfo { hasNextPage endCursor } } }`;
type Node = { id: string; paper: string; citizen: { personalId: string } };

async function list(who: Persona, filter: object | null = null, first = 200): Promise<Node[]> {
  const nodes: Node[] = [];
  for (let after: string | null = null; ; ) {
    const { data, errors } = await world.current.ask(who, LIST, { first, after, filter });
    if (errors) throw Object.assign(new Error(errors[0]?.message), { code: errors[0]?.extensions.code });
    nodes.push(...data.expiryReminders.nodes);
    if (!data.expiryReminders.pageInfo.hasNextPage) return nodes;
    after = data.expiryReminders.pageInfo.endCursor;
  }
}

describe("the list of reminders", () => {
  test("a desk lists those of its own commune in pages of any size, and a citizen the own ones", async () => {
    const { personalId } = await aConfirmedMother();
    await sweep(23);
    await collect();
    const all = await list(clerk);
    expect(all.map(({ citizen }) => citizen.personalId)).toContain(personalId);
    expect(await list(clerk, null, 2)).toEqual(all);
    const own = await list(bearer("citizen", { personalId }));
    expect(own.map(({ citizen }) => citizen.personalId)).toEqual([personalId]);
    expect(await list(bearer("clerk", { office: "00004" }))).toEqual([]);
  });

  test("the list is narrowed by paper and day", async () => {
    expect((await list(clerk, { paper: "MARITAL_CONFIRMATION" })).length).toBeGreaterThan(0);
    expect(await list(clerk, { paper: "LICENCE" })).toEqual([]);
    expect(await list(clerk, { expiresBy: addDays(lastDay as LegalDay, -1) })).toEqual([]);
  });

  test("officers of agencies and portals do not read reminders, and a citizen not those of another person", async () => {
    const { personalId } = aFamily().mother;
    const others = [
      bearer("registrar", { office: OFFICE, agency: "CIVIL_STATUS" }),
      bearer("portal", { province: "92" }),
    ];
    for (const other of others) await expect(list(other)).rejects.toMatchObject({ code: "FORBIDDEN" });
    const stranger = bearer("citizen", { personalId: aFamily().father.personalId });
    const { errors } = await world.current.ask(stranger, REMINDERS, { personalId });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["NOT_FOUND"]);
    for (const [first, after] of [
      [0, null],
      [201, null],
      [5, "x"],
    ])
      expect((await world.current.ask(clerk, LIST, { first, after })).errors?.[0]?.extensions.code).toBe(
        "BAD_USER_INPUT",
      );
  });
});
