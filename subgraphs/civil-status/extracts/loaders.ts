import DataLoader from "dataloader";
import { and, eq, inArray } from "drizzle-orm";
import type { Context } from "../../_shared/serving/context.ts";
import { birthFactsOf } from "../birth-acts/birth-facts.ts";
import { personsOfVersion } from "../births.ts";
import { bookNumbers } from "../books/tables.ts";
import { deathFactsOf } from "../deaths/loaders.ts";
import { deathVersions } from "../deaths/tables.ts";
import { marriageFactsOf } from "../marriages/loaders.ts";
import { marriageVersions } from "../marriages/tables.ts";
import { birthVersions } from "../tables.ts";
import { extracts } from "./tables.ts";
import type { CivilStatusExtract } from "./types.ts";

export function extractLoaders({ db }: Pick<Context, "db">) {
  return {
    /** Extracts by the id of the act that issued them, with the facts of the version that they show. */
    extractByAct: new DataLoader<string, CivilStatusExtract | null>(async (ids) => {
      const rows = await db
        .select({
          ...{ extract: extracts, number: bookNumbers.number, year: bookNumbers.year },
          ...{ birth: birthVersions, persons: personsOfVersion() },
          ...{ death: deathVersions, marriage: marriageVersions },
        })
        .from(extracts)
        .innerJoin(bookNumbers, eq(bookNumbers.actId, extracts.id))
        .leftJoin(
          birthVersions,
          and(eq(birthVersions.birthId, extracts.entryId), eq(birthVersions.version, extracts.version)),
        )
        .leftJoin(
          deathVersions,
          and(eq(deathVersions.deathId, extracts.entryId), eq(deathVersions.version, extracts.version)),
        )
        .leftJoin(
          marriageVersions,
          and(eq(marriageVersions.marriageId, extracts.entryId), eq(marriageVersions.version, extracts.version)),
        )
        .where(inArray(extracts.id, [...ids]));
      return ids.map((id) => {
        const row = rows.find(({ extract }) => extract.id === id);
        if (!row) return null;
        const { extract, number, year, birth, persons, death, marriage } = row;
        return {
          ...{ id, kind: extract.book, copies: extract.copies, requester: extract.requester },
          number: `${number}/${year}`,
          birth: birth && birthFactsOf(birth, persons),
          death: death && deathFactsOf(death),
          marriage: marriage && marriageFactsOf(marriage),
        };
      });
    }),
  };
}
