import { inArray, or } from "drizzle-orm";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { soundOf } from "../../_shared/reference/name-likeness.ts";
import type { Path, Problems } from "../../_shared/registers/act-problems.ts";
import { insertMany } from "../../_shared/registers/insert-many.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { citizenIdOf } from "../../_shared/transfer/citizen-id.ts";
import type { Origin } from "../../_shared/transfer/transfer-kind.ts";
import { persons, personVersions, residencies } from "../tables.ts";
import { personRegisteredOtherwise, residentElsewhere } from "./errors.ts";
import { type PersonRow, withStoredId } from "./person-record.ts";
import { type StoredPerson, storedPersons } from "./stored-persons.ts";

/** A person of a candidate, and where the record names the person. */
export type NamedPerson = { person: PersonRow; path: Path; problems: Problems };

/**
 * Adds a problem for each person whom the register knows with other facts, under another id, or, where `mustHaveNoHome`, who has had a
 * permanent residence.
 */
export async function examinePersons(tx: Tx, named: readonly NamedPerson[], mustHaveNoHome: boolean): Promise<void> {
  if (named.length === 0) return;
  const known = await storedPersons(
    tx,
    or(
      inArray(persons.personalId, [...new Set(named.map(({ person }) => person.personalId))]),
      inArray(persons.id, [...new Set(named.map(({ person }) => idOf(person)))]),
    ),
  );
  const homes = mustHaveNoHome ? await withHomes(tx, [...known.values()]) : new Set<string>();
  const byId = new Map([...known.values()].map((person) => [person.citizenId, person]));
  const seen = new Map<string, NamedPerson>();
  for (const each of named) {
    const { person, path, problems } = each;
    const found = known.get(person.personalId) ?? byId.get(idOf(person));
    if (found && !isSame(found, withStoredId(person, found)))
      problems.add([...path, "personalId"], personRegisteredOtherwise());
    const twin = seen.get(person.personalId);
    if ((found && homes.has(found.citizenId)) || (mustHaveNoHome && twin))
      problems.add([...path, "personalId"], residentElsewhere());
    seen.set(person.personalId, each);
  }
}

function isSame(one: PersonRow, other: PersonRow): boolean {
  return Object.entries(one).every(([name, value]) => value === other[name as keyof PersonRow]); // of one type
}

async function withHomes(tx: Tx, known: readonly StoredPerson[]): Promise<Set<string>> {
  if (known.length === 0) return new Set();
  const rows = await tx
    .select({ personId: residencies.personId })
    .from(residencies)
    .where(
      inArray(
        residencies.personId,
        known.map(({ citizenId }) => citizenId),
      ),
    );
  return new Set(rows.map(({ personId }) => personId));
}

/** Personal numbers of the parents of a person. */
export function guardiansOf({ motherPersonalId, fatherPersonalId }: PersonRow): string[] {
  return [motherPersonalId, fatherPersonalId].filter((number) => number !== null);
}

/** Id of a person in the file, or else one that follows from the personal number. */
function idOf({ citizenId, personalId }: PersonRow): string {
  return citizenId ?? citizenIdOf(personalId);
}

/** Enters the persons whom the register does not know. @returns the ids of all of them, by personal number */
export async function enterPersons(
  tx: Tx,
  people: readonly { person: PersonRow; on: LegalDay }[],
  origin: Origin,
): Promise<ReadonlyMap<string, string>> {
  const known = await storedPersons(
    tx,
    inArray(
      persons.personalId,
      people.map(({ person }) => person.personalId),
    ),
  );
  const fresh = people.filter(({ person }) => !known.has(person.personalId));
  await insertMany(
    tx,
    persons,
    fresh.map(({ person }) => ({
      id: idOf(person),
      personalId: person.personalId,
      guardians: guardiansOf(person),
    })),
  );
  await insertMany(
    tx,
    personVersions,
    fresh.map(({ person: { personalId, citizenId, ...facts }, on }) => ({
      ...{ ...origin, ...facts, personId: idOf({ personalId, citizenId, ...facts }), validFrom: on },
      nameSound: soundOf(facts.fullName),
    })),
  );
  return new Map(
    people.map(({ person }) => [person.personalId, known.get(person.personalId)?.citizenId ?? idOf(person)]),
  );
}
