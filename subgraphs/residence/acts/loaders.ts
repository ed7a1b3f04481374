import DataLoader from "dataloader";
import { asc, eq, inArray } from "drizzle-orm";
import type { Context } from "../../_shared/serving/context.ts";
import { actHouseholds, actPersons, persons } from "../tables.ts";

type Concerned = { id: string; personalId: string };

export function actLoaders({ db }: Pick<Context, "db">) {
  return {
    /** Persons whom each act concerns. */
    personsByAct: new DataLoader<string, Concerned[]>(async (ids) => {
      const rows = await db
        .select({ actId: actPersons.actId, id: persons.id, personalId: persons.personalId })
        .from(actPersons)
        .innerJoin(persons, eq(persons.id, actPersons.personId))
        .where(inArray(actPersons.actId, [...ids]))
        .orderBy(asc(persons.personalId));
      return ids.map((id) => rows.filter(({ actId }) => actId === id).map(({ actId: _, ...person }) => person));
    }),
    /** Ids of the households that each act concerns. */
    householdIdsByAct: new DataLoader<string, string[]>(async (ids) => {
      const rows = await db
        .select()
        .from(actHouseholds)
        .where(inArray(actHouseholds.actId, [...ids]))
        .orderBy(asc(actHouseholds.householdId));
      return ids.map((id) => rows.filter(({ actId }) => actId === id).map(({ householdId }) => householdId));
    }),
  };
}
