import { eq, inArray, type SQL } from "drizzle-orm";
import { pageOfActs } from "../../_shared/registers/acts-page.ts";
import type { ResidenceContext } from "../loaders.ts";
import { actHouseholds, actPersons, persons } from "../tables.ts";
import type { Citizen } from "../types.ts";
import { acts } from "./tables.ts";
import type { ResidenceActConnection } from "./types.ts";

/** A page of the acts that concern a household, the newest first. */
export function actsOfHousehold(
  { db }: ResidenceContext,
  household: string,
  first: number,
  after: string | null,
): Promise<ResidenceActConnection> {
  return pageOfActs({ db, acts, links: actHouseholds }, eq(actHouseholds.householdId, household), first, after);
}

/** A page of the acts that concern a person, the newest first. */
export function actsOfPerson(
  { db }: ResidenceContext,
  citizen: Citizen,
  first: number,
  after: string | null,
): Promise<ResidenceActConnection> {
  const person = db.select({ id: persons.id }).from(persons).where(keyOf(citizen));
  return pageOfActs({ db, acts, links: actPersons }, inArray(actPersons.personId, person), first, after);
}

/** Condition for the person of either key. For statements that read `persons`. */
export function keyOf({ id, personalId }: Citizen): SQL {
  return id ? eq(persons.id, id) : eq(persons.personalId, personalId ?? "");
}
