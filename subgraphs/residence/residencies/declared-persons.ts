import { parsePersonalId } from "../../_shared/reference/identifiers/personal-id.ts";
import type { Path, Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { memberNamedTwice } from "../households/errors.ts";
import { personDeceased, personUnknown } from "./errors.ts";
import { type Resident, residentsOf } from "./residents.ts";

/** A person whom a request names, with the place in the input. */
export type DeclaredPerson = { personalId: string; path: Path };

/** The persons who are named, as the register has them; one who cannot be registered becomes a problem. */
export async function readPersons<Person extends DeclaredPerson>(
  tx: Tx,
  declared: readonly Person[],
  problems: Problems,
): Promise<(Person & { resident: Resident })[]> {
  const numbers = declared.map(({ personalId, path }) => problems.take(path, parsePersonalId(personalId)));
  const residents = await residentsOf(
    tx,
    numbers.flatMap((number) => number ?? []),
  );
  return declared.flatMap((person, index) => {
    const number = numbers[index];
    const resident = number && residents.get(number);
    if (!number) return [];
    if (numbers.indexOf(number) < index) problems.add(person.path, memberNamedTwice());
    else if (!resident) problems.add(person.path, personUnknown());
    else if (resident.last?.strikeOff === "DEATH") problems.add(person.path, personDeceased());
    else return [{ ...person, resident }];
    return [];
  });
}
