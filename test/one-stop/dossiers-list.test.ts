import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { aBirthRequest, type BirthInput } from "../given.ts";
import { acknowledged, type DossierData, inFaultMode, setClock, shortBackoff } from "../kit/dossier-outcomes.ts";
import { clerk, contract, type Persona, sharedWorld } from "../world.ts";

const world = sharedWorld(shortBackoff);
const portal: Persona = { persona: "portal" };
const neighbour: Persona = { persona: "clerk", commune: "31426" };
const code: Record<string, string> = {};

/** Received at nine, a child of October. */
async function received(day: string, change: Partial<BirthInput> = {}, who: Persona = clerk): Promise<string> {
  setClock(world.current, `${day}T09:00:00+07:00`);
  const input = { ...aBirthRequest(), ...change };
  input.child.dateOfBirth = "2026-10-01";
  return (await acknowledged(world.current, input, { who })).code;
}

beforeAll(async () => {
  code.first = await received("2026-10-05");
  code.refused = await inFaultMode(world.current, "CIVIL_STATUS", "REFUSES", () => received("2026-10-19"));
  code.theirs = await received("2026-10-26", { office: "31426" }, neighbour);
  code.small = await received("2026-11-02", { insurance: null });
  // the citizen has until 17 November to answer
  code.waits = await inFaultMode(world.current, "RESIDENCE", "ASKS_FOR_PAPERS", () => received("2026-11-06"));
  const officer = aBirthRequest().child;
  const child = { ...officer, birthNotice: null, withoutNotice: { kind: "WITNESS", text: "Có người làm chứng" } };
  code.open = await received("2026-11-09", { child });
  setClock(world.current, "2026-11-11T09:00:00+07:00");
}, 60_000);

async function list(filter: object | null, more: object = {}, who: Persona = portal) {
  const { data, errors } = await world.current.ask(who, contract("dossiers"), { filter, first: 50, ...more });
  if (errors) throw new Error(JSON.stringify(errors));
  return data.dossiers;
}
const namesOf = (page: DossierData) =>
  page.nodes.map((node: DossierData) => Object.keys(code).find((name) => code[name] === node.code));

describe("a list of dossiers", () => {
  it("a list of dossiers accepts the contract's variables", async () => {
    const path = projectPath("test", "contract", "dossiers.variables.json");
    const { data, errors } = await world.current.ask(
      clerk,
      contract("dossiers"),
      JSON.parse(readFileSync(path, "utf8")),
    );
    expect(errors).toBeUndefined();
    expect(namesOf(data.dossiers)).toEqual(["open", "waits"]); // while papers are awaited the clock is suspended
    expect(data.dossiers).toMatchObject({ totalCount: 2, pageInfo: { hasNextPage: false } });
    expect(data.dossiers.nodes[0]).toMatchObject({
      ...{ state: "IN_PROGRESS", outcome: null, nationalStatus: 4, overdue: false },
      ...{ bundle: { code: "3.000722" }, office: { code: "31471" }, dueAt: "2026-11-16T23:59:59+07:00" },
    });
  });

  it.each<[string, object, string[]]>([
    ["everything", {}, ["first", "refused", "theirs", "small", "open", "waits"]],
    ["an office", { office: "31426" }, ["theirs"]],
    ["another province", { province: "01" }, []],
    ["a bundle", { bundle: "3.000722" }, ["first", "refused", "theirs", "small", "open", "waits"]],
    ["states", { states: ["AWAITING_CITIZEN"] }, ["waits"]],
    ["no state at all", { states: [] }, []],
    ["outcomes", { outcomes: ["REFUSED"] }, ["refused"]],
    ["due before", { dueBefore: "2026-10-08T23:59:59+07:00" }, []],
    ["due just before", { dueBefore: "2026-10-09T00:00:00+07:00" }, ["first"]],
    ["due from", { dueAfter: "2026-11-05T23:59:59+07:00" }, ["small", "open", "waits"]],
    [
      "a span of receipt",
      { receivedAfter: "2026-11-02T00:00:00+07:00", receivedBefore: "2026-11-07T00:00:00Z" },
      ["small", "waits"],
    ],
    ["overdue", { overdue: true }, []],
    ["not overdue", { overdue: false }, ["first", "refused", "theirs", "small", "open", "waits"]],
    ["an agency", { agency: "HEALTH_INSURANCE" }, ["first", "refused", "theirs", "open", "waits"]],
    ["an agency without parts", { agency: "LAND" }, []],
    ["the procedure of a part", { procedure: "1.014137" }, ["first", "refused", "theirs", "open", "waits"]],
    ["the procedure of the dossier", { procedure: "3.000722", states: ["AWAITING_CITIZEN"] }, ["waits"]],
    ["no risk", { risk: "NONE" }, ["first", "refused", "theirs", "small", "open", "waits"]],
    ["late ones", { risk: "LATE" }, []],
    ["an officer who has done nothing", { officer: "demo:nobody" }, []],
    [
      "two conditions",
      { overdue: false, states: ["COMPLETED"], outcomes: ["GRANTED"], office: "31471" },
      ["first", "small"],
    ],
  ])("a list of dossiers is narrowed to %s", async (_, filter, names) => {
    const page = await list(filter);
    expect(namesOf(page)).toEqual(names);
    expect(page.totalCount).toBe(names.length);
    expect(page.nodes.every((node: DossierData) => node.overdue === false)).toBe(true);
  });

  it("a dossier is at risk in the last day before its due date, and late after it", async () => {
    setClock(world.current, "2026-11-16T10:00:00+07:00");
    expect(namesOf(await list({ risk: "AT_RISK" }))).toEqual(["open"]);
    expect(namesOf(await list({ risk: "LATE" }))).toEqual([]);
    setClock(world.current, "2026-11-17T10:00:00+07:00");
    expect(namesOf(await list({ risk: "AT_RISK" }))).toEqual([]);
    expect(namesOf(await list({ risk: "LATE" }))).toEqual(["open"]);
    expect(namesOf(await list({ risk: "NONE" }))).not.toContain("open");
    setClock(world.current, "2026-11-11T09:00:00+07:00");
  });

  it("a list of dossiers and a work list are narrowed to what an officer has claimed", async () => {
    const registrar: Persona = { persona: "registrar" };
    const WORK = `query ($officer: ID) { workList(filter: { officer: $officer }, first: 5) { totalCount totalCountAtLeast
      nodes { part { id } claimedBy { id } dossier { code } } } }`;
    const before = await world.current.ask(registrar, WORK, { officer: null });
    const part = before.data.workList.nodes.find((node: DossierData) => node.dossier.code === code.open).part.id;
    const claimed = await world.current.ask(registrar, contract("claim-part"), { part });
    expect(claimed.errors).toBeUndefined();
    const mine = await world.current.ask(
      registrar,
      "query { workList(filter: { claimedByMe: true }, first: 1) { nodes { claimedBy { id } } } }",
    );
    const officer = mine.data.workList.nodes[0].claimedBy.id;
    expect(namesOf(await list({ officer }))).toEqual(["open"]);
    const { data } = await world.current.ask(registrar, WORK, { officer });
    expect(data.workList).toMatchObject({ totalCount: 1, totalCountAtLeast: 1, nodes: [{ part: { id: part } }] });
  });

  it("a list of dossiers shows a desk only its own, whatever filter it states", async () => {
    expect(namesOf(await list(null, {}, clerk))).not.toContain("theirs");
    expect(namesOf(await list({ office: "31471" }, {}, neighbour))).toEqual([]);
  });

  it.each([
    ["DUE_AT_ASC", ["first", "refused", "theirs", "small", "open", "waits"]],
    ["DUE_AT_DESC", ["waits", "open", "small", "theirs", "refused", "first"]],
    ["RECEIVED_AT_ASC", ["first", "refused", "theirs", "small", "waits", "open"]],
    ["RECEIVED_AT_DESC", ["open", "waits", "small", "theirs", "refused", "first"]],
  ])("a list of dossiers is ordered %s, page after page", async (orderBy, names) => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: DossierData = await list({}, { orderBy, first: 2, after });
      expect(page.totalCount).toBe(6);
      seen.push(...namesOf(page));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    expect(seen).toEqual(names);
  });

  it("a citizen's dossiers are counted", async () => {
    const MINE = `query ($personalId: PersonalId!) { citizen(personalId: $personalId) { dossiers(first: 1) { totalCount
      nodes { code } pageInfo { hasNextPage } } } }`;
    const [row] = await world.current.sql(
      "one-stop",
    )`select split_part(parties, ' ', 1) as mother from dossiers where code = ${code.first ?? ""}`;
    const { data } = await world.current.ask(clerk, MINE, { personalId: row?.mother });
    expect(data.citizen.dossiers).toEqual({
      ...{ totalCount: 1, nodes: [{ code: code.first }], pageInfo: { hasNextPage: false } },
    });
  });

  it.each([{ first: 0 }, { first: 201 }, { after: "bogus" }])("a list of dossiers refuses %j", async (more) => {
    const { errors } = await world.current.ask(portal, contract("dossiers"), { first: 50, ...more });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT" });
  });
});

// last, because they add dossiers
it("a list is counted exactly up to 10,000, and beyond that its count is a lower bound", async () => {
  const COUNT =
    "query ($filter: DossierFilter) { dossiers(filter: $filter, first: 1) { totalCount totalCountAtLeast } }";
  const copies = (from: number, to: number) => world.current.sql("one-stop")`
    insert into dossiers select (jsonb_populate_record(dossiers, jsonb_build_object('id', gen_random_uuid(),
      'code', code || '-' || n, 'idempotency_key', 'copy-' || n, 'deadline_at', null))).*
    from dossiers, generate_series(${from}::int, ${to}::int) n where code = ${code.theirs ?? ""}`;
  const counted = async () => (await world.current.ask(portal, COUNT, { filter: { office: "31426" } })).data.dossiers;
  await copies(2, 10_000);
  expect(await counted()).toEqual({ totalCount: 10_000, totalCountAtLeast: 10_000 });
  await copies(10_001, 10_001);
  expect(await counted()).toEqual({ totalCount: null, totalCountAtLeast: 10_000 });
  await world.current.sql("one-stop")`delete from dossiers where idempotency_key like 'copy-%'`;
});

it("pages of dossiers stay complete and without duplicates while dossiers arrive", async () => {
  const before = new Set(Object.values(code));
  setClock(world.current, "2026-11-09T10:00:00+07:00"); // same due day as one that is there
  for (const orderBy of ["DUE_AT_ASC", "RECEIVED_AT_DESC"]) {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const [page]: [DossierData, unknown] = await Promise.all([
        list({}, { orderBy, first: 2, after }),
        acknowledged(world.current, aBirthRequestOf("2026-10-30"), { waitMs: 0 }),
      ]);
      seen.push(...page.nodes.map((node: DossierData) => node.code));
      after = page.pageInfo.hasNextPage && seen.length < 60 ? page.pageInfo.endCursor : null;
    } while (after);
    expect(new Set(seen).size).toBe(seen.length);
    expect([...before].filter((each) => !seen.includes(each))).toEqual([]);
    if (seen.length >= 60) throw new Error("The list never ended");
  }
});

function aBirthRequestOf(dateOfBirth: string): BirthInput {
  const input = aBirthRequest();
  input.child.dateOfBirth = dateOfBirth;
  return input;
}
