import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { aFamily } from "../given.ts";
import { bearer } from "../kit/ask-agency.ts";
import { inFaultMode } from "../kit/dossier-outcomes.ts";
import { clerk, type Persona, sharedWorld } from "../world.ts";

const world = sharedWorld();
const DISCREPANCIES = `query ($personalId: PersonalId!) {
  citizen(personalId: $personalId) { fullName discrepancies { fact values { agency { code } text } } } }`;

async function discrepanciesOf(personalId: string, who: Persona = clerk) {
  const { data, errors } = await world.current.ask(who, DISCREPANCIES, { personalId });
  expect(errors).toBeUndefined();
  return data.citizen.discrepancies.map(({ fact, values }: { fact: string; values: Value[] }) => ({
    fact,
    values: values.map(({ agency: { code }, text }) => `${code} ${text}`),
  }));
}
type Value = { agency: { code: string }; text: string };

/** Corrects the birth of a citizen, of which no other agency is told. */
async function corrected(personalId: string, changes: object): Promise<void> {
  const { data } = await world.current.ask(clerk, `{ citizen(personalId: "${personalId}") { birth { id } } }`);
  const input = { birth: data.citizen.birth.id, kind: "CORRECTION", changes, ground: "Quyết định mẫu" };
  const answer = await world.current.ask(
    { persona: "registrar" },
    `mutation ($input: BirthCorrectionInput!, $key: String!) {
      correctBirth(input: $input, idempotencyKey: $key) { problems { code path } } }`,
    { input, key: randomUUID() },
  );
  expect(answer.data.correctBirth.problems).toEqual([]);
}

test("a citizen whom all registers know alike has no discrepancies", async () => {
  expect(await discrepanciesOf(aFamily().mother.personalId)).toEqual([]);
});

test("a name and a date of birth that differ are shown with the value of every agency, and none is preferred", async () => {
  const { personalId, fullName, dateOfBirth } = aFamily().mother;
  await corrected(personalId, { fullName: "Lê Thị Mẫu Khác", dateOfBirth: "1970-01-02" });
  const card = await world.current.sql("health-insurance")`
    select holder_name as name, holder_date_of_birth as day from cards join card_versions on card_id = id where personal_id = ${personalId}`;
  const onCard = (value: string | null | undefined) => (value ? [`HEALTH_INSURANCE ${value}`] : []);
  expect(await discrepanciesOf(personalId)).toEqual([
    {
      fact: "FULL_NAME",
      values: [`RESIDENCE ${fullName}`, "CIVIL_STATUS Lê Thị Mẫu Khác", ...onCard(card[0]?.name)],
    },
    {
      fact: "DATE_OF_BIRTH",
      values: [`RESIDENCE ${dateOfBirth}`, "CIVIL_STATUS 1970-01-02", ...onCard(card[0]?.day)],
    },
  ]);
});

test("a card with another name is shown beside the registers that agree", async () => {
  const { personalId, fullName } = aFamily().father;
  await world.current.sql("health-insurance")`
    insert into card_versions (card_id, version, valid_from, facility_code, card_valid_from, benefit, object_code, holder_name,
           holder_date_of_birth)
    select c.id, v.version + 1, v.valid_from, v.facility_code, v.card_valid_from, v.benefit, v.object_code, 'Trần Mẫu In Sai', null
      from cards c join card_versions v on v.card_id = c.id where c.personal_id = ${personalId}`;
  expect(await discrepanciesOf(personalId)).toEqual([
    {
      fact: "FULL_NAME",
      values: [`RESIDENCE ${fullName}`, `CIVIL_STATUS ${fullName}`, "HEALTH_INSURANCE Trần Mẫu In Sai"],
    },
  ]);
});

test("nothing is compared while one of the agencies is down, and the error names it", async () => {
  const { personalId } = aFamily().mother;
  await corrected(personalId, { fullName: "Lê Thị Mẫu Khác" });
  const { data, errors } = await inFaultMode(world.current, "CIVIL_STATUS", "DOWN", () =>
    world.current.ask(clerk, DISCREPANCIES, { personalId }),
  );
  expect(data.citizen.discrepancies).toBeNull();
  expect(errors?.map(({ extensions }) => extensions.agency)).toContain("CIVIL_STATUS");
});

test("a citizen compares the own facts and not those of another person", async () => {
  const { mother, father } = aFamily();
  const own = bearer("citizen", { personalId: mother.personalId });
  expect(await discrepanciesOf(mother.personalId, own)).toEqual([]);
  const { errors } = await world.current.ask(own, DISCREPANCIES, { personalId: father.personalId });
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["NOT_FOUND"]);
});
