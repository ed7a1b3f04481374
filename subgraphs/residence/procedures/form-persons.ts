import type { PartProblem } from "../../_shared/parts/procedure.ts";
import { sameName } from "../../_shared/reference/person-names.ts";
import type { Path, Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { memberOfOtherHousehold, personNameDiffers } from "../residencies/errors.ts";
import { homeOf, type Resident, residentsOf } from "../residencies/residents.ts";

type Named = { fullName: string; personalId: string };
/** A person of a form, with the place in it. */
export type FormPerson = Named & { path: Path };

/** The person of a form and the members who do the same together. */
export function formPersons({ person, members }: { person: Named; members: readonly Named[] }): FormPerson[] {
  return [
    { ...person, path: ["person"] },
    ...members.map((member, index) => ({ ...member, path: ["members", index] })),
  ];
}

/** Places of the numbers in the form. */
export function declaredNumbers(persons: readonly FormPerson[]): { personalId: string; path: Path }[] {
  return persons.map(({ personalId, path }) => ({ personalId, path: [...path, "personalId"] }));
}

/** Adds a problem for each person whom the register has under another name. @returns the persons whom it has, by number */
export async function demandNames(
  tx: Tx,
  persons: readonly FormPerson[],
  problems: Problems,
): Promise<ReadonlyMap<string, Resident>> {
  const registered = await residentsOf(
    tx,
    persons.map(({ personalId }) => personalId),
  );
  for (const { personalId, fullName, path } of persons) {
    const found = registered.get(personalId);
    if (found && !sameName(found.fullName, fullName)) problems.add([...path, "fullName"], personNameDiffers());
  }
  return registered;
}

type DeclaredGroup = {
  person: { personalId: string };
  members: readonly { personalId: string }[];
  byCitizen: boolean;
};

/**
 * Adds a problem for each member of another household whom a citizen names: the register proves consent within a household alone. At a
 * desk the others sign the form.
 */
export async function demandOwnHousehold(
  tx: Tx,
  { person, members, byCitizen }: DeclaredGroup,
  problems: Problems,
): Promise<void> {
  if (!byCitizen) return;
  const registered = await residentsOf(
    tx,
    [person, ...members].map(({ personalId }) => personalId),
  );
  const own = registered.get(person.personalId);
  const home = own && homeOf(own);
  for (const [index, { personalId }] of members.entries()) {
    const member = registered.get(personalId);
    if (member && (!home || homeOf(member) !== home))
      problems.add(["members", index, "personalId"], memberOfOtherHousehold());
  }
}

/** The problems with the article that a refusal cites. */
export function withLaw({ found }: Problems, legalBasis: string): PartProblem[] {
  return found.map((problem) => ({ ...problem, legalBasis }));
}
