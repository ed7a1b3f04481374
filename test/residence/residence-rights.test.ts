import { afterAll, beforeAll, expect, test } from "vitest";
import { families } from "../../subgraphs/_shared/demo/population.ts";
import { officers, type Role } from "../../subgraphs/_shared/rights/permissions.ts";
import { caller, openResidence, type ResidenceWorld, SAMPLE, service, settleNewborn } from "./residence-database.ts";

const FIELDS = `id personalId fullName dateOfBirth sex ethnicity nationality
  residency { id registeredOn relationToHead household { code address { line commune { code name } }
    head { personalId fullName } members { relationToHead citizen { personalId fullName sex } } } }`;
const { mother, father, household } = SAMPLE;
const stranger = families()[9] as typeof SAMPLE;
const elsewhere = families("00004")[0] as typeof SAMPLE;

let world: ResidenceWorld;
let child: Awaited<ReturnType<typeof settleNewborn>>;
let childElsewhere: typeof child;
beforeAll(async () => {
  world = await openResidence();
  child = await settleNewborn(world, SAMPLE);
  childElsewhere = await settleNewborn(world, elsewhere, { office: "00004" });
});
afterAll(() => world.close());

const see = async (role: Role, personalId: string, more: object = {}) =>
  (await world.citizen(caller(role, more), { personalId }, FIELDS.replace("id personalId", "personalId"))).citizen;
const nothingOf = (personalId: string) => ({
  personalId,
  fullName: null,
  dateOfBirth: null,
  sex: null,
  ethnicity: null,
  nationality: null,
  residency: null,
});

test.each(["clerk", "leader", "police"] as const)("a %s sees a citizen with the whole household", async (role) => {
  const citizen = await see(role, mother.personalId);
  expect(citizen).toMatchObject({ fullName: mother.fullName, dateOfBirth: "1995-04-12", sex: "FEMALE" });
  expect(citizen.residency).toMatchObject({ relationToHead: "WIFE", registeredOn: "2021-07-01" });
  expect(citizen.residency.household).toEqual({
    code: household.code,
    address: { line: "Số 12, khu vực 3", commune: { code: "31471", name: "Phường Long Mỹ" } },
    head: { personalId: father.personalId, fullName: father.fullName },
    members: [
      { relationToHead: "HEAD", citizen: { personalId: father.personalId, fullName: father.fullName, sex: "MALE" } },
      { relationToHead: "WIFE", citizen: { personalId: mother.personalId, fullName: mother.fullName, sex: "FEMALE" } },
      { relationToHead: "CHILD", citizen: { personalId: child.personalId, fullName: "Phạm Minh Thử", sex: "MALE" } },
    ],
  });
});

test.each(officers.filter(({ agency }) => agency !== "RESIDENCE").map(({ role }) => role))(
  "a %s sees all names, and a household only where a dossier changed it",
  async (role) => {
    expect(await see(role, mother.personalId)).toEqual({
      ...nothingOf(mother.personalId),
      fullName: mother.fullName,
      dateOfBirth: "1995-04-12",
    });
    const { sex, residency } = await see(role, child.personalId);
    expect({ sex, head: residency.household.head }).toEqual({
      sex: "MALE",
      head: { personalId: father.personalId, fullName: father.fullName },
    });
    expect(residency.household.members.map((m: { relationToHead: string }) => m.relationToHead)).toEqual(["CHILD"]);
  },
);

test("a portal sees names of its province, and residences from its own dossiers", async () => {
  const portal = (personalId: string) => see("portal", personalId, { province: "92" });
  expect(await portal(mother.personalId)).toMatchObject({ fullName: mother.fullName, sex: null, residency: null });
  expect((await portal(child.personalId)).residency).toMatchObject({ relationToHead: "CHILD" });
  expect(await portal(elsewhere.mother.personalId)).toEqual(nothingOf(elsewhere.mother.personalId));
  expect(await portal(childElsewhere.personalId)).toEqual(nothingOf(childElsewhere.personalId));
});

test("a portal without a province sees nobody", async () => {
  expect(await see("portal", child.personalId)).toEqual(nothingOf(child.personalId));
});

test("a citizen sees the own record, housemates by name, and the own child", async () => {
  const as = { personalId: mother.personalId };
  const self = await see("citizen", mother.personalId, as);
  expect(self).toMatchObject({ sex: "FEMALE", residency: { household: { head: { fullName: father.fullName } } } });
  expect(self.residency.household.members.map((m: { citizen: object }) => m.citizen)).toEqual([
    { personalId: father.personalId, fullName: father.fullName, sex: null },
    { personalId: mother.personalId, fullName: mother.fullName, sex: "FEMALE" },
    { personalId: child.personalId, fullName: "Phạm Minh Thử", sex: "MALE" },
  ]);
  expect(await see("citizen", child.personalId, as)).toMatchObject({ residency: { relationToHead: "CHILD" } });
  expect(await see("citizen", father.personalId, as)).toMatchObject({ fullName: father.fullName, residency: null });
});

test("a citizen sees no stranger, nor a stranger's child", async () => {
  const as = { personalId: stranger.mother.personalId };
  expect(await see("citizen", mother.personalId, as)).toEqual(nothingOf(mother.personalId));
  expect(await see("citizen", child.personalId, as)).toEqual(nothingOf(child.personalId));
  expect(await see("citizen", child.personalId)).toEqual(nothingOf(child.personalId));
});

test.each(["fullName", "dateOfBirth", "sex", "ethnicity", "nationality", "id", "residency { id }"])(
  "%s is refused a citizen's residence without citizen:read",
  async (field) => {
    const without = caller("clerk", { permissions: [] });
    const refused = await world.citizen(without, { personalId: mother.personalId }, field);
    const anonymous = await world.citizen(caller("anonymous"), { personalId: mother.personalId }, field);
    expect([refused.codes, anonymous.codes]).toEqual([["FORBIDDEN"], ["UNAUTHENTICATED"]]);
  },
);

const residencyQuery = `query($r: [_Any!]!) { _entities(representations: $r) { ... on Residency {
  id registeredOn relationToHead household { code } } } }`;
const residency = async (role: Role, id: string, more: object = {}) =>
  world.ask(caller(role, more), residencyQuery, { r: [{ __typename: "Residency", id }] });

test("a residency is resolved by its id within the same rights", async () => {
  const shown = await residency("registrar", child.residencyId);
  const hidden = await residency("citizen", child.residencyId, { personalId: stranger.mother.personalId });
  const bad = await residency("clerk", "not-an-id");
  expect(shown.data._entities[0]).toMatchObject({ registeredOn: "2026-11-24", household: { code: household.code } });
  expect(hidden.data._entities[0]).toEqual({
    id: child.residencyId,
    registeredOn: null,
    relationToHead: null,
    household: null,
  });
  expect(bad).toMatchObject({ codes: [], data: { _entities: [{ id: "not-an-id", household: null }] } });
  const refused = await world.ask(caller("clerk", { permissions: [] }), residencyQuery, {
    r: [{ __typename: "Residency", id: child.residencyId }],
  });
  expect(refused.codes).toEqual(["FORBIDDEN"]);
  expect(refused.data._entities).toEqual([null]);
});

test("an entity key of a citizen is translated into the other key", async () => {
  const byNumber = await world.citizen(caller("clerk"), { personalId: child.personalId }, "id personalId");
  const byId = await world.citizen(caller("clerk"), { id: child.id }, "id personalId");
  expect(byNumber.citizen).toEqual({ id: child.id, personalId: child.personalId });
  expect(byId.citizen).toEqual(byNumber.citizen);
});

test("an unknown citizen is returned with the given key alone", async () => {
  const id = "01980000-0000-7000-8000-000000000000";
  const fields = "personalId fullName residency { id }";
  const byId = await world.citizen(caller("clerk"), { id }, `id ${fields}`);
  const byNumber = await world.citizen(caller("clerk"), { personalId: "092226099999" }, fields);
  expect(byId).toMatchObject({ codes: [], citizen: { id, personalId: null, fullName: null, residency: null } });
  expect(byNumber).toMatchObject({ codes: [], citizen: { personalId: "092226099999", fullName: null } });
  const translated = await world.citizen(caller("clerk"), { personalId: "092226099999" }, "id");
  expect(translated.codes).toEqual(["NOT_FOUND"]);
});

test("only the one-stop service may ask whether a citizen exists", async () => {
  const exists = "query($p: PersonalId!) { citizenExists(personalId: $p) }";
  const ask = (role: Role, p: string) => world.ask(caller(role), exists, { p });
  expect((await world.ask(service(), exists, { p: mother.personalId })).data.citizenExists).toBe(true);
  expect((await world.ask(service(), exists, { p: "092226099999" })).data.citizenExists).toBe(false);
  expect((await ask("clerk", mother.personalId)).codes).toEqual(["FORBIDDEN"]);
  expect((await ask("anonymous", mother.personalId)).codes).toEqual(["UNAUTHENTICATED"]);
});

test("only the one-stop service may ask for the personal numbers of ids", async () => {
  const document = "query($ids: [ID!]!) { personalIds(citizens: $ids) }";
  const { citizen } = await world.citizen(caller("clerk"), { personalId: mother.personalId }, "id");
  const ids = ["0192f000-0000-7000-8000-000000000000", citizen.id, "no uuid"];
  expect((await world.ask(service(), document, { ids })).data.personalIds).toEqual([null, mother.personalId, null]);
  expect((await world.ask(caller("clerk"), document, { ids })).codes).toEqual(["FORBIDDEN"]);
  expect((await world.ask(caller("anonymous"), document, { ids })).codes).toEqual(["UNAUTHENTICATED"]);
});

test("reading a residence records exactly the persons shown, with the dossier as the purpose", async () => {
  const by = caller("clerk", { requestId: "recorded-1" });
  await world.citizen(by, { personalId: mother.personalId }, "residency { household { members { relationToHead } } }");
  await world.citizen({ ...by, requestId: "recorded-2" }, { personalId: "092226099999" }, "fullName");
  const rows = await world.sql`
    select purpose, citizens from access_log where request_id like 'recorded-%' order by purpose nulls first`;
  expect(rows.map((row) => [row.purpose, row.citizens.sort()])).toEqual([
    [null, [mother.personalId, father.personalId].sort()],
    [child.dossier, [child.personalId]],
  ]);
});

test.each([
  ["households, heads and members", FIELDS, 5],
  ["the same and temporary residences", `${FIELDS} temporaryResidences { endsOn address { commune { name } } }`, 6],
])("a hundred citizens with %s take as few statements as ten", async (_, fields, count) => {
  const source = `query($r: [_Any!]!) { _entities(representations: $r) { ... on Citizen { ${fields} } } }`;
  const mothers = families().map((f) => ({ __typename: "Citizen", personalId: f.mother.personalId }));
  const ten = await world.ask(caller("clerk"), source, { r: mothers.slice(20, 30) });
  const hundred = await world.ask(caller("clerk"), source, { r: mothers.slice(20, 120) });
  expect([ten.statements.length, hundred.statements.length]).toEqual([count, count]);
  expect(hundred.data._entities[99].residency.household.members).toHaveLength(2);
});

test("the residence register's demo population is seeded once and completely", async () => {
  const [counts] = await world.sql`select (select count(*)::int from persons where dossier is null) as persons,
    (select count(*)::int from households) as households, (select count(*)::int from residencies where dossier is null) as residencies,
    (select count(*)::int from residency_versions where relation_to_head = 'HEAD') as heads`;
  expect(counts?.persons).toBe(counts?.residencies);
  expect(counts?.persons).toBe(2 * counts?.households);
  expect(counts?.heads).toBe(counts?.households);
  expect(counts?.households).toBeGreaterThan(4_000);
});
