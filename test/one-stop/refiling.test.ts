import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import { procedureForm } from "../../subgraphs/one-stop/procedures/forms/forms.ts";
import { aBirthRequest, aDeathRequest, dossierThatIs, readDossier } from "../given.ts";
import {
  acknowledged,
  BIRTH,
  type DossierData,
  INSURANCE,
  inFaultMode,
  isDone,
  partOf,
  RESIDENCE,
  registered,
  shortBackoff,
} from "../kit/dossier-outcomes.ts";
import { serial } from "../kit/serial-numbers.ts";
import { clerk, contract, type Persona, sharedWorld } from "../world.ts";

const world = sharedWorld(shortBackoff);
const registrar: Persona = { persona: "registrar" };
const aKey = () => `refile-${process.pid}-${serial("key")}`;
const REFILE = `mutation ($part: ID!, $changes: RefileChanges, $key: String!) {
  refilePart(part: $part, changes: $changes, idempotencyKey: $key, waitMs: 10000) {
    dossier { code refiledFrom { code } bundle { code } subject { fullName } history { nodes { note } }
      parts { id procedure { code } state } }
    problems { code path existingDossier { code } } } }`;
const LINKS = `query ($code: ID!) { dossier(code: $code) { revision refiledFrom { code }
  parts { procedure { code } refiledAs { code } } history { nodes { note part { procedure { code } } } } } }`;

type Refiling = { who?: Persona; key?: string; changes?: object | null };
async function refile(part: string, { who = clerk, key = aKey(), changes = null }: Refiling = {}) {
  const { data, errors } = await world.current.ask(who, REFILE, { part, changes, key });
  return (data?.refilePart ?? { errors }) as DossierData;
}
const codesOf = ({ problems }: DossierData) => problems.map(({ code }: DossierData) => code);
const links = async (code: string) => (await world.current.ask(clerk, LINKS, { code })).data.dossier;

/** A finished dossier of a birth of which one agency refused its part. */
async function refusedBy(agency: "RESIDENCE" | "HEALTH_INSURANCE" | "CIVIL_STATUS", input = aBirthRequest()) {
  const { code } = await inFaultMode(world.current, agency, "REFUSES", () => acknowledged(world.current, input));
  return dossierThatIs(world.current, code, isDone);
}

const aDossierInput = () => ({
  ...{ procedure: "1.000894", office: "31471", channel: "DESK", form: procedureForm("1.000894").example, papers: [] },
  declarant: { fullName: "Lê Thị Thử Nghiệm", personalId: "093195000017", phone: "0912345678" },
  handover: { method: "DESK" },
});

async function submittedSingle(): Promise<DossierData> {
  const variables = { input: aDossierInput(), idempotencyKey: aKey() };
  const { data } = await world.current.ask(clerk, contract("submit-dossier"), variables);
  return data.submitDossier.dossier;
}

/** Enters a person in the register of residents, as the police do. */
async function enterPerson(personalId: string, { fullName, dateOfBirth }: { fullName: string; dateOfBirth: string }) {
  const sql = world.current.sql("residence");
  const id = uuidv7();
  const entered = { valid_from: "1995-05-01", recorded_by: "test", ground: "test" };
  const facts = {
    full_name: fullName,
    date_of_birth: dateOfBirth,
    sex: "FEMALE",
    ethnicity: "Kinh",
    nationality: "VNM",
  };
  await sql`insert into persons ${sql({ id, personal_id: personalId })}`;
  await sql`insert into person_versions ${sql({ person_id: id, ...entered, ...facts, name_sound: "x" })}`;
}

async function decided(part: string, decision: object): Promise<void> {
  const variables = { part, decision, idempotencyKey: aKey() };
  const { data } = await world.current.ask(registrar, contract("decide-part"), variables);
  expect(data.decidePart.problems).toEqual([]);
}
const refuse = { refuse: { reason: "Thiếu căn cứ", legalBasis: "Luật Hôn nhân và gia đình 2014, Điều 8" } };

it("a part of a death whose form does not follow from the bundle names the procedure to submit anew", async () => {
  const variables = { input: aDeathRequest(), idempotencyKey: aKey(), waitMs: 5_000 };
  const { data } = await world.current.ask(clerk, contract("submit-death-bundle"), variables);
  const { code, parts } = data.submitDeathBundle.dossier;
  const refuse = { reason: "Không đủ căn cứ", legalBasis: "Luật Hộ tịch 60/2014/QH13, Điều 34" };
  const decision = { part: partOf({ parts }, "1.000656").id, decision: { refuse }, idempotencyKey: aKey() };
  await dossierThatIs(world.current, code, (dossier) => partOf(dossier, "1.000656").state === "PROCESSING");
  await world.current.ask(registrar, contract("decide-part"), decision);
  await dossierThatIs(world.current, code, isDone);
  expect((await refile(decision.part)).problems).toEqual([
    { code: "PART_SUBMITTED_ANEW", path: ["part"], existingDossier: null },
  ]);
});

describe("a refused part that is refiled alone", () => {
  it("a refused card is refiled with the earlier facts as a linked dossier, and granted for the registered child", async () => {
    const { code, parts } = await refusedBy("HEALTH_INSURANCE");
    const { dossier, problems } = await refile(partOf({ parts }, INSURANCE).id);
    expect(problems).toEqual([]);
    expect(dossier).toMatchObject({ refiledFrom: { code }, bundle: { code: INSURANCE } });
    expect(dossier.parts).toMatchObject([{ procedure: { code: INSURANCE }, state: "GRANTED" }]);
    expect(await registered(world.current, [code])).toMatchObject({ births: 1, residencies: 1, cards: 0 });
    expect(await registered(world.current, [dossier.code])).toMatchObject({ births: 0, numbers: 0, cards: 1 });
    const [card] = await world.current.sql(
      "health-insurance",
    )`select personal_id from cards where dossier = ${dossier.code}`;
    const [child] = await world.current.sql("residence")`select personal_id from persons where dossier = ${code}`;
    expect(card?.personal_id).toBe(child?.personal_id);
  });

  it("both dossiers name each other, in their fields and in their histories", async () => {
    const { code, parts } = await refusedBy("RESIDENCE");
    const { dossier } = await refile(partOf({ parts }, RESIDENCE).id);
    const [earlier, later] = [await links(code), await links(dossier.code)];
    expect(partOf(earlier, RESIDENCE).refiledAs).toEqual({ code: dossier.code });
    expect(partOf(earlier, BIRTH).refiledAs).toBeNull();
    expect(earlier.history.nodes.at(-1)).toMatchObject({ note: expect.stringContaining(dossier.code) });
    expect(later.history.nodes).toContainEqual(expect.objectContaining({ note: expect.stringContaining(code) }));
    expect(earlier.refiledFrom).toBeNull();
  });

  it("a refiled residence may change the household, and the agencies check it anew", async () => {
    const input = aBirthRequest();
    const { parts } = await refusedBy("RESIDENCE", input);
    const part = partOf({ parts }, RESIDENCE).id;
    const wrong = { ...input.residence, headPersonalId: "093093999999" };
    const refused = await refile(part, { changes: { residence: wrong } });
    expect(refused.problems).toMatchObject([
      { code: "HEAD_NOT_FOUND", path: ["changes", "residence", "headPersonalId"] },
    ]);
    expect((await refile(part, { changes: { residence: input.residence } })).problems).toEqual([]);
  });

  it("a refused birth is refiled with its branches", async () => {
    const input = aBirthRequest();
    const { parts } = await refusedBy("CIVIL_STATUS", input);
    expect(codesOf(await refile(partOf({ parts }, INSURANCE).id))).toEqual(["REFILE_EARLIER_PART"]);
    const birthBundle = { ...input, child: { ...input.child, fullName: "Phạm Minh Khang" } };
    const { dossier } = await refile(partOf({ parts }, BIRTH).id, { changes: { birthBundle } });
    expect(dossier.subject.fullName).toBe("Phạm Minh Khang");
    expect(dossier.parts.map(({ state }: DossierData) => state)).toEqual(["GRANTED", "GRANTED", "GRANTED"]);
  });

  it("parts without a personal number, because its issue was refused, are refiled alone and bring one number", async () => {
    const input = aBirthRequest();
    const personalId = `0931951${String(50_000 + serial("unknown mother"))}`;
    Object.assign(input.mother, { personalId, dateOfBirth: "1995-04-12" });
    input.declarant = { ...input.declarant, personalId };
    const { code } = await inFaultMode(world.current, "RESIDENCE", "DOWN", () =>
      acknowledged(world.current, input, { waitMs: 0 }),
    );
    const done = await dossierThatIs(world.current, code, isDone);
    expect(done.parts.map(({ state }: DossierData) => state)).toEqual(["GRANTED", "NOT_APPLICABLE", "NOT_APPLICABLE"]);
    const tracked = await world.current.ask(null, contract("track-dossier"), { code, phoneLast4: "5678" });
    expect(tracked.data.trackDossier.whatYouMustDo[0]).toMatch(/^Công an .* từ chối: .*nộp lại các phần việc/);
    const [home, card] = [partOf(done, RESIDENCE).id, partOf(done, INSURANCE).id];
    expect((await refile(home)).problems).toMatchObject([{ code: "PERSON_NOT_FOUND", path: ["mother", "personalId"] }]);
    await enterPerson(personalId, input.mother);
    for (const part of [home, card]) {
      const { dossier, problems } = await refile(part);
      expect(problems).toEqual([]);
      expect(dossier).toMatchObject({ refiledFrom: { code }, parts: [{ state: "GRANTED" }] });
    }
    const numbers = await world.current.sql("residence")`
      select personal_id from persons where guardians like ${`%${personalId}%`}`;
    const [birth] = await world.current.sql("civil-status")`
      select v.personal_id from births b join birth_versions v on v.birth_id = b.id
       where b.dossier = ${code} order by v.version desc limit 1`;
    expect(numbers.map((person) => person.personal_id)).toEqual([birth?.personal_id]);
  });

  it("a part of a dossier that was withdrawn before the birth was registered is refiled with the birth", async () => {
    const { code } = await inFaultMode(world.current, "CIVIL_STATUS", "DOWN", async () => {
      const dossier = await acknowledged(world.current, aBirthRequest(), { waitMs: 0 });
      const variables = { dossier: dossier.code, reason: "Người nộp rút hồ sơ", idempotencyKey: aKey() };
      await world.current.ask(clerk, contract("withdraw-dossier"), variables);
      return dossier;
    });
    const over = (dossier: DossierData) => partOf(dossier, BIRTH).state === "CANCELLED";
    const { parts } = await dossierThatIs(world.current, code, over);
    expect(codesOf(await refile(partOf({ parts }, RESIDENCE).id))).toEqual(["REFILE_EARLIER_PART"]);
    const { dossier } = await refile(partOf({ parts }, BIRTH).id);
    expect(dossier.parts.map(({ state }: DossierData) => state)).toEqual(["GRANTED", "GRANTED", "GRANTED"]);
  });

  it("a decided part of one procedure is corrected by a new dossier for its officers", async () => {
    for (const decision of [refuse, { grant: { facts: { number: "01/2026" } } }]) {
      const { code, parts } = await submittedSingle();
      expect(codesOf(await refile(parts[0].id))).toEqual(["PART_STILL_OPEN"]);
      await decided(parts[0].id, decision);
      const { dossier, problems } = await refile(parts[0].id);
      expect(problems).toEqual([]);
      expect(dossier).toMatchObject({ refiledFrom: { code }, parts: [{ state: "PROCESSING" }] });
    }
  });

  it("a branch that another dossier of the child has granted already is not opened a second time", async () => {
    const { parts } = await refusedBy("HEALTH_INSURANCE");
    const { dossier } = await refile(partOf({ parts }, INSURANCE).id);
    expect(dossier.parts).toMatchObject([{ state: "GRANTED" }]);
    const { problems } = await refile(partOf(dossier, INSURANCE).id);
    expect(problems).toContainEqual({
      ...{ code: "BRANCH_ALREADY_OPEN", path: ["part"], existingDossier: { code: dossier.code } },
    });
  });

  it("a granted card is not issued again: the agency says so", async () => {
    const { code } = await acknowledged(world.current, aBirthRequest());
    const { parts } = await dossierThatIs(world.current, code, isDone);
    expect(codesOf(await refile(partOf({ parts }, INSURANCE).id))).toEqual(["CARD_ALREADY_ISSUED"]);
  });
});

describe("refiling once", () => {
  it("a part refiled twice with one key is one dossier; another body or another key is a problem", async () => {
    const input = aBirthRequest();
    const { parts } = await refusedBy("HEALTH_INSURANCE", input);
    const [part, key] = [partOf({ parts }, INSURANCE).id, aKey()];
    const first = await refile(part, { key });
    expect((await refile(part, { key })).dossier.code).toBe(first.dossier.code);
    const other = await refile(part, { key, changes: { insurance: { facility: "93013" } } });
    expect(codesOf(other)).toEqual(["IDEMPOTENCY_CONFLICT"]);
    const again = await refile(part);
    expect(again.problems).toMatchObject([
      { code: "PART_ALREADY_REFILED", path: ["part"], existingDossier: { code: first.dossier.code } },
    ]);
  });

  it("of two refilings of one part at once, one dossier is opened", async () => {
    const { parts } = await submittedSingle();
    await decided(parts[0].id, refuse);
    const both = await Promise.all([refile(parts[0].id), refile(parts[0].id)]);
    expect(both.flatMap(codesOf)).toEqual(["PART_ALREADY_REFILED"]);
    const rows = await world.current.sql("one-stop")`select 1 from dossiers where refiled_from = ${parts[0].id}`;
    expect(rows).toHaveLength(1);
  });

  it("a refiled part that is refused again is refiled from its new dossier", async () => {
    const { parts } = await refusedBy("HEALTH_INSURANCE");
    const again = await inFaultMode(world.current, "HEALTH_INSURANCE", "REFUSES", () =>
      refile(partOf({ parts }, INSURANCE).id),
    );
    const second = await dossierThatIs(world.current, again.dossier.code, isDone);
    const third = await refile(partOf(second, INSURANCE).id);
    expect(third.dossier).toMatchObject({ refiledFrom: { code: second.code }, parts: [{ state: "GRANTED" }] });
  });

  it("a change of another part, an unknown part, a part of another desk and a caller without the permission are told apart", async () => {
    const { code, parts } = await refusedBy("HEALTH_INSURANCE");
    const part = partOf({ parts }, INSURANCE).id;
    const wrong = await refile(part, { changes: { form: {} } });
    expect(wrong.problems).toMatchObject([{ code: "CHANGE_NOT_OF_PART", path: ["changes", "form"] }]);
    const stranger = await refile(part, { who: { persona: "clerk", commune: "31426" } });
    expect(stranger.errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
    expect((await refile("no-uuid")).errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
    expect((await refile(part, { who: { persona: "insurer" } })).errors).toMatchObject([
      { extensions: { code: "FORBIDDEN" } },
    ]);
    expect((await readDossier(world.current, code)).data.dossier.state).toBe("COMPLETED");
  });
});
