import { and, eq, inArray } from "drizzle-orm";
import { parentNumbers } from "../../_shared/parts/content.ts";
import type { PartProblem } from "../../_shared/parts/procedure.ts";
import type { PartialDate } from "../../_shared/reference/partial-dates.ts";
import { sameName } from "../../_shared/reference/person-names.ts";
import { isUuid } from "../../_shared/reference/uuid.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import type { DeclaredParent, DeclaredParents } from "../contents.ts";
import { currentPerson } from "../current.ts";
import { type Parent, personBirthDateMismatch, personNameMismatch, personNotFound } from "../errors.ts";
import { persons, personVersions } from "../tables.ts";

export async function personExists(tx: Tx, personalId: string): Promise<boolean> {
  const [found] = await tx.select({ id: persons.id }).from(persons).where(eq(persons.personalId, personalId));
  return found !== undefined;
}

/** Personal numbers of persons, in the order of their ids; null for an id that is not in the register. */
export async function personalIdsOf(tx: Tx, ids: readonly string[]): Promise<(string | null)[]> {
  const { id, personalId } = persons;
  const found = await tx
    .select({ id, personalId })
    .from(persons)
    .where(inArray(id, ids.filter(isUuid)));
  const byId = new Map(found.map((person) => [person.id, person.personalId]));
  return ids.map((each) => byId.get(each) ?? null);
}

/** True if the parents who have a number are in the register as they are declared; all that differs at once. */
export async function examineParents(tx: Tx, parents: DeclaredParents): Promise<PartProblem[]> {
  const registered = await tx
    .select({
      personalId: persons.personalId,
      fullName: personVersions.fullName,
      dateOfBirth: personVersions.dateOfBirth,
    })
    .from(persons)
    .innerJoin(personVersions, and(eq(personVersions.personId, persons.id), currentPerson))
    .where(inArray(persons.personalId, parentNumbers(parents)));

  const examine = (who: Parent, declared: DeclaredParent | null): PartProblem[] => {
    if (!declared?.personalId) return [];
    const person = registered.find((row) => row.personalId === declared.personalId);
    if (!person) return [personNotFound(who)];
    return [
      ...(sameName(person.fullName, declared.fullName) ? [] : [personNameMismatch(who)]),
      ...(sameDate(person.dateOfBirth, declared.dateOfBirth) ? [] : [personBirthDateMismatch(who)]),
    ];
  };
  return [...examine("mother", parents.mother), ...examine("father", parents.father)];
}

/** True if two dates can be the same day: their known parts agree, so a year agrees with any day of it. */
function sameDate(a: PartialDate, b: PartialDate): boolean {
  return a.startsWith(b) || b.startsWith(a);
}
