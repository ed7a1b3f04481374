import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { packJson } from "../../subgraphs/_shared/registers/packed-json.ts";
import { definition } from "../../subgraphs/civil-status/subgraph.ts";
import { a, type ServedAgency, serveAgency } from "../health-insurance/served-agency.ts";
import { aDeath, aDivorce, aMarriage, aPerson, bornOf, civilOfficer } from "./civil-acts.ts";

let agency: ServedAgency;
beforeAll(async () => {
  agency = await serveAgency(definition);
});
afterAll(() => agency?.stop());

const { done } = civilOfficer(() => agency);
const citizenOf = (personalId: string | null) => a("citizen", { personalId: personalId ?? "" });
const spouseOf = async (personalId: string | null, by = a("clerk")) =>
  (await agency.citizen(by, "spouse { personalId }", { personalId })).spouse;
const childrenOf = async (personalId: string | null, by = a("clerk")): Promise<string[]> => {
  const { children } = await agency.citizen(by, "children { personalId }", { personalId });
  return children.map((child: { personalId: string }) => child.personalId);
};

const WITHOUT_PARENTS = packJson({
  ...{ mother: null, father: null, facilityName: null },
  declarant: { fullName: "Trần Mẫu Khai", personalId: null, relation: "RELATIVE" },
});

/** Enters the birth of a child of parents. @returns its personal number */
async function aChildOf(parents: (string | null)[], dateOfBirth = "2015-05-20"): Promise<string> {
  const { personalId } = aPerson();
  await bornOf(agency, personalId, parents);
  await agency.sql`
    insert into birth_versions (birth_id, valid_from, full_name, sex, ethnicity, nationality, date_of_birth, personal_id,
           commune_list, birth_country, persons)
    select ${await birthOf(personalId)}, '1990-06-01', 'Trần Mẫu Con', 'MALE', 'Kinh', 'VNM', ${dateOfBirth}, ${personalId},
           'TEST', 'VNM', ${WITHOUT_PARENTS}`;
  return personalId;
}

async function birthOf(child: string): Promise<string> {
  const [row] = await agency.sql<{ id: string }[]>`
    select b.id from births b join citizen_numbers n on n.citizen_id = b.citizen_id where n.personal_id = ${child}`;
  return row?.id ?? "";
}

describe("the children of a citizen", () => {
  test("both parents have the children of registered births, the eldest first, and others have none", async () => {
    const [father, mother] = [aPerson(), aPerson("FEMALE")];
    const younger = await aChildOf([mother.personalId, father.personalId], "2019-02-01");
    const elder = await aChildOf([mother.personalId], "2015");
    expect(await childrenOf(mother.personalId)).toEqual([elder, younger]);
    expect(await childrenOf(father.personalId)).toEqual([younger]);
    expect(await childrenOf(aPerson().personalId)).toEqual([]);
  });

  test("a parent who was recognised after the birth has the child", async () => {
    const mother = aPerson("FEMALE");
    const { residence: _, ...father } = aPerson();
    const child = await aChildOf([mother.personalId]);
    const input = {
      birth: await birthOf(child),
      role: "FATHER",
      parent: father,
      evidence: "Văn bản mẫu",
      ground: "Mẫu",
    };
    await done("recognizeParent", input);
    expect(await childrenOf(father.personalId)).toEqual([child]);
  });

  test("a citizen reads the own children and not those of another person, who may have none", async () => {
    const mother = aPerson("FEMALE");
    const child = await aChildOf([mother.personalId]);
    expect(await childrenOf(mother.personalId, citizenOf(mother.personalId))).toEqual([child]);
    await expect(childrenOf(mother.personalId, citizenOf(aPerson().personalId))).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});

describe("the spouse of a citizen", () => {
  test("each spouse has the other one while the marriage lasts", async () => {
    const { husband, wife } = aMarriage();
    const { id } = await done("registerMarriage", aMarriage({ husband, wife }));
    expect(await spouseOf(husband.personalId)).toEqual({ personalId: wife.personalId });
    expect(await spouseOf(wife.personalId)).toEqual({ personalId: husband.personalId });
    await done("endMarriage", aDivorce(id));
    expect(await spouseOf(husband.personalId)).toBeNull();
  });

  test("a widow has no spouse", async () => {
    const { husband, wife } = aMarriage();
    await done("registerMarriage", aMarriage({ husband, wife }));
    await done("registerDeath", aDeath({ deceased: husband }));
    expect(await spouseOf(wife.personalId)).toBeNull();
  });

  test("a citizen reads the own spouse and not that of another person", async () => {
    const { husband, wife } = aMarriage();
    await done("registerMarriage", aMarriage({ husband, wife }));
    expect(await spouseOf(husband.personalId, citizenOf(husband.personalId))).toEqual({ personalId: wife.personalId });
    await expect(spouseOf(husband.personalId, citizenOf(aPerson().personalId))).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});
