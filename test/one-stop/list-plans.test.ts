import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { loadDossiers, loadedApplicant, loadedCode, loadedOffice, loadedPhone } from "../../scripts/bench/loader.ts";
import { originalOf } from "../../scripts/bench/originals.ts";
import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import { legalDayOf } from "../../subgraphs/_shared/reference/days.ts";
import { holderOfKeys, storedKey } from "../../subgraphs/one-stop/acceptance/duplicate-keys.ts";
import { knownByKey } from "../../subgraphs/one-stop/acceptance/known-dossier.ts";
import type { WorkFilter } from "../../subgraphs/one-stop/casework/input.ts";
import { workList } from "../../subgraphs/one-stop/casework/work-list.ts";
import { afterRow } from "../../subgraphs/one-stop/changes/position.ts";
import { readChanges } from "../../subgraphs/one-stop/changes/read-changes.ts";
import { dossiersOfCitizens } from "../../subgraphs/one-stop/dossiers/citizens-dossiers.ts";
import { countDossiers, dossierByCode, listDossiers } from "../../subgraphs/one-stop/dossiers/dossier-list.ts";
import { historyOf } from "../../subgraphs/one-stop/dossiers/history.ts";
import type { DossierFilter } from "../../subgraphs/one-stop/dossiers/input.ts";
import { dossiersBehind } from "../../subgraphs/one-stop/figures/dossiers-behind.ts";
import type { PeriodOfScope } from "../../subgraphs/one-stop/figures/rate-figure.ts";
import { RATE_RULES } from "../../subgraphs/one-stop/figures/rate-rules.ts";
import { countedPoints } from "../../subgraphs/one-stop/figures/rates.ts";
import type { OneStopContext } from "../../subgraphs/one-stop/loaders.ts";
import { procedureForm } from "../../subgraphs/one-stop/procedures/forms/forms.ts";
import { maySeeCitizen, visibleDossiers } from "../../subgraphs/one-stop/rights.ts";
import { leaseDueSteps } from "../../subgraphs/one-stop/saga/store.ts";
import { shortBackoff } from "../kit/dossier-outcomes.ts";
import { serial } from "../kit/serial-numbers.ts";
import { clerk, contract, sharedWorld } from "../world.ts";

const world = sharedWorld(shortBackoff);
/** Enough that PostgreSQL prefers an index wherever one serves the query. */
const DOSSIERS = 20_000;
/** Share of the dossiers that wait for an officer. */
const OPEN = 0.03;
const OFFICE = "31471";
const MARRIAGE = "1.000894";
const DAY_MS = 86_400_000;
/** The last days until tomorrow, of the whole province. */
const MONTH: PeriodOfScope = {
  scope: { place: { province: "92" } },
  ...{ from: legalDayOf(new Date(Date.now() - 30 * DAY_MS)), end: legalDayOf(new Date(Date.now() + DAY_MS)) },
  byMonth: false,
};
const GROWING = ["acts", "dossiers", "history", "requests", "steps"];

const who = (caller: Partial<Caller>): Caller => ({
  subject: "a",
  role: "clerk",
  permissions: [],
  requestId: "r",
  ...caller,
});
const callers = {
  "a clerk of an office": who({ role: "clerk", office: OFFICE }),
  "the portal of a province": who({ role: "portal", province: "92" }),
  "a registrar": who({ role: "registrar", agency: "CIVIL_STATUS", office: OFFICE }),
  "a police officer of a province": who({ role: "police", agency: "RESIDENCE", province: "92" }),
};
const n = Array.from({ length: DOSSIERS }, (_, at) => at + 1).find((each) => loadedOffice(each) === OFFICE) ?? 1;
const filters: Record<string, DossierFilter> = {
  "no filter": {},
  "a name": { search: loadedApplicant(n) },
  "a phone": { search: loadedPhone(n) },
  "the tail of a code": { search: loadedCode(n).split("-").slice(1).join("-") },
  "a personal number": { search: "093195000017" },
  "overdue alone": { overdue: true },
  "the risk of being late": { risk: "AT_RISK" },
  "an open state": { states: ["AWAITING_CITIZEN"] },
  "an ended state": { states: ["COMPLETED"] },
  "an outcome": { outcomes: ["GRANTED"] },
  "a procedure": { procedure: MARRIAGE },
  "an agency": { agency: "CIVIL_STATUS" },
  "an officer": { officer: "demo:registrar:31471" },
  "a range of due dates": { dueAfter: new Date("2026-11-01T00:00:00Z"), dueBefore: new Date("2026-12-01T00:00:00Z") },
};
const workFilters: Record<string, WorkFilter> = {
  "no filter": {},
  "a name": { search: loadedApplicant(n) },
  "a procedure": { procedure: MARRIAGE },
  "one state": { states: ["SUPPLEMENT_NEEDED"] },
  "late parts": { risk: "LATE" },
  "own parts": { claimedByMe: true },
};

let sql: postgres.Sql;
let asked: { query: string; parameters: unknown[] }[] = [];

async function aDossier(decided: boolean): Promise<string> {
  const key = () => `plans-${process.pid}-${serial("key")}`;
  const input = {
    ...{ procedure: MARRIAGE, office: OFFICE, channel: "DESK", form: procedureForm(MARRIAGE).example, papers: [] },
    declarant: { fullName: "Lê Thị Thử Nghiệm", personalId: "093195000017", phone: "0912345678" },
  };
  const variables = { input, idempotencyKey: key() };
  const { dossier } = (await world.current.ask(clerk, contract("submit-dossier"), variables)).data.submitDossier;
  const decision = { grant: { facts: { number: "01/2026" } } };
  const deciding = { part: dossier.parts[0].id, decision, idempotencyKey: key() };
  if (decided) await world.current.ask({ persona: "registrar" }, contract("decide-part"), deciding);
  return dossier.code;
}

beforeAll(async () => {
  const [row] = await world.current.sql("one-stop")<{ name: string }[]>`select current_database() as name`;
  const url = new URL(inject("adminUrl"));
  url.pathname = `/${row?.name}`;
  const urls = { "one-stop": url.href }; // the copies have rows at the desk alone
  const granted = await originalOf({ databaseUrls: urls }, await aDossier(true));
  const waiting = await originalOf({ databaseUrls: urls }, await aDossier(false));
  await loadDossiers(urls, DOSSIERS, (at) => (at <= DOSSIERS * OPEN ? waiting : granted), { say: () => {} });
  const debug = (_connection: number, query: string, parameters: unknown[]) => void asked.push({ query, parameters });
  sql = postgres(url.href, { max: 1, debug, onnotice: () => {} });
  await sql`select 1`; // on its first query the driver reads the types of the database
}, 240_000);
afterAll(() => sql?.end());

async function queriesOf(list: (ctx: OneStopContext) => Promise<unknown>, caller: Caller): Promise<typeof asked> {
  asked = [];
  // the lists use nothing else of a context
  await list({ db: drizzle(sql), caller, now: new Date() } as unknown as OneStopContext);
  return asked.filter(({ query }) => /^\s*(select|with|update)/i.test(query));
}

/** Plans of the queries of `list`, with the values of the parameters and for any. A pool uses both for a prepared query. */
async function plansOf(list: (ctx: OneStopContext) => Promise<unknown>, caller: Caller): Promise<string[]> {
  const queries = await queriesOf(list, caller);
  expect(queries.length).toBeGreaterThan(0);
  const plans: string[] = [];
  for (const { query, parameters } of queries) {
    const [withValues] = await sql.unsafe(`explain (format json) ${query}`, parameters as never[]);
    const [forAny] = await sql.unsafe(`explain (format json, generic_plan) ${query}`);
    for (const row of [withValues, forAny]) plans.push(JSON.stringify(row?.["QUERY PLAN"]));
  }
  return plans;
}

/** Tables that the queries of `list` would read from end to end. */
async function scannedBy(list: (ctx: OneStopContext) => Promise<unknown>, caller: Caller): Promise<string[]> {
  const plans = await plansOf(list, caller);
  const scans = plans.flatMap((plan) => [...plan.matchAll(/"Node Type":"Seq Scan"[^{}]*?"Relation Name":"(\w+)"/g)]);
  return scans.map(([, table = ""]) => table).filter((table) => GROWING.includes(table));
}

const page = { first: 20, after: null };
const counted = async (list: Promise<{ total(): Promise<unknown> }>) => (await list).total();

describe.each(Object.entries(callers))("the dossiers of %s", (_name, caller) => {
  // the copies have no parts of the residence registry
  it.skipIf(caller.role === "police").each(Object.entries(filters))(
    `the list of dossiers for ${_name} with %s reads no table as a whole`,
    async (_, filter) => {
      const list = ({ db }: OneStopContext) =>
        listDossiers(db, caller, { filter, order: "DUE_AT_ASC", ...page }, new Date());
      expect(await scannedBy(list, caller)).toEqual([]);
    },
  );

  it(`the changes for ${_name} are read without reading a table as a whole`, async () => {
    const read = async ({ db }: OneStopContext) => {
      const [end] = await sql<{ id: string }[]>`select id from history order by id desc limit 1`;
      const all = { wanted: visibleDossiers(caller), from: afterRow(0), settled: Number(end?.id), first: 20 };
      asked = []; // without the question for the end
      return readChanges(db, all);
    };
    expect(await scannedBy(read, caller)).toEqual([]);
  });

  it.skipIf(caller.role === "portal").each(Object.entries(workFilters))(
    `the work list of ${_name} with %s reads no table as a whole`,
    async (_, filter) => {
      expect(await scannedBy((ctx) => counted(workList(ctx, filter, 20, null)), caller)).toEqual([]);
    },
  );
});

describe("the lists that grow with the province", () => {
  const scanOf = (plan: string, index: string) =>
    new RegExp(`"Node Type":"([^"]*)"[^{}]*?"Index Name":"${index}"`).exec(plan)?.[1];
  const uncountedDossiersOf = (caller: Caller, filter: DossierFilter) => (ctx: OneStopContext) =>
    listDossiers(ctx.db, caller, { filter, order: "DUE_AT_ASC", ...page }, new Date());
  const dossiersOf = (caller: Caller, filter: DossierFilter) => (ctx: OneStopContext) =>
    counted(uncountedDossiersOf(caller, filter)(ctx));
  const { "a clerk of an office": officeClerk, "the portal of a province": portal } = callers;

  it.each([
    ["a name at an office", officeClerk, { search: loadedApplicant(n) }],
    ["a name in a province", portal, { search: loadedApplicant(n) }],
    ["a phone in a province", portal, { search: loadedPhone(n) }],
  ])("a search for %s reads the index of words first", async (_, caller, filter) => {
    const plans = await plansOf(dossiersOf(caller, filter), caller);
    for (const plan of plans) expect(scanOf(plan, "dossiers_search_terms")).toBe("Bitmap Index Scan");
  });

  it.each([
    ["a search reads page and count", dossiersOf(officeClerk, { search: loadedApplicant(n) }), 1],
    ["a list without its count reads the page", uncountedDossiersOf(portal, { overdue: true }), 1],
    ["a list with its count reads both", dossiersOf(portal, { overdue: true }), 2],
  ])("%s in as few queries as it needs", async (_, list, queries) => {
    expect(await queriesOf(list, portal)).toHaveLength(queries);
  });

  it("a search for a word of most dossiers is counted up to 10,000 and read in the order of the list", async () => {
    const filter = { search: "thu" };
    const plans = await plansOf(dossiersOf(portal, filter), portal);
    expect(plans.filter((plan) => scanOf(plan, "dossiers_due") === "Index Scan")).toHaveLength(2);
    const found = await listDossiers(drizzle(sql), portal, { filter, order: "DUE_AT_ASC", ...page }, new Date());
    const expected = await sql<{ id: string }[]>`
      select id from dossiers where 'thu' = any(string_to_array(search_words, ' ')) and province = '92' order by due_at, id limit 20`;
    expect(found.nodes.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    expect(await found.total()).toEqual({ totalCount: null, totalCountAtLeast: 10_000 });
  });

  it("the overdue dossiers of a province are counted in an index alone", async () => {
    const count = ({ db }: OneStopContext) => countDossiers(db, portal, { overdue: true }, new Date());
    for (const plan of await plansOf(count, portal))
      expect(scanOf(plan, "dossiers_running_province")).toBe("Index Only Scan");
  });

  it("the rates of a province are read from the counts of the province, not from those of its offices", async () => {
    const rates = (ctx: OneStopContext) => countedPoints(ctx, MONTH);
    for (const plan of await plansOf(rates, portal)) {
      expect(plan).toContain('"Relation Name":"province_figures"');
      expect(plan).not.toContain('"Relation Name":"figures"');
    }
  });

  it("the dossiers that were completed in a period are searched among the completed ones alone, from the newest on", async () => {
    const rule = RATE_RULES.find(({ code }) => code === "ON_TIME");
    if (!rule) throw new Error("There is no such rate");
    const receipts = { earliest: Date.now() - 30 * DAY_MS, latest: Date.now() };
    const figure = { rule, of: MONTH, receipts, numerator: 100, denominator: 100, points: [], isCurrent: true };
    const list = (ctx: OneStopContext) => dossiersBehind(ctx, figure, { first: 5, after: null, met: null });
    for (const plan of await plansOf(list, portal)) expect(scanOf(plan, "dossiers_completed")).toBe("Index Scan");
    // the list uses nothing else of a context
    const { nodes } = await list({ db: drizzle(sql) } as unknown as OneStopContext);
    const expected = await sql<{ id: string }[]>`
      select id from dossiers where state = 'COMPLETED' and province = '92' order by received_at desc, id desc limit 5`;
    expect(nodes.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
  });

  it("the states that a board counts are read from the index of an office's dossiers that are not returned", async () => {
    const count = ({ db }: OneStopContext) =>
      countDossiers(db, officeClerk, { states: ["AWAITING_CITIZEN"] }, new Date());
    const [withValues = ""] = await plansOf(count, officeClerk); // for any states the index could not be used
    expect(withValues).toContain("dossiers_office_open");
  });

  it("the dossiers of a person are looked up by the person, also among those of an office", async () => {
    const citizen = who({ role: "citizen", personalId: "093195000017" });
    const reads = [
      dossiersOf(citizen, {}),
      dossiersOf(officeClerk, { search: "093195000017" }),
      ({ db }: OneStopContext) => dossiersOfCitizens(db, officeClerk, ["093195000017"], page),
      ({ db }: OneStopContext) => maySeeCitizen(db, portal, "093195000017", async () => false),
    ];
    for (const read of reads)
      for (const plan of await plansOf(read, citizen))
        expect(scanOf(plan, "dossiers_parties")).toBe("Bitmap Index Scan");
  });
});

describe("what is read by a key", () => {
  const citizen = who({ role: "citizen", personalId: "093195000017" });
  const reads: Record<string, (ctx: OneStopContext) => Promise<unknown>> = {
    "a dossier by its code": ({ db, caller }) => dossierByCode(db, caller, loadedCode(n)),
    "the dossiers of a citizen": ({ db, caller }) => dossiersOfCitizens(db, caller, ["093195000017"], page),
    "the history of a dossier": ({ db }) => historyOf(db, "00000000-0000-7000-8000-000000000000", 20, null),
    "a dossier by its idempotency key": ({ db }) => knownByKey(db, "demo:clerk:31471", `load-${n}`, ""),
    "the holder of a duplicate key": ({ db }) => holderOfKeys(db, [storedKey("birth:none")]),
    "the due work of a worker": () => leaseDueSteps(sql, 10, 1_000),
  };
  it.each(Object.entries(reads))("%s is found without reading a table as a whole", async (_, read) => {
    expect(await scannedBy(read, citizen)).toEqual([]);
  });
});
