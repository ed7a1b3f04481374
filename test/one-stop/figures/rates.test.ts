import { beforeAll, describe, expect, it } from "vitest";
import { afterRow } from "../../../subgraphs/one-stop/changes/position.ts";
import { procedureForm } from "../../../subgraphs/one-stop/procedures/forms/forms.ts";
import { bearer } from "../../kit/ask-agency.ts";
import { type DossierData, setClock, shortBackoff } from "../../kit/dossier-outcomes.ts";
import { serial } from "../../kit/serial-numbers.ts";
import { clerk, contract, type Persona, sharedWorld } from "../../world.ts";

const world = sharedWorld(shortBackoff);
const leader: Persona = { persona: "leader" };
const registrar: Persona = { persona: "registrar" };
const NOVEMBER = { from: "2026-11-01", to: "2026-11-30" };
const aKey = () => `rates-${process.pid}-${serial("key")}`;
const BEHIND = `query ($scope: ScopeInput!, $from: Date!, $to: Date!, $met: Boolean, $first: Int!, $after: String) {
  rates(scope: $scope, from: $from, to: $to) { code numerator denominator isCurrent definitionEn points { day numerator denominator }
    dossiers(first: $first, after: $after, met: $met) { totalCount nodes { code } pageInfo { hasNextPage endCursor } } } }`;
const SCORE = `query ($scope: ScopeInput!, $from: Date!, $to: Date!) { score(scope: $scope, from: $from, to: $to) {
  points attainable maxPoints isComplete source groups { code points maxPoints
    criteria { code points maxPoints isSure formula rate { numerator denominator } } } } }`;
const RATE_BY_RECEIPT = `mutation ($code: ID!, $rating: Int!) {
  giveFeedbackByReceipt(code: $code, phoneLast4: "5678", feedback: { rating: $rating }) { problems { code } } }`;

async function ask(who: Persona | null, document: string, variables: object): Promise<DossierData> {
  const { data, errors } = await world.current.ask(who, document, variables);
  return (data && Object.values(data)[0]) ?? { error: errors?.[0]?.extensions, message: errors?.[0]?.message };
}

async function submitted(at: string, channel = "DESK"): Promise<{ code: string; part: string }> {
  setClock(world.current, at);
  const input = {
    ...{ procedure: "1.000894", office: "31471", channel, form: procedureForm("1.000894").example, papers: [] },
    declarant: { fullName: "Lê Thị Thử Nghiệm", personalId: "093195000017", phone: "0912345678" },
    handover: { method: "DESK" },
  };
  const { dossier, problems } = await ask(clerk, contract("submit-dossier"), { input, idempotencyKey: aKey() });
  expect(problems).toEqual([]);
  return { code: dossier.code, part: dossier.parts[0].id };
}

async function granted(part: string, at: string): Promise<void> {
  setClock(world.current, at);
  const decision = { grant: { facts: { number: "01/2026" } } };
  const act = await ask(registrar, contract("decide-part"), { part, decision, idempotencyKey: aKey() });
  expect(act).toMatchObject({ problems: [], part: { state: "GRANTED" } });
}

const rates = (who: Persona, scope: object, period: object, more: object = {}) =>
  ask(who, BEHIND, { scope, ...period, first: 200, ...more });
const rate = (all: DossierData, code: string) => (all as DossierData[]).find((each) => each.code === code);

let inTime: string;
let late: string;

beforeAll(async () => {
  const quick = await submitted("2026-11-09T08:00:00+07:00");
  const slow = await submitted("2026-11-09T09:00:00+07:00", "ONLINE");
  await submitted("2026-11-10T09:00:00+07:00");
  [inTime, late] = [quick.code, slow.code];
  await granted(quick.part, "2026-11-09T10:00:00+07:00");
  await granted(slow.part, "2026-11-20T10:00:00+07:00");
  expect(await ask(null, RATE_BY_RECEIPT, { code: inTime, rating: 5 })).toMatchObject({ problems: [] });
  expect(await ask(null, RATE_BY_RECEIPT, { code: late, rating: 2 })).toMatchObject({ problems: [] });
}, 60_000);

describe("the rates of an office", () => {
  it("each rate has a numerator, a denominator, a definition and days, and is current", async () => {
    const all = await rates(leader, {}, NOVEMBER);
    expect(rate(all, "ON_TIME")).toMatchObject({ numerator: 1, denominator: 2, isCurrent: true });
    expect(rate(all, "ONLINE")).toMatchObject({ numerator: 1, denominator: 3 });
    expect(rate(all, "ELECTRONIC_RESULTS")).toMatchObject({ numerator: 0, denominator: 2 });
    expect(rate(all, "PAID_ONLINE")).toMatchObject({ numerator: 0, denominator: 0, points: [] });
    expect(rate(all, "SATISFIED")).toMatchObject({ numerator: 1, denominator: 2 });
    expect(rate(all, "ON_TIME").points).toEqual([
      { day: "2026-11-09", numerator: 1, denominator: 1 },
      { day: "2026-11-20", numerator: 0, denominator: 1 },
    ]);
    for (const each of all as unknown as DossierData[]) expect(each.definitionEn.length).toBeGreaterThan(20);
  });

  it("the list behind each rate has as many dossiers as the rate counts, also in pages of one", async () => {
    for (const met of [null, true, false]) {
      const all = (await rates(leader, {}, NOVEMBER, { met })) as unknown as DossierData[];
      for (const { code, numerator, denominator, dossiers } of all) {
        const wanted = met === null ? denominator : met ? numerator : denominator - numerator;
        expect(dossiers.totalCount, code).toBe(wanted);
        expect(dossiers.nodes.length, `${code} ${met}`).toBe(wanted);
      }
    }
    expect(rate(await rates(leader, {}, NOVEMBER, { met: false }), "ON_TIME").dossiers.nodes).toEqual([{ code: late }]);
    const first = rate(await rates(leader, {}, NOVEMBER, { first: 1 }), "ON_TIME").dossiers;
    const { endCursor, hasNextPage } = first.pageInfo;
    const second = rate(await rates(leader, {}, NOVEMBER, { first: 1, after: endCursor }), "ON_TIME").dossiers;
    expect(hasNextPage).toBe(true);
    expect([...first.nodes, ...second.nodes]).toEqual([{ code: late }, { code: inTime }]);
    expect(second.pageInfo.hasNextPage).toBe(false);
  });

  it("the contract's document runs, a scope narrows the rates, and a long period has months", async () => {
    const shown = await ask(leader, contract("rates"), { scope: { office: "31471" }, ...NOVEMBER });
    expect(rate(shown, "ON_TIME")).toMatchObject({ dossiers: { totalCount: 2 } });
    expect(rate(await rates(leader, { procedure: "1.000894" }, NOVEMBER), "ONLINE").denominator).toBe(3);
    expect(rate(await rates(leader, { agency: "CIVIL_STATUS" }, NOVEMBER), "ONLINE").denominator).toBe(3);
    expect(rate(await rates(leader, { agency: "LAND" }, NOVEMBER), "ONLINE").denominator).toBe(0);
    expect(rate(await rates(leader, {}, { from: "2026-01-01", to: "2026-12-31" }), "ONLINE").points).toEqual([
      { day: "2026-11-01", numerator: 1, denominator: 3 },
    ]);
  });

  it("a rate is not current while entries of the newest change are uncounted", async () => {
    const isCurrentAt = async (place: number) => {
      await world.current.sql("one-stop")`update change_consumers set place = ${place} where name = 'FIGURES'`;
      return rate(await rates(leader, {}, NOVEMBER), "ON_TIME").isCurrent;
    };
    expect(await isCurrentAt(0)).toBe(false);
    expect(await isCurrentAt(afterRow(0).place)).toBe(true);
  });

  it("a period that ends before it begins, or is longer than 400 days, is refused", async () => {
    for (const to of ["2026-10-31", "2028-01-01"])
      expect(await rates(leader, {}, { from: "2026-11-01", to })).toMatchObject({ error: { code: "BAD_USER_INPUT" } });
  });
});

describe("the score of an office", () => {
  it("each point has its rate and formula, and what has no data has no points", async () => {
    const score = await ask(leader, SCORE, { scope: {}, ...NOVEMBER });
    const criteria = score.groups.flatMap((group: DossierData) => group.criteria);
    const points = (code: string) => criteria.find((each: DossierData) => each.code === code);
    expect(score.groups.map(({ maxPoints }: DossierData) => maxPoints)).toEqual([18, 20, 22, 22, 18]);
    expect(score).toMatchObject({ maxPoints: 100, isComplete: false, source: expect.stringContaining("766/QĐ-TTg") });
    expect(points("ON_TIME")).toMatchObject({ points: 10, maxPoints: 20, isSure: true, formula: "20 × 1 / 2 = 10" });
    expect(points("ONLINE")).toMatchObject({ points: 4, maxPoints: 12, isSure: false });
    expect(points("PAID_ONLINE")).toMatchObject({ points: null, rate: { denominator: 0 } });
    expect(points("PUBLISHED_ON_TIME")).toMatchObject({ points: null, rate: null });
    const known = criteria.filter((each: DossierData) => each.points !== null);
    const sum = (of: string) => known.reduce((total: number, each: DossierData) => total + each[of], 0);
    expect(score.points).toBeCloseTo(sum("points"));
    expect(score.attainable).toBeCloseTo(sum("maxPoints"));
  });
});

/** Expects a rate of three dossiers, each of which the same caller may read. */
async function expectReadable(who: Persona, { denominator, dossiers }: DossierData): Promise<void> {
  expect([denominator, dossiers.nodes.length]).toEqual([3, 3]);
  for (const { code } of dossiers.nodes)
    expect(await ask(who, "query ($code: ID!) { dossier(code: $code) { code } }", { code })).toEqual({ code });
}

describe("the rights to figures", () => {
  it("leader and portal of the province read the same figures, those of other places read none", async () => {
    for (const who of [bearer("leader", { province: "92" }), { persona: "portal" }])
      await expectReadable(who, rate(await rates(who, {}, NOVEMBER), "ONLINE"));
    for (const who of [bearer("leader", { province: "01" }), { persona: "leader", commune: "31426" }])
      expect(rate(await rates(who, {}, NOVEMBER), "ONLINE")).toMatchObject({ denominator: 0, dossiers: { nodes: [] } });
  });

  it("a scope outside the caller's place does not exist, and others may not read figures at all", async () => {
    for (const scope of [{ office: "31426" }, { province: "01" }]) {
      expect(await rates(leader, scope, NOVEMBER)).toMatchObject({ error: { code: "NOT_FOUND" } });
      expect(await ask(leader, SCORE, { scope, ...NOVEMBER })).toMatchObject({ error: { code: "NOT_FOUND" } });
    }
    for (const persona of ["clerk", "registrar", "citizen"]) {
      expect(await rates({ persona }, {}, NOVEMBER)).toMatchObject({ error: { code: "FORBIDDEN" } });
      expect(await ask({ persona }, SCORE, { scope: {}, ...NOVEMBER })).toMatchObject({ error: { code: "FORBIDDEN" } });
    }
  });
});
