import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";
import { families } from "../../subgraphs/_shared/demo/population.ts";
import {
  asInput,
  CHECK,
  numberContent,
  openResidence,
  part,
  type ResidenceWorld,
  residenceContentOf,
  SAMPLE,
  service,
  settleNewborn,
} from "./residence-database.ts";

let world: ResidenceWorld;
beforeAll(async () => {
  world = await openResidence();
});
afterAll(() => world.close());

type Content = ReturnType<typeof residenceContentOf>;

/** The agency's check of the sample's request after a change. */
async function check(change: (content: Content) => void, personalId: string | null = null) {
  const content = residenceContentOf(SAMPLE, personalId);
  change(content);
  const { data } = await world.ask(service(), CHECK, { part: asInput(part("1.004222", content)) });
  return data.checkPart as { handling: string; problems: { code: string; path: string[] }[] };
}

/** Names that no rule finds alike, so that no child of the sample is taken for another one. */
const names = [
  "Lê Bảo An",
  "Trịnh Thuý Quỳnh",
  "Vũ Hoàng Long",
  "Đặng Phương Chi",
  "Hồ Sỹ Đức",
  "Bùi Gia Khiêm",
].values();

async function newNumber(): Promise<string> {
  const content = numberContent(SAMPLE, { fullName: names.next().value });
  return (await world.deliver(part("personal-number", content))).facts?.personalId ?? "";
}

test("the sample's child joins the father's household on the day of the decision in Viet Nam", async () => {
  const { settled, personalId, residencyId } = await settleNewborn(world, SAMPLE);
  const [row] = await world.sql`
    select v.*, v.registered_on::text as day, r.guardians, h.code from residencies r
      join residency_versions v on v.residency_id = r.id join households h on h.id = v.household_id
     where r.id = ${residencyId}`;
  expect(settled).toMatchObject({ state: "GRANTED", result: { type: "Residency" }, facts: {} });
  expect(row).toMatchObject({ day: "2026-11-24", relation_to_head: "CHILD", kind: "PERMANENT", version: 1 });
  expect(row).toMatchObject({ code: "3147100001", guardians: "093195000017 093093000023" });
  expect(
    await world.sql`select 1 from access_log where action = 'CHANGE' and ${personalId} = any(citizens)`,
  ).toHaveLength(2);
});

test("a residence request that the registers prove is automatic and has no problem", async () => {
  expect(await check(() => {})).toEqual({ handling: "AUTOMATIC", problems: [] });
});

const place = ["residence", "address", "commune"];
const head = ["residence", "headPersonalId"];

test.each([
  ["a commune that is no more", "COMMUNE_UNKNOWN", place, (c: Content) => (c.residence.address.commune = "31472")],
  ["a commune of others", "ADDRESS_COMMUNE_MISMATCH", place, (c: Content) => (c.residence.address.commune = "00004")],
  ["a head nobody knows", "HEAD_NOT_FOUND", head, (c: Content) => (c.residence.headPersonalId = "093093999999")],
  ["a wife for the head", "HEAD_IS_NOT_HEAD", head, (c: Content) => (c.residence.headPersonalId = "093195000017")],
  [
    "a relation of no list",
    "RELATION_UNKNOWN",
    ["residence", "relationToHead"],
    (c: Content) => (c.residence.relationToHead = "SON"),
  ],
  [
    "a child with a number nobody has",
    "PERSON_NOT_FOUND",
    ["child", "personalId"],
    (c: Content) => (c.child.personalId = "092226099999"),
  ],
])("a residence request is refused when %s, with the problem %s", async (_, code, path, change) => {
  const { problems } = await check(change);
  expect(problems).toEqual([{ code, path }]);
});

test("a child with a registered residence is refused with the dossier that registered it", async () => {
  const { personalId } = await settleNewborn(
    world,
    SAMPLE,
    { dossier: "H13.152-261124-000001" },
    { fullName: "Ngô Quốc Việt" },
  );
  const { problems } = await check(() => {}, personalId);
  const again = await world.deliver(part("1.004222", residenceContentOf(SAMPLE, personalId)));
  expect(problems).toEqual([{ code: "ALREADY_RESIDENT", path: ["residence"] }]);
  expect(again).toMatchObject({
    state: "REFUSED",
    refusal: { code: "ALREADY_RESIDENT", existingDossier: "H13.152-261124-000001" },
  });
  expect(again.refusal?.legalBasis).toContain("68/2020/QH14");
});

test("all problems of a residence request are reported together", async () => {
  const { problems } = await check(({ residence }) => {
    residence.headPersonalId = "093093999999";
    residence.address.commune = "99999";
    residence.relationToHead = "constructor";
  });
  expect(problems.map((p) => p.code)).toEqual(["HEAD_NOT_FOUND", "COMMUNE_UNKNOWN", "RELATION_UNKNOWN"]);
});

const otherFamily = families()[5] as typeof SAMPLE;

test.each([
  [
    "neither parent lives in the household",
    "NO_PARENT_IN_HOUSEHOLD",
    (c: Content) => Object.assign(c, { mother: otherFamily.mother, father: otherFamily.father }),
  ],
  ["the child is no descendant", "RELATION_NOT_BY_DESCENT", (c: Content) => (c.residence.relationToHead = "GUEST")],
  ["the line differs", "ADDRESS_LINE_DIFFERS", (c: Content) => (c.residence.address.line = "Số 13, khu vực 3")],
])("a residence request waits for an officer when %s", async (_, reason, change) => {
  const content = residenceContentOf(SAMPLE, await newNumber());
  change(content);
  const incoming = part("1.004222", content);
  expect(await check(change)).toEqual({ handling: "OFFICER", problems: [] });
  expect((await world.deliver(incoming)).state).toBe("PROCESSING");
  const rows = await world.sql`select verify from received_parts where part_id = ${incoming.id}`;
  expect(rows[0]?.verify).toEqual([reason]);
});

test("diacritics, case and commas of the address line require no officer", async () => {
  const { handling } = await check(({ residence }) => {
    residence.address.line = "SO 12  KHU VUC 3";
  });
  expect(handling).toBe("AUTOMATIC");
});

test("one parent in the household is enough for a child's residence", async () => {
  const { handling } = await check((content) => Object.assign(content, { father: null }));
  expect(handling).toBe("AUTOMATIC");
});

test("one residence part delivered twenty times at once creates one residency", async () => {
  const personalId = await newNumber();
  const incoming = part("1.004222", residenceContentOf(SAMPLE, personalId));
  const answers = await Promise.all(Array.from({ length: 20 }, () => world.deliver(incoming)));
  expect(new Set(answers.map((a) => `${a.state} ${a.result?.id}`)).size).toBe(1);
  expect(answers[0]?.state).toBe("GRANTED");
});

test("of ten concurrent residence parts for one child one is granted and nine are refused", async () => {
  const content = residenceContentOf(SAMPLE, await newNumber());
  const answers = await Promise.all(Array.from({ length: 10 }, () => world.deliver(part("1.004222", content))));
  expect(answers.map((a) => a.refusal?.code ?? a.state).sort()).toEqual([
    ...Array.from({ length: 9 }, () => "ALREADY_RESIDENT"),
    "GRANTED",
  ]);
});

test("a residence without a personal number is never granted", async () => {
  const incoming = part("1.004222", residenceContentOf(SAMPLE, null));
  await expect(world.deliver(incoming)).rejects.toThrow("has a number");
});

test("a residence part delivered after its cancellation changes nothing", async () => {
  const incoming = part("1.004222", residenceContentOf(SAMPLE, await newNumber()));
  const cancel = `mutation($id: ID!) { cancelPart(partId: $id) { state } }`;
  expect((await world.ask(service(), cancel, { id: incoming.id })).data.cancelPart.state).toBe("CANCELLED");
  expect((await world.deliver(incoming)).state).toBe("CANCELLED");
  expect(await world.sql`select 1 from residencies where part_id = ${incoming.id}`).toHaveLength(0);
});

test.each(["persons", "person_versions", "households", "household_versions", "residencies", "residency_versions"])(
  "the residence table %s refuses change and removal",
  async (table) => {
    const { sql } = world;
    const column = table.endsWith("_versions") ? sql`version = version` : sql`id = id`;
    await expect(sql`update ${sql(table)} set ${column}`).rejects.toThrow("append-only");
    await expect(sql`delete from ${sql(table)}`).rejects.toThrow("append-only");
    await expect(sql`truncate ${sql(table)} cascade`).rejects.toThrow("append-only");
  },
);

test("the residence database refuses a second chain of residence, an unknown commune and half a number", async () => {
  const { sql } = world;
  await expect(sql`insert into residencies (id, person_id) values (${uuidv7()}, ${SAMPLE.mother.id})`).rejects.toThrow(
    "residencies_person_id_unique",
  );
  await expect(
    sql`insert into household_versions (household_id, version, valid_from, recorded_by, ground, head_person_id, address_line, commune_list, commune_code)
        values (${SAMPLE.household.id}, 2, '2026-01-01', 'test', 'test', ${SAMPLE.father.id}, 'x', '2025-07-01', '99999')`,
  ).rejects.toThrow("household_versions_commune");
  await expect(sql`insert into persons (id, personal_id) values (${uuidv7()}, '093')`).rejects.toThrow(
    "persons_personal_id",
  );
});
