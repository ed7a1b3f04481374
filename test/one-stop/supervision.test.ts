import { describe, expect, it } from "vitest";
import { procedureForm } from "../../subgraphs/one-stop/procedures/forms/forms.ts";
import { aBirthRequest, aMarriageRequest, dossierThatIs, submit } from "../given.ts";
import { bearer } from "../kit/ask-agency.ts";
import { BIRTH, type DossierData, inFaultMode, partOf, setClock, shortBackoff } from "../kit/dossier-outcomes.ts";
import { serial } from "../kit/serial-numbers.ts";
import { clerk, contract, type Persona, sharedWorld } from "../world.ts";

const world = sharedWorld(shortBackoff);
const leader: Persona = { persona: "leader" };
const registrar: Persona = { persona: "registrar" };
const elsewhere: Persona = { persona: "leader", commune: "31426" };
const ofProvince = bearer("leader", { province: "92" });
/** Subject of the registrar of the default commune. */
const OFFICER = "demo:registrar:31471";
const GRANT = { grant: { facts: { number: "01/2026" } } };
const REASSIGN = `mutation ($part: ID!, $officer: ID) {
  reassignPart(part: $part, officer: $officer) { part { id claimedBy { id } } problems { code path } } }`;
const aKey = () => `supervision-${process.pid}-${serial("key")}`;

async function ask(who: Persona, document: string, variables: object): Promise<DossierData> {
  const { data, errors } = await world.current.ask(who, document, variables);
  return data && Object.values(data)[0]
    ? (Object.values(data)[0] as DossierData)
    : { error: errors?.[0]?.extensions, message: errors?.[0]?.message };
}

/** A marriage that an officer of civil status has to decide. */
async function openPart(at: string, commune = "31471"): Promise<{ code: string; part: string }> {
  setClock(world.current, at);
  const input = {
    ...{ procedure: "1.000894", office: commune, channel: "DESK", form: procedureForm("1.000894").example, papers: [] },
    declarant: { fullName: "Lê Thị Thử Nghiệm", personalId: "093195000017", phone: "0912345678" },
  };
  const { dossier, problems } = await ask({ persona: "clerk", commune }, contract("submit-dossier"), {
    ...{ input, idempotencyKey: aKey() },
  });
  expect(problems).toEqual([]);
  return { code: dossier.code, part: dossier.parts[0].id };
}

const claim = (part: string) => ask(registrar, contract("claim-part"), { part });
const decide = (part: string, decision: object) =>
  ask(registrar, contract("decide-part"), { part, decision, idempotencyKey: aKey() });
const late = (who: Persona, scope: object, first = 200, after: string | null = null) =>
  ask(who, contract("late-and-at-risk"), { scope, first, after });
const workload = (who: Persona, scope: object, by: string) => ask(who, contract("workload"), { scope, by });
const rowOf = (rows: DossierData, key: string) => (rows as DossierData[]).find((each) => each.key === key);

describe("what is late and in whose hands", () => {
  it("a dossier near or after its due date is listed with its part, its holder, the time since then and the reason", async () => {
    const { code, part } = await openPart("2026-11-09T09:00:00+07:00");
    const unclaimed = await openPart("2026-11-09T10:00:00+07:00");
    setClock(world.current, "2026-11-09T11:00:00+07:00");
    await claim(part);
    expect(await late(leader, {})).toMatchObject({ totalCount: 2, nodes: [{ dossier: { overdue: false } }, {}] });
    setClock(world.current, "2026-12-01T08:00:00+07:00");
    const { totalCount, nodes } = await late(leader, { office: "31471" });
    expect(totalCount).toBe(nodes.length);
    expect(nodes[0]).toMatchObject({
      dossier: { code, overdue: true },
      part: { id: part, state: "PROCESSING", agency: { code: "CIVIL_STATUS" } },
      heldBy: { holder: "OFFICER", officer: { id: OFFICER } },
      since: expect.stringMatching(/^2026-11-09T11:00/),
      reason: expect.stringContaining("Quá hạn từ"),
    });
    expect(nodes[1]).toMatchObject({
      ...{ dossier: { code: unclaimed.code }, heldBy: { holder: "AGENCY", officer: null } },
      reason: expect.stringContaining("chưa có cán bộ nhận việc"),
    });
  });

  it("pages follow one another without a gap, and a scope narrows the list", async () => {
    const all = await late(leader, {});
    const codes: string[] = [];
    for (let after: string | null = null; ; ) {
      const page: DossierData = await late(leader, {}, 1, after);
      codes.push(...page.nodes.map((node: DossierData) => node.dossier.code));
      after = page.pageInfo.endCursor;
      if (!page.pageInfo.hasNextPage) break;
    }
    expect(codes).toEqual(all.nodes.map((node: DossierData) => node.dossier.code));
    expect(await late(leader, { agency: "CIVIL_STATUS", procedure: "1.000894" })).toMatchObject({ totalCount: 2 });
    expect(await late(leader, { agency: "LAND" })).toMatchObject({ totalCount: 0 });
    expect(await late(leader, { procedure: "1.004222" })).toMatchObject({ totalCount: 0 });
  });
});

describe("the load by officer, step, agency and office", () => {
  it("open parts are counted with what is late, and decided ones give the median of their working minutes", async () => {
    const key = (by: string) =>
      ({ OFFICER, STEP: "1.000894/PROCEDURE", AGENCY: "CIVIL_STATUS", OFFICE: "31471" })[by] ?? "";
    for (const by of ["OFFICER", "STEP", "AGENCY", "OFFICE"]) {
      const row = rowOf(await workload(leader, {}, by), key(by));
      expect(row, by).toMatchObject({
        open: by === "OFFICER" ? 1 : 2,
        late: by === "OFFICER" ? 1 : 2,
        medianWorkingMinutes: null,
      });
      expect(row.name.length, by).toBeGreaterThan(3);
    }
    expect(rowOf(await workload(leader, {}, "OFFICER"), "UNCLAIMED")).toMatchObject({ open: 1, late: 1 });
    const [quick, slow, slowest] = [
      await openPart("2026-12-01T08:00:00+07:00"),
      await openPart("2026-12-01T08:00:00+07:00"),
      await openPart("2026-12-01T08:00:00+07:00"),
    ];
    for (const [part, at] of [
      [quick.part, "2026-12-01T08:10:00+07:00"],
      [slow.part, "2026-12-01T08:40:00+07:00"],
      [slowest.part, "2026-12-01T10:00:00+07:00"],
    ] as const) {
      setClock(world.current, at);
      expect(await decide(part, GRANT)).toMatchObject({ problems: [] });
    }
    for (const by of ["OFFICER", "STEP", "AGENCY", "OFFICE"])
      expect(rowOf(await workload(leader, {}, by), key(by)), by).toMatchObject({ medianWorkingMinutes: 40 });
    for (const [at, medianWorkingMinutes] of [
      ["2026-12-30T10:00:00+07:00", 40], // the decisions are of the first of 30 days
      ["2026-12-31T10:00:00+07:00", null],
    ] as const) {
      setClock(world.current, at);
      expect(rowOf(await workload(leader, {}, "AGENCY"), "CIVIL_STATUS"), at).toMatchObject({ medianWorkingMinutes });
    }
  });
});

describe("a part is given to another officer", () => {
  it("a leader gives a part to a known officer or back to all, and the holder of the dossier changes", async () => {
    const { code, part } = await openPart("2026-12-02T08:00:00+07:00");
    const given = await ask(leader, REASSIGN, { part, officer: OFFICER });
    expect(given).toMatchObject({ problems: [], part: { claimedBy: { id: OFFICER } } });
    expect(await ask(leader, REASSIGN, { part, officer: OFFICER })).toMatchObject({ problems: [] });
    const ledger = await ask(leader, contract("time-ledger"), { code });
    expect(ledger.timeLedger.at(-1)).toMatchObject({ holder: "OFFICER", officer: { id: OFFICER } });
    expect(await ask(leader, REASSIGN, { part, officer: null })).toMatchObject({
      problems: [],
      part: { claimedBy: null },
    });
  });

  it("the officers whom the load of a part's office and agency names are those to whom the part may be given", async () => {
    const NEIGHBOUR = "31135";
    const neighbour = "demo:registrar:31135";
    const { part: theirs } = await openPart("2026-12-02T08:00:00+07:00", NEIGHBOUR);
    expect(
      await ask({ persona: "registrar", commune: NEIGHBOUR }, contract("claim-part"), { part: theirs }),
    ).toMatchObject({
      problems: [],
    });
    const { part } = await openPart("2026-12-02T08:00:00+07:00");
    const officersOf = async (office: string) =>
      (await workload(ofProvince, { office, agency: "CIVIL_STATUS" }, "OFFICER"))
        .map(({ key }: DossierData) => key)
        .filter((key: string) => key !== "UNCLAIMED");
    expect(await officersOf(NEIGHBOUR)).toEqual([neighbour]);
    expect(await officersOf("31471")).toEqual([OFFICER]);
    expect(await ask(ofProvince, REASSIGN, { part, officer: OFFICER })).toMatchObject({ problems: [] });
    expect(await ask(ofProvince, REASSIGN, { part, officer: neighbour })).toMatchObject({
      problems: [{ code: "OFFICER_UNKNOWN" }],
    });
  });

  it("an unknown officer and a decided part are problems", async () => {
    const { part } = await openPart("2026-12-02T08:00:00+07:00");
    const unknown = await ask(leader, REASSIGN, { part, officer: "nobody" });
    expect(unknown).toMatchObject({ problems: [{ code: "OFFICER_UNKNOWN", path: ["officer"] }] });
    await decide(part, GRANT);
    expect(await ask(leader, REASSIGN, { part, officer: OFFICER })).toMatchObject({
      problems: [{ code: "PART_NOT_OPEN" }],
    });
  });

  it("a part of another office does not exist for a leader, and others may not supervise at all", async () => {
    const { part } = await openPart("2026-12-02T08:00:00+07:00");
    for (const id of [part, "nobody's"])
      expect(await ask(elsewhere, REASSIGN, { part: id, officer: null })).toMatchObject({
        error: { code: "NOT_FOUND" },
      });
    for (const persona of ["clerk", "registrar", "citizen", "portal"]) {
      expect(await ask({ persona }, REASSIGN, { part })).toMatchObject({ error: { code: "FORBIDDEN" } });
      expect(await late({ persona }, {})).toMatchObject({ error: { code: "FORBIDDEN" } });
      expect(await workload({ persona }, {}, "AGENCY")).toMatchObject({ error: { code: "FORBIDDEN" } });
    }
  });

  it("a scope outside the leader's office does not exist", async () => {
    for (const scope of [{ office: "31426" }, { province: "01" }]) {
      expect(await late(leader, scope)).toMatchObject({ error: { code: "NOT_FOUND" } });
      expect(await workload(leader, scope, "OFFICE")).toMatchObject({ error: { code: "NOT_FOUND" } });
    }
    expect((await late(ofProvince, { office: "31471" })).totalCount).toBeGreaterThan(0);
    expect(new Set((await workload(ofProvince, {}, "OFFICE")).map(({ key }: DossierData) => key))).toEqual(
      new Set(["31471", "31135"]),
    );
    expect(await late(bearer("leader", { province: "01" }), {})).toMatchObject({ totalCount: 0 });
    expect(await late(elsewhere, {})).toMatchObject({ totalCount: 0 });
    expect(await workload(elsewhere, {}, "OFFICER")).toEqual([]);
  });
});

/** A marriage of older people, whose marital status a registrar confirms where each of them lives. */
async function aMarriage(at: string, [his, hers]: readonly [string, string]): Promise<DossierData> {
  setClock(world.current, at);
  const isOlder = ({ dateOfBirth }: { dateOfBirth: string }) => dateOfBirth < "1990";
  const input = aMarriageRequest({ husband: ({ father }) => isOlder(father), wife: ({ mother }) => isOlder(mother) });
  input.husband.residence.commune = his;
  input.wife.residence.commune = hers;
  const variables = { input, idempotencyKey: aKey(), waitMs: 0 };
  const { dossier, problems } = await ask(clerk, contract("submit-marriage-bundle"), variables);
  expect(problems).toEqual([]);
  const bothOpen = ({ parts }: DossierData) => parts[0].state === "PROCESSING" && parts[1].state === "PROCESSING";
  return dossierThatIs(world.current, dossier.code, bothOpen);
}

describe("a part that another office than the dossier's works on", () => {
  const OTHER = "00004";
  const there: Persona = { persona: "leader", commune: OTHER };
  const CONTENT = "mutation ($part: ID!) { reassignPart(part: $part) { part { id content } problems { code } } }";

  it("the leader of that office gives it to others and reads nothing of the request, which the dossier's own leader reads", async () => {
    const { parts } = await aMarriage("2026-12-02T08:00:00+07:00", ["31471", OTHER]);
    const [his, hers] = parts;
    const { data, errors } = await world.current.ask(there, CONTENT, { part: hers.id });
    expect(data.reassignPart).toEqual({ part: { id: hers.id, content: null }, problems: [] });
    expect(errors).toMatchObject([{ path: ["reassignPart", "part", "content"], extensions: { code: "NOT_FOUND" } }]);
    expect((await ask(leader, CONTENT, { part: his.id })).part.content).toBeTypeOf("object");
  });

  it("the leader of that office reads nothing of the parts on which it depends, whose texts the dossier's own leader reads", async () => {
    setClock(world.current, "2026-12-02T08:00:00+07:00");
    const input = Object.assign(aBirthRequest(), { identityCard: { wanted: true, issuingOffice: OTHER } });
    input.child = {
      ...input.child,
      birthNotice: null,
      withoutNotice: { kind: "WITNESS", text: "Người làm chứng mẫu" },
    };
    const { data } = await submit(world.current, input, { waitMs: 0 });
    const { code } = data.submitBirthBundle.dossier;
    const waiting = await dossierThatIs(
      world.current,
      code,
      (dossier) => partOf(dossier, BIRTH).state === "PROCESSING",
    );
    const items = [{ code: "PAPER", text: "Thiếu văn bản", legalBasis: "điều 7 Nghị định 118/2025/NĐ-CP" }];
    expect(await decide(partOf(waiting, BIRTH).id, { supplement: { items } })).toMatchObject({ problems: [] });
    const DEPENDS = `mutation ($part: ID!) { reassignPart(part: $part) {
      part { dependsOn { procedure { code } supplement { items { text } } } } } }`;
    const card = { part: partOf(waiting, "1.014062").id };
    expect(await ask(there, DEPENDS, card)).toEqual({ part: { dependsOn: [] } });
    const { parts } = await ask(
      leader,
      "query ($code: ID!) { dossier(code: $code) { parts { id dependsOn { supplement { items { text } } } } } }",
      { code },
    );
    const seen = parts.find(({ id }: DossierData) => id === card.part);
    expect(seen.dependsOn).toEqual([{ supplement: { items: [{ text: expect.stringContaining("Thiếu văn bản") }] } }]);
  });

  it("the dossier's own leader cannot give it to others, and is not told so", async () => {
    const { code, parts } = await aMarriage("2026-12-02T08:00:00+07:00", [OTHER, OTHER]);
    setClock(world.current, "2026-12-30T08:00:00+07:00");
    for (const who of [leader, ofProvince])
      expect(await lateItem(code, who)).toMatchObject({ part: { id: parts[0].id }, reassignable: false });
    expect((await ask(leader, REASSIGN, { part: parts[0].id })).error.code).toBe("NOT_FOUND");
  });
});

const ITEMS = `query ($scope: ScopeInput!) { lateAndAtRisk(scope: $scope, first: 200) {
  nodes { dossier { code } part { id office { code } } heldBy { holder } reasonEn reassignable } } }`;
const lateItem = async (code: string, who: Persona) =>
  (await ask(who, ITEMS, { scope: {} })).nodes.find(({ dossier }: DossierData) => dossier.code === code);

describe("the part on which a late dossier depends", () => {
  it("while the citizen is awaited it is the part that papers are needed for, although an officer has another one", async () => {
    const { code, parts } = await aMarriage("2026-12-02T08:00:00+07:00", ["31471", "31471"]);
    setClock(world.current, "2026-12-30T08:00:00+07:00");
    expect(await lateItem(code, leader)).toMatchObject({ part: { id: parts[0].id }, heldBy: { holder: "AGENCY" } });
    const items = [{ code: "PAPER", text: "Bổ sung giấy xác nhận", legalBasis: "điều 7 Nghị định 118/2025/NĐ-CP" }];
    expect(await decide(parts[1].id, { supplement: { items } })).toMatchObject({ problems: [] });
    expect(await lateItem(code, leader)).toMatchObject({
      ...{ part: { id: parts[1].id, office: { code: "31471" } }, heldBy: { holder: "CITIZEN" }, reassignable: true },
    });
  });

  it("while an agency does not respond the reason names the step that it has to do", async () => {
    setClock(world.current, "2026-12-02T08:00:00+07:00");
    await inFaultMode(world.current, "RESIDENCE", "DOWN", async () => {
      const { data } = await submit(world.current, aBirthRequest(), { waitMs: 0 });
      const { code } = data.submitBirthBundle.dossier;
      await dossierThatIs(world.current, code, (dossier) => partOf(dossier, BIRTH).state === "GRANTED");
      setClock(world.current, "2026-12-30T08:00:00+07:00");
      await expect.poll(async () => (await lateItem(code, leader))?.heldBy.holder, { timeout: 20_000 }).toBe("OUTAGE");
      expect((await lateItem(code, leader)).reasonEn).toContain("about “Issue of the personal number”");
    });
  });
});
