import { describe, expect, test } from "vitest";
import { countryCommunes } from "../../subgraphs/_shared/demo/country/country.ts";
import { type Country, type CountryPerson, personsOf } from "../../subgraphs/_shared/demo/country/types.ts";
import { parsePersonalId, personalIdFacts } from "../../subgraphs/_shared/reference/identifiers/personal-id.ts";

const COUNTRY: Country = { citizens: 20_000, seed: 7, year: 2026 };
const places = [...countryCommunes(COUNTRY)];
const people = places.flatMap(personsOf);
const households = places.flatMap((place) => place.households);
const living = people.filter(({ diedOn }) => diedOn === null);

describe("an invented country", () => {
  test("the same seed makes the same country, and another seed another one", () => {
    const small = { ...COUNTRY, citizens: 500 };
    const facts = (country: Country) => [...countryCommunes(country)].flatMap(personsOf).map(shown);
    expect(facts(small)).toEqual(facts(small));
    expect(facts({ ...small, seed: 8 })).not.toEqual(facts(small));
  });

  test("it has as many living citizens as were asked for, in communes of many provinces", () => {
    expect(living).toHaveLength(COUNTRY.citizens);
    expect(new Set(places.map(({ commune }) => commune.province)).size).toBeGreaterThan(5);
  });

  test("personal numbers are well formed, are those of the sex and the year, and are given once", () => {
    for (const { personalId, sex, dateOfBirth } of people) {
      const parsed = parsePersonalId(personalId);
      if (!parsed.ok) throw new Error(`${personalId}: ${parsed.fault.code}`);
      const { birthYear: year, sex: told } = personalIdFacts(parsed.value);
      expect({ year, sex: told }).toEqual({ year: Number(dateOfBirth.slice(0, 4)), sex });
    }
    expect(new Set(people.map(({ personalId }) => personalId)).size).toBe(people.length);
  });

  test("every name says that it is invented", () => {
    for (const { fullName } of people) expect(fullName).toMatch(/Mẫu|Thử/);
  });

  test("children have the surname of a parent, who was of age and not too old", () => {
    const children = people.filter(({ mother }) => mother);
    expect(children.length).toBeGreaterThan(1_000);
    for (const { fullName, father, mother, dateOfBirth } of children) {
      expect(fullName).toContain(father?.surname);
      const age = Number(dateOfBirth.slice(0, 4)) - Number(mother?.dateOfBirth.slice(0, 4));
      expect(age).toBeGreaterThan(18);
      expect(age).toBeLessThan(46);
    }
  });

  test("everybody lives in one household, which has one head, and has one spouse at most", () => {
    const members = households.flatMap((household) => household.members);
    expect(new Set(members.map(({ person }) => person.personalId)).size).toBe(members.length);
    for (const household of households)
      expect(household.members.filter(({ relation }) => relation === "HEAD")).toHaveLength(1);
    const spouses = households.flatMap(({ marriages }) => marriages.flatMap(({ husband, wife }) => [husband, wife]));
    expect(new Set(spouses).size).toBe(spouses.length);
  });

  test("couples marry at the ages of the law, and nobody dies before the household was entered", () => {
    for (const { marriages, late, enteredOn } of households) {
      for (const { husband, wife, marriedOn } of marriages) {
        expect(ageOn(marriedOn, husband)).toBeGreaterThanOrEqual(20);
        expect(ageOn(marriedOn, wife)).toBeGreaterThanOrEqual(18);
      }
      expect(late ? (late.person.diedOn ?? "") > enteredOn : true).toBe(true);
    }
  });
});

function shown({ mother, father, ...person }: CountryPerson) {
  return { ...person, mother: mother?.personalId, father: father?.personalId };
}

/** Completed years on a day; an unknown day of birth is the last of the year. */
function ageOn(day: string, { dateOfBirth }: CountryPerson): number {
  const years = Number(day.slice(0, 4)) - Number(dateOfBirth.slice(0, 4));
  return day.slice(5) < (dateOfBirth.slice(5) || "12-31") ? years - 1 : years;
}
