import { describe, expect, it } from "vitest";
import { aBirthRequest, aFamily, readDossier } from "../given.ts";
import { acknowledged, checkOf, registered, shortBackoff, statesOf } from "../kit/dossier-outcomes.ts";
import { clerk, sharedWorld } from "../world.ts";

const world = sharedWorld({
  "one-stop": { ...shortBackoff["one-stop"], BUNDLE_CODES: '{"C-without-insurance":"3.000999"}' },
});

describe("a request for two procedures", () => {
  it("a request without residence has a birth and a card, under the code of the whole group", async () => {
    const { code } = await acknowledged(world.current, { ...aBirthRequest(), residence: null });
    const { dossier } = (await readDossier(world.current, code)).data;
    expect(dossier).toMatchObject({ outcome: "GRANTED", bundle: { code: "3.000722" } });
    expect(dossier.bundle.name).not.toContain("thường trú");
    expect(dossier.parts).toHaveLength(2);
    expect(statesOf(dossier)).toEqual(["GRANTED", "GRANTED"]);
    expect(await registered(world.current, [code])).toEqual({ births: 1, numbers: 1, residencies: 0, cards: 1 });
  });

  it("a request without insurance has a birth and a residence, under the configured code", async () => {
    const { code } = await acknowledged(world.current, { ...aBirthRequest(), insurance: null });
    const { dossier } = (await readDossier(world.current, code)).data;
    expect(dossier).toMatchObject({ outcome: "GRANTED", bundle: { code: "3.000999" } });
    expect(statesOf(dossier)).toEqual(["GRANTED", "GRANTED"]);
    expect(await registered(world.current, [code])).toEqual({ births: 1, numbers: 1, residencies: 1, cards: 0 });
  });

  it("a check of a request for two procedures covers exactly those two", async () => {
    const { ready, procedures } = await checkOf(world.current, clerk, { ...aBirthRequest(), residence: null });
    expect(ready).toBe(true);
    expect(procedures.map((p: { procedure: { code: string } }) => p.procedure.code)).toEqual(["1.001193", "1.014137"]);
  });
});

describe("parents", () => {
  it("a mother alone can submit a birth bundle", async () => {
    const input = { ...aBirthRequest(), father: null };
    const { code, outcome } = await acknowledged(world.current, input);
    expect(outcome).toBe("GRANTED");
    const FATHER = `query ($code: ID!) { dossier(code: $code) { parts { result { ... on BirthRegistration {
      mother { fullName } father { fullName } } } } } }`;
    const { data } = await world.current.ask(clerk, FATHER, { code });
    expect(data.dossier.parts[0].result).toEqual({ mother: { fullName: input.mother.fullName }, father: null });
  });

  it.each([4, 7])("parents with a date of birth of %i known characters are accepted", async (known) => {
    const family = aFamily();
    const input = aBirthRequest(family);
    input.mother.dateOfBirth = family.mother.dateOfBirth.slice(0, known);
    if (input.father) input.father.dateOfBirth = family.father.dateOfBirth.slice(0, known);
    expect(await acknowledged(world.current, input)).toMatchObject({ outcome: "GRANTED" });
  });
});
