import type { LegalDay } from "../../_shared/reference/days.ts";
import type { Path, Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { type DeclaredAddress, readAddress } from "../residencies/addresses.ts";
import { type DeclaredPerson, readPersons } from "../residencies/declared-persons.ts";
import { temporaryNotThere } from "./errors.ts";
import { type TemporaryState, temporaryFrom } from "./temporary-residences.ts";

/** The stay of a person whom a request names, with the place of the person in the input. */
export type FoundStay = { state: TemporaryState; path: Path };
type Wanted = { persons: readonly DeclaredPerson[]; address: { declared: DeclaredAddress; path: Path } };

/** The stays of persons in the commune of an address that are in force on a day. A person who has none becomes a problem. */
export async function staysInCommune(
  tx: Tx,
  { persons, address: { declared, path } }: Wanted,
  on: LegalDay,
  problems: Problems,
): Promise<FoundStay[]> {
  const named = await readPersons(tx, persons, problems);
  const address = readAddress(declared, path, problems);
  if (!address) return [];
  const ids = named.map(({ resident }) => resident.personId);
  const present = (await temporaryFrom(tx, ids, on)).filter(({ head }) => head.communeCode === address.communeCode);
  return named.flatMap(({ resident: { personId }, path: place }) => {
    const state = present.find(({ head }) => head.personId === personId);
    if (!state) problems.add(place, temporaryNotThere());
    return state ? [{ state, path: place }] : [];
  });
}
