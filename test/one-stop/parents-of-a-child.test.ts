import { describe, expect, it } from "vitest";
import { aBirthRequest, type BirthInput, dossierThatIs, submit } from "../given.ts";
import {
  acknowledged,
  BIRTH,
  type DossierData,
  isDone,
  partOf,
  problemsOf,
  registered,
  shortBackoff,
} from "../kit/dossier-outcomes.ts";
import { serial } from "../kit/serial-numbers.ts";
import { contract, sharedWorld } from "../world.ts";

const world = sharedWorld(shortBackoff);

/** Fields that no earlier client sends, or that every earlier client sent. */
type Loose = Omit<BirthInput, "mother" | "child"> & {
  mother?: object | null;
  child: Omit<BirthInput["child"], "placeOfBirth"> & { placeOfBirth: object };
};
const asInput = (input: Loose) => input as BirthInput;

function fatherAlone(): BirthInput {
  const { mother: _, ...input } = aBirthRequest();
  const { father } = input;
  if (!father) throw new Error("The request has a father");
  const { fullName, personalId } = father;
  return asInput({ ...input, declarant: { ...input.declarant, fullName, personalId, relation: "FATHER" } });
}

function foundling(): BirthInput {
  const input = aBirthRequest();
  const withoutNotice = { kind: "FOUNDLING_RECORD", text: "Biên bản ngày 17/11/2026 của công an phường" };
  const declarant = {
    ...input.declarant,
    fullName: "Nguyễn Thị Nuôi",
    personalId: null,
    relation: "CARE_ORGANISATION",
  };
  const child = { ...input.child, birthNotice: null, withoutNotice };
  return asInput({ ...input, mother: null, father: null, declarant, child });
}

function bornAbroad(): BirthInput {
  const input = aBirthRequest();
  const withoutNotice = { kind: "FOREIGN_CERTIFICATE", text: "Giấy khai sinh số 12 do Nhật Bản cấp, đã hợp pháp hóa" };
  const placeOfBirth = { facilityName: "Tokyo Hospital", country: "JPN" };
  return asInput({ ...input, child: { ...input.child, birthNotice: null, withoutNotice, placeOfBirth } });
}

function withoutNumbers(): BirthInput {
  const input = aBirthRequest();
  const n = serial("without number");
  const father = { ...input.father, fullName: `Lê Văn ${"Khanh".slice(0, 2 + (n % 3))}`, personalId: null };
  const mother = { ...input.mother, fullName: "Trần Thị Không Số", personalId: null };
  const declarant = { ...input.declarant, fullName: mother.fullName, personalId: null };
  return asInput({ ...input, declarant, mother, father } as Loose);
}

const CASES: [string, () => BirthInput][] = [
  ["of a father who declares alone", fatherAlone],
  ["found without known parents", foundling],
  ["born abroad", bornAbroad],
  ["whose parents have no personal numbers", withoutNumbers],
];

describe("a child", () => {
  it.each(CASES)("%s goes to an officer, and is registered when the officer grants it", async (_name, request) => {
    const { code } = await acknowledged(world.current, request());
    const waiting = await dossierThatIs(world.current, code, (found) => partOf(found, BIRTH).state === "PROCESSING");
    const variables = {
      part: partOf(waiting, BIRTH).id,
      decision: { grant: { facts: {} } },
      idempotencyKey: `p-${code}`,
    };
    const { data } = await world.current.ask({ persona: "registrar" }, contract("decide-part"), variables);
    expect(data.decidePart).toMatchObject({ problems: [], part: { state: "GRANTED" } });
    await dossierThatIs(world.current, code, (found) => isDone(found) || partOf(found, BIRTH).state === "GRANTED");
    expect(await registered(world.current, [code])).toMatchObject({ births: 1 });
  });

  it("born abroad shows the country in the register", async () => {
    const { code } = await acknowledged(world.current, bornAbroad());
    const waiting = await dossierThatIs(world.current, code, (found) => partOf(found, BIRTH).state === "PROCESSING");
    const variables = {
      part: partOf(waiting, BIRTH).id,
      decision: { grant: { facts: {} } },
      idempotencyKey: `p-${code}`,
    };
    await world.current.ask({ persona: "registrar" }, contract("decide-part"), variables);
    const PLACE = `query ($code: ID!) { dossier(code: $code) { parts { result { ... on BirthRegistration {
      placeOfBirth { commune { code } country } } } } } }`;
    const { data } = await world.current.ask({ persona: "registrar" }, PLACE, { code });
    expect(data.dossier.parts[0].result.placeOfBirth).toEqual({ commune: null, country: "JPN" });
  });

  it("a child without any parent and without the record of a finding is a problem, and so are a commune and a country at once", async () => {
    const nobody = foundling();
    nobody.child.withoutNotice = { kind: "WITNESS", text: "Người làm chứng" };
    const both = bornAbroad();
    Object.assign(both.child.placeOfBirth, { commune: "31471" });
    const nowhere = aBirthRequest();
    Object.assign(nowhere.child, { placeOfBirth: { facilityName: null } });
    const found = async (input: BirthInput) =>
      problemsOf(await submit(world.current, input)).map(({ code, path }: DossierData) => `${code} ${path.join(".")}`);
    expect(await found(nobody)).toContain("PARENT_REQUIRED mother");
    expect(await found(both)).toContain("PLACE_OF_BIRTH_AMBIGUOUS child.placeOfBirth.country");
    expect(await found(nowhere)).toContain("COMMUNE_UNKNOWN child.placeOfBirth.commune");
  });
});
