import { afterAll, beforeAll, expect, test } from "vitest";
import { families } from "../../subgraphs/_shared/demo/population.ts";
import { parsePersonalId, personalIdFacts } from "../../subgraphs/_shared/reference/identifiers/personal-id.ts";
import { BadConfiguration } from "../../subgraphs/_shared/serving/environment.ts";
import { readSerialRange } from "../../subgraphs/residence/configuration.ts";
import {
  asInput,
  CHECK,
  numberContent,
  numbersFrom,
  openResidence,
  part,
  type ResidenceWorld,
  SAMPLE,
  service,
} from "./residence-database.ts";

let world: ResidenceWorld;
beforeAll(async () => {
  world = await openResidence();
});
afterAll(() => world.close());

const personsOf = (citizenIds: string[]) =>
  world.sql<{ id: string; personal_id: string; versions: number }[]>`
    select p.id, p.personal_id, count(v.*)::int as versions from persons p left join person_versions v on v.person_id = p.id
     where p.id in ${world.sql(citizenIds)} group by p.id`;

test("a newborn's personal number contains place, century, sex and year", async () => {
  const content = numberContent(SAMPLE, { sex: "FEMALE", dateOfBirth: "2026-11-16" });
  const answer = await world.deliver(part("personal-number", content));
  const parsed = parsePersonalId(answer.facts?.personalId ?? "");
  expect(answer.state).toBe("GRANTED");
  expect(answer.result).toBeNull();
  expect(parsed.ok && personalIdFacts(parsed.value)).toEqual({ place: "092", sex: "FEMALE", birthYear: 2026 });
  expect(parsed).toMatchObject({ warnings: [] });
  expect(Number(answer.facts?.personalId?.slice(6))).toBeGreaterThanOrEqual(100_000);
});

test("the register entry of a person holds the dossier, the parents and the officer, on the day in Viet Nam", async () => {
  const incoming = part("personal-number", numberContent(SAMPLE));
  await world.deliver(incoming);
  const [row] = await world.sql`
    select p.*, v.* , v.valid_from::text as day from persons p join person_versions v on v.person_id = p.id where p.part_id = ${incoming.id}`;
  expect(row).toMatchObject({
    dossier: incoming.dossier,
    office: "31471",
    office_province: "92",
    guardians: "093195000017 093093000023",
    mother_personal_id: "093195000017",
    father_personal_id: "093093000023",
    recorded_by: null, // the desk's service
    ground: null, // the dossier of the head
    day: "2026-11-24",
  });
  const changes = await world.sql`select * from access_log where purpose = ${incoming.dossier} and action = 'CHANGE'`;
  expect(changes).toHaveLength(1);
});

test("fifty newborns at once get fifty personal numbers", async () => {
  const contents = Array.from({ length: 50 }, () => numberContent(SAMPLE));
  const answers = await Promise.all(contents.map((content) => world.deliver(part("personal-number", content))));
  expect(new Set(answers.map((a) => a.facts?.personalId)).size).toBe(50);
  const rows = await personsOf(contents.map((c) => c.child.citizenId));
  expect(rows).toHaveLength(50);
});

test("one personal number part delivered twenty times at once creates one person with one number", async () => {
  const content = numberContent(SAMPLE);
  const incoming = part("personal-number", content);
  const answers = await Promise.all(Array.from({ length: 20 }, () => world.deliver(incoming)));
  expect(new Set(answers.map((a) => a.facts?.personalId)).size).toBe(1);
  expect(await personsOf([content.child.citizenId])).toMatchObject([{ versions: 1 }]);
});

test("two personal number parts for one citizen get the same number", async () => {
  const content = numberContent(SAMPLE);
  const [one, other] = await Promise.all([1, 2].map(() => world.deliver(part("personal-number", content))));
  expect(one?.facts).toEqual(other?.facts);
  expect(await personsOf([content.child.citizenId])).toMatchObject([{ versions: 1 }]);
});

test("a taken serial of a personal number is drawn again", async () => {
  const serials = [200_000, 200_000, 200_001];
  const handlers = numbersFrom(200_000, 200_001, () => serials.shift() ?? 0);
  const first = await world.deliver(part("personal-number", numberContent(SAMPLE)), handlers);
  const second = await world.deliver(part("personal-number", numberContent(SAMPLE)), handlers);
  expect([first, second].map((a) => a.facts?.personalId)).toEqual(["092226200000", "092226200001"]);
});

test("a personal number is not written when every serial is taken, and a later delivery succeeds", async () => {
  await world.deliver(part("personal-number", numberContent(SAMPLE)), numbersFrom(300_000, 300_000));
  const incoming = part("personal-number", numberContent(SAMPLE));
  await expect(world.deliver(incoming, numbersFrom(300_000, 300_000))).rejects.toThrow("widen PERSONAL_NUMBER_RANGE");
  expect((await world.deliver(incoming)).state).toBe("GRANTED");
});

test("a parent unknown to the population register is reported", async () => {
  const content = numberContent(SAMPLE);
  content.mother.personalId = "093195999999";
  const answer = await world.deliver(part("personal-number", content));
  expect(answer).toMatchObject({ state: "REFUSED", refusal: { code: "PERSON_NOT_FOUND" } });
  expect(answer.refusal?.legalBasis).toContain("26/2023/QH15");
});

test("all differences from the population register are reported together, each with its path", async () => {
  const content = numberContent(SAMPLE);
  content.mother.fullName = "Lê Thị Khác";
  content.mother.dateOfBirth = "1995-04-13";
  content.father.personalId = "093093999999";
  const { codes, data } = await world.ask(service(), CHECK, { part: asInput(part("personal-number", content)) });
  expect(codes).toEqual([]);
  expect(data.checkPart.problems).toEqual([
    { code: "PERSON_NAME_MISMATCH", path: ["mother", "fullName"] },
    { code: "PERSON_BIRTH_DATE_MISMATCH", path: ["mother", "dateOfBirth"] },
    { code: "PERSON_NOT_FOUND", path: ["father", "personalId"] },
  ]);
});

test.each([
  ["the year alone agrees with the whole date", "1995", []],
  ["the month agrees", "1995-04", []],
  ["another month does not", "1995-05", ["PERSON_BIRTH_DATE_MISMATCH"]],
])("a partly known birth date is compared with that of the register: %s", async (_, dateOfBirth, codes) => {
  const content = numberContent(SAMPLE, { citizenId: null });
  content.mother.dateOfBirth = dateOfBirth;
  content.father.dateOfBirth = "1993-07-01"; // the register knows the year only
  const { data } = await world.ask(service(), CHECK, { part: asInput(part("personal-number", content)) });
  expect(data.checkPart.problems.map((p: { code: string }) => p.code)).toEqual(codes);
});

test("a name with another tone spelling or in decomposed letters is the same name", async () => {
  const family = families().find(({ mother }) => mother.fullName.endsWith(" Thuý"));
  const content = numberContent(family ?? SAMPLE, { citizenId: null });
  content.mother.fullName = `${family?.mother.fullName.slice(0, -4)}Thúy`.normalize("NFD");
  const { data } = await world.ask(service(), CHECK, { part: asInput(part("personal-number", content)) });
  expect(data.checkPart).toEqual({ handling: "AUTOMATIC", problems: [] });
});

test("a father may be absent or without a personal number", async () => {
  const absent = await world.deliver(part("personal-number", { ...numberContent(SAMPLE), father: null }));
  const foreign = numberContent(SAMPLE);
  const father = { ...foreign.father, fullName: "Jean Dupont", personalId: null };
  expect(absent.state).toBe("GRANTED");
  expect((await world.deliver(part("personal-number", { ...foreign, father }))).state).toBe("GRANTED");
});

test("a personal number is granted only for a citizen whom civil status registered", async () => {
  const content = numberContent(SAMPLE, { citizenId: null });
  await expect(world.deliver(part("personal-number", content))).rejects.toThrow("registered birth");
});

test("a lost number that another person holds now, or a child with another number, is left to an officer", async () => {
  const holder = numberContent(SAMPLE);
  const held = await world.deliver(part("personal-number", holder));
  const grantedBefore = { personalId: held.facts?.personalId ?? "", on: "2026-11-20" };
  const lost = { ...numberContent(SAMPLE), grantedBefore };
  const { data } = await world.ask(service(), CHECK, { part: asInput(part("personal-number", lost)) });
  const taken = [{ code: "FORMER_NUMBER_TAKEN", path: ["grantedBefore", "personalId"] }];
  expect(data.checkPart.problems).toEqual(taken);
  const other = { ...holder, grantedBefore: { ...grantedBefore, personalId: "092226999999" } };
  const again = await world.ask(service(), CHECK, { part: asInput(part("personal-number", other)) });
  expect(again.data.checkPart.problems).toEqual(taken);
  expect(await world.deliver(part("personal-number", { ...holder, grantedBefore }))).toMatchObject({
    state: "GRANTED",
  });
});

test("an office outside the list of communes is refused as a faulty request", async () => {
  const incoming = part("personal-number", numberContent(SAMPLE), { office: "99999" });
  await expect(world.deliver(incoming)).rejects.toThrow("no commune");
});

test("the range of serials is read from the environment, and an invalid one is reported by name", () => {
  expect(readSerialRange({ PERSONAL_NUMBER_RANGE: "500000-500999" })).toEqual({ from: 500_000, to: 500_999 });
  expect(readSerialRange({})).toEqual({ from: 100_000, to: 999_999 });
  expect(() => readSerialRange({ PERSONAL_NUMBER_RANGE: "9-1" })).toThrow(BadConfiguration);
  expect(() => readSerialRange({ PERSONAL_NUMBER_RANGE: "200000-100000" })).toThrow("PERSONAL_NUMBER_RANGE");
});
