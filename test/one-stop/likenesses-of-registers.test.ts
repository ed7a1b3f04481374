import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import { aBirthRequest, aFamily, dossierThatIs } from "../given.ts";
import {
  acknowledged,
  type DossierData,
  INSURANCE,
  isDone,
  partOf,
  RESIDENCE,
  registered,
  shortBackoff,
} from "../kit/dossier-outcomes.ts";
import { serial } from "../kit/serial-numbers.ts";
import { clerk, contract, type Persona, sharedWorld } from "../world.ts";

const world = sharedWorld(shortBackoff);
const police: Persona = { persona: "police" };
const insurer: Persona = { persona: "insurer" };
const LIKE = `query ($code: ID!) { dossier(code: $code) { parts { procedure { code } state likenesses { id rule text
  entry { ... on Residency { id } ... on HealthInsuranceCard { id } } facts { field here there } comparedBy { id } } } } }`;

/** A resident and holder of a card of whose birth the register of births knows nothing: registered before, elsewhere. */
async function aRegisteredChild({ mother }: ReturnType<typeof aFamily>) {
  const ids = { person: uuidv7(), residency: uuidv7(), card: uuidv7() };
  const personalId = `0922260${String(50_000 + serial("registered child"))}`;
  const [residence, insurance] = [world.current.sql("residence"), world.current.sql("health-insurance")];
  const entered = { valid_from: "2026-11-17", recorded_by: "test", ground: "test" };
  const person = { full_name: "Phạm Minh Khoi", date_of_birth: "2026-11-15", sex: "MALE", ethnicity: "Kinh" };
  const kin = { nationality: "VNM", mother_personal_id: mother.personalId, name_sound: "fam min coi" };
  const [household] = await residence`
    select v.household_id from residency_versions v join residencies r on r.id = v.residency_id
      join persons p on p.id = r.person_id where p.personal_id = ${mother.personalId}`;
  const home = { household_id: household?.household_id, relation_to_head: "CHILD", kind: "PERMANENT" };
  await residence`insert into persons ${residence({ id: ids.person, personal_id: personalId })}`;
  await residence`insert into person_versions ${residence({ person_id: ids.person, ...entered, ...person, ...kin })}`;
  await residence`insert into residencies ${residence({ id: ids.residency, person_id: ids.person })}`;
  const residency = { residency_id: ids.residency, ...entered, ...home, registered_on: "2026-11-17" };
  await residence`insert into residency_versions ${residence(residency)}`;
  const card = { id: ids.card, number: `TE1929000${personalId.slice(6)}`, personal_id: personalId };
  await insurance`insert into cards ${insurance({ ...card, guardians: mother.personalId })}`;
  const holder = { holder_name: person.full_name, holder_date_of_birth: person.date_of_birth, facility_code: "93012" };
  const cover = { card_valid_from: "2026-11-15", card_valid_to: "2032-11-30", benefit: 1, object_code: "TE" };
  await insurance`insert into card_versions ${insurance({ card_id: ids.card, ...entered, ...holder, ...cover })}`;
  return ids;
}

/** A dossier of a child whom the later registers may know already. */
async function aLikeChild() {
  const family = aFamily();
  const ids = await aRegisteredChild(family);
  const { code } = await acknowledged(world.current, aBirthRequest(family));
  const waits = (dossier: DossierData) =>
    [RESIDENCE, INSURANCE].every((procedure) => partOf(dossier, procedure).state === "PROCESSING");
  return { code, ids, dossier: await dossierThatIs(world.current, code, waits) };
}

async function decide(who: Persona, part: string, compared: string[]): Promise<DossierData> {
  const decision = { grant: { facts: {}, compared } };
  const variables = { part, decision, idempotencyKey: `registers-${process.pid}-${serial("key")}` };
  const { data, errors } = await world.current.ask(who, contract("decide-part"), variables);
  return data?.decidePart ?? { errors };
}

async function likenesses(who: Persona, code: string, procedure: string): Promise<DossierData> {
  const { data } = await world.current.ask(who, LIKE, { code });
  return partOf(data.dossier, procedure).likenesses;
}

describe("a child whom the registers of residence and of cards may know already", () => {
  it("a like resident and a like card are shown side by side, each to officers of its own agency", async () => {
    const { code, ids } = await aLikeChild();
    const [resident] = await likenesses(police, code, RESIDENCE);
    expect(resident).toMatchObject({ entry: { id: ids.residency }, rule: "LIKE_MEMBER_OF_HOUSEHOLD" });
    expect(resident.facts).toContainEqual({ field: "child.dateOfBirth", here: "2026-11-16", there: "2026-11-15" });
    const [holder] = await likenesses(insurer, code, INSURANCE);
    expect(holder).toMatchObject({ entry: { id: ids.card }, rule: "LIKE_HOLDER_OF_SAME_PARENT" });
    expect(await likenesses(police, code, INSURANCE)).toBeNull();
    expect(await likenesses(clerk, code, RESIDENCE)).toBeNull();
  });

  it("a likeness of the later registers is granted only by decisions that name what was compared", async () => {
    const { code, ids, dossier } = await aLikeChild();
    const [home, card] = [partOf(dossier, RESIDENCE).id, partOf(dossier, INSURANCE).id];
    expect((await decide(police, home, [])).problems).toMatchObject([{ code: "LIKENESS_NOT_COMPARED" }]);
    expect((await decide(insurer, card, [])).problems).toMatchObject([{ code: "LIKENESS_NOT_COMPARED" }]);
    expect((await decide(insurer, home, [ids.residency])).part ?? null).toBeNull();
    expect((await decide(police, home, [ids.residency])).problems).toEqual([]);
    expect((await decide(insurer, card, [ids.card])).problems).toEqual([]);
    await dossierThatIs(world.current, code, isDone);
    expect(await registered(world.current, [code])).toMatchObject({ births: 1, residencies: 1, cards: 1 });
    expect((await likenesses(police, code, RESIDENCE))[0].comparedBy).toMatchObject({ id: expect.any(String) });
  });
});
