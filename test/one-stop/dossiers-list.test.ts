import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { aBirthRequest, type BirthInput } from "../given.ts";
import { acknowledged, impatient, inMood, type Shown, setClock } from "../kit/dossier-outcomes.ts";
import { clerk, contract, type Persona, sharedWorld } from "../world.ts";

const world = sharedWorld(impatient);
const portal: Persona = { persona: "portal" };
const neighbour: Persona = { persona: "clerk", commune: "31426" };
const code: Record<string, string> = {};

/** Received on a Monday at nine, a child of the week before. */
async function received(day: string, change: Partial<BirthInput> = {}, who: Persona = clerk): Promise<string> {
  setClock(world.current, `${day}T09:00:00+07:00`);
  const input = { ...aBirthRequest(), ...change };
  input.child.dateOfBirth = "2026-10-01";
  return (await acknowledged(world.current, input, { who })).code;
}

beforeAll(async () => {
  code.first = await received("2026-10-05");
  code.waits = await inMood(world.current, "RESIDENCE", "ASKS_FOR_PAPERS", () => received("2026-10-12"));
  code.refused = await inMood(world.current, "CIVIL_STATUS", "REFUSES", () => received("2026-10-19"));
  code.theirs = await received("2026-10-26", { office: "31426" }, neighbour);
  code.small = await received("2026-11-02", { insurance: null });
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
const namesOf = (page: Shown) =>
  page.nodes.map((node: Shown) => Object.keys(code).find((name) => code[name] === node.code));

describe("a list of dossiers", () => {
  it("a list of dossiers accepts the contract's variables", async () => {
    const path = projectPath("test", "contract", "dossiers.variables.json");
    const { data, errors } = await world.current.ask(
      clerk,
      contract("dossiers"),
      JSON.parse(readFileSync(path, "utf8")),
    );
    expect(errors).toBeUndefined();
    expect(namesOf(data.dossiers)).toEqual(["waits", "open"]); // while papers are awaited the clock is suspended
    expect(data.dossiers).toMatchObject({ totalCount: 2, pageInfo: { hasNextPage: false } });
    expect(data.dossiers.nodes[1]).toMatchObject({
      ...{ state: "IN_PROGRESS", outcome: null, nationalStatus: 4, overdue: false },
      ...{ bundle: { code: "3.000722" }, office: { code: "31471" }, dueAt: "2026-11-16T23:59:59+07:00" },
    });
  });

  it.each<[string, object, string[]]>([
    ["everything", {}, ["first", "refused", "waits", "theirs", "small", "open"]],
    ["an office", { office: "31426" }, ["theirs"]],
    ["another province", { province: "01" }, []],
    ["a bundle", { bundle: "3.000722" }, ["first", "refused", "waits", "theirs", "small", "open"]],
    ["states", { states: ["AWAITING_CITIZEN"] }, ["waits"]],
    ["no state at all", { states: [] }, []],
    ["outcomes", { outcomes: ["REFUSED"] }, ["refused"]],
    ["due before", { dueBefore: "2026-10-08T23:59:59+07:00" }, []],
    ["due just before", { dueBefore: "2026-10-09T00:00:00+07:00" }, ["first"]],
    ["due from", { dueAfter: "2026-11-05T23:59:59+07:00" }, ["small", "open"]],
    [
      "a span of receipt",
      { receivedAfter: "2026-10-12T00:00:00+07:00", receivedBefore: "2026-10-20T00:00:00Z" },
      ["refused", "waits"],
    ],
    ["overdue", { overdue: true }, []],
    ["not overdue", { overdue: false }, ["first", "refused", "waits", "theirs", "small", "open"]],
    [
      "two conditions",
      { overdue: false, states: ["COMPLETED"], outcomes: ["GRANTED"], office: "31471" },
      ["first", "small"],
    ],
  ])("a list of dossiers is narrowed to %s", async (_, filter, names) => {
    const page = await list(filter);
    expect(namesOf(page)).toEqual(names);
    expect(page.totalCount).toBe(names.length);
    expect(page.nodes.every((node: Shown) => node.overdue === false)).toBe(true);
  });

  it("a list of dossiers shows a desk only its own, whatever filter it states", async () => {
    expect(namesOf(await list(null, {}, clerk))).not.toContain("theirs");
    expect(namesOf(await list({ office: "31471" }, {}, neighbour))).toEqual([]);
  });

  it.each([
    ["DUE_AT_ASC", ["first", "refused", "waits", "theirs", "small", "open"]],
    ["DUE_AT_DESC", ["open", "small", "theirs", "waits", "refused", "first"]],
    ["RECEIVED_AT_ASC", ["first", "waits", "refused", "theirs", "small", "open"]],
    ["RECEIVED_AT_DESC", ["open", "small", "theirs", "refused", "waits", "first"]],
  ])("a list of dossiers is ordered %s, page after page", async (orderBy, names) => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: Shown = await list({}, { orderBy, first: 2, after });
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
    )`select parties[1] as mother from dossiers where code = ${code.first ?? ""}`;
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

// last, because it adds dossiers
it("pages of dossiers stay complete and without duplicates while dossiers arrive", async () => {
  const before = new Set(Object.values(code));
  setClock(world.current, "2026-11-09T10:00:00+07:00"); // same due day as one that is there
  for (const orderBy of ["DUE_AT_ASC", "RECEIVED_AT_DESC"]) {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const [page]: [Shown, unknown] = await Promise.all([
        list({}, { orderBy, first: 2, after }),
        acknowledged(world.current, aBirthRequestOf("2026-10-30"), { waitMs: 0 }),
      ]);
      seen.push(...page.nodes.map((node: Shown) => node.code));
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
