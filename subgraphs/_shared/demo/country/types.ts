import type { Commune } from "../../reference/communes.ts";
import type { LegalDay } from "../../reference/days.ts";
import type { Relation } from "../../reference/relations.ts";
import type { SeededPerson } from "../seeded-family.ts";

/** Invented citizen of a country, living or dead. */
export type CountryPerson = SeededPerson & {
  /** Place among all persons of the country, from 0. */
  number: number;
  surname: string;
  /** Day of the registration of birth. */
  bornRegisteredOn: LegalDay;
  /** Registered parents; null where they are not among the persons of the country. */
  mother: CountryPerson | null;
  father: CountryPerson | null;
  diedOn: LegalDay | null;
};

export type CountryMember = { person: CountryPerson; relation: Relation; registeredOn: LegalDay };

/** Invented household: its living members, the head first, and at most one member who has died. */
export type CountryHousehold = {
  /** Place among all households of the country, from 0. */
  number: number;
  id: string;
  code: string;
  addressLine: string;
  enteredOn: LegalDay;
  members: readonly CountryMember[];
  late: CountryMember | null;
  marriages: readonly { husband: CountryPerson; wife: CountryPerson; marriedOn: LegalDay }[];
};

/** One commune of an invented country: what every agency enters in one transaction. */
export type CountryCommune = {
  country: Country;
  commune: Commune;
  households: readonly CountryHousehold[];
};

/** Options that determine an invented country: the same ones make the same country. */
export type Country = {
  /** Living citizens. */
  citizens: number;
  seed: number;
  /** The country is as it was on the first day of this year. */
  year: number;
};

/** The living and the dead of a commune, in the order of their numbers. */
export function personsOf({ households }: CountryCommune): CountryPerson[] {
  return households
    .flatMap(({ members, late }) => [...members, ...(late ? [late] : [])])
    .map(({ person }) => person)
    .sort((a, b) => a.number - b.number);
}

/** The adults who head a household: one person, or a couple with the head first. */
export function coupleOf({ members }: CountryHousehold): [CountryPerson, ...CountryPerson[]] {
  const [head, ...others] = members;
  if (!head) throw new Error("A household has members");
  const spouse = others.find(({ relation }) => relation === "WIFE" || relation === "HUSBAND");
  return spouse ? [head.person, spouse.person] : [head.person];
}
