import DataLoader from "dataloader";
import { and, asc, eq, gte, inArray, isNull } from "drizzle-orm";
import { legalDayOf } from "../../_shared/reference/days.ts";
import { communeOf } from "../../_shared/registers/commune-type.ts";
import type { Context } from "../../_shared/serving/context.ts";
import { visibleTemporary } from "../rights.ts";
import { persons } from "../tables.ts";
import { currentTemporary } from "./current.ts";
import { temporaryResidences, temporaryResidenceVersions } from "./tables.ts";
import { renewableFrom } from "./terms.ts";
import type { TemporaryResidence } from "./types.ts";

export function temporaryLoaders({ db, caller, now }: Pick<Context, "db" | "caller" | "now">) {
  return {
    /** Temporary residences of each person that are in force today or begin later. */
    temporaryByPerson: new DataLoader<string, TemporaryResidence[]>(async (ids) => {
      const { startsOn, endsOn, validTo, temporaryResidenceId } = temporaryResidenceVersions;
      const { id, personId, addressLine, communeCode } = temporaryResidences;
      const rows = await db
        .select({ id, personId, addressLine, communeCode, startsOn, endsOn })
        .from(temporaryResidences)
        .innerJoin(persons, eq(persons.id, personId))
        .innerJoin(temporaryResidenceVersions, and(eq(temporaryResidenceId, id), currentTemporary))
        .where(
          and(inArray(personId, [...ids]), isNull(validTo), gte(endsOn, legalDayOf(now)), visibleTemporary(caller)),
        )
        .orderBy(asc(id));
      return ids.map((person) =>
        rows
          .filter((row) => row.personId === person)
          .map(({ addressLine: line, communeCode: code, personId: _, ...row }) => ({
            ...{ ...row, address: { line, commune: communeOf(code) } },
            renewableFrom: renewableFrom(row),
          })),
      );
    }),
  };
}
