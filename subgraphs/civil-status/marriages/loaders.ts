import DataLoader from "dataloader";
import { and, asc, eq, inArray, or, type SQL } from "drizzle-orm";
import { isUuid } from "../../_shared/reference/uuid.ts";
import { communeOf } from "../../_shared/registers/commune-type.ts";
import { latestVersion } from "../../_shared/registers/latest-version.ts";
import type { Context } from "../../_shared/serving/context.ts";
import { bookNumbers } from "../books/tables.ts";
import { personOf } from "../persons/read-person.ts";
import { visibleMarriages } from "../rights.ts";
import { type KnownStatus, maritalStatuses, NO_MARRIAGE } from "./marital-status.ts";
import { marriageEnds, marriages, marriageVersions } from "./tables.ts";
import type { MarriageFacts, MarriageRegistration } from "./types.ts";

/** Selected columns of a marriage and one of its versions, and the conditions that join them. */
export const marriageColumns = {
  ...{ head: marriages, version: marriageVersions, end: marriageEnds },
  ...{ number: bookNumbers.number, year: bookNumbers.year },
};
export const currentMarriage = and(
  eq(marriageVersions.marriageId, marriages.id),
  latestVersion(marriageVersions.version, marriageVersions.marriageId, marriages.id),
);
export const numberOfMarriage = eq(bookNumbers.actId, marriages.id);
export const endOfMarriage = eq(marriageEnds.marriageId, marriages.id);

type Row = {
  head: typeof marriages.$inferSelect;
  version: typeof marriageVersions.$inferSelect;
  end: typeof marriageEnds.$inferSelect | null;
  number: number;
  year: number;
};

export function marriageLoaders({ db, caller }: Pick<Context, "db" | "caller">) {
  const marriagesWhere = async (which: SQL | undefined): Promise<MarriageRegistration[]> => {
    const rows = await db
      .select(marriageColumns)
      .from(marriages)
      .innerJoin(bookNumbers, numberOfMarriage)
      .innerJoin(marriageVersions, currentMarriage)
      .leftJoin(marriageEnds, endOfMarriage)
      .where(and(which, visibleMarriages(caller)))
      .orderBy(asc(marriages.marriedOn), asc(marriages.id));
    return rows.map(marriageRegistrationOf);
  };
  return {
    /** Marriages by the id of the entry, of those the caller may see. */
    marriageById: new DataLoader<string, MarriageRegistration | null>(async (ids) => {
      const found = await marriagesWhere(inArray(marriages.id, ids.filter(isUuid)));
      return ids.map((id) => found.find((marriage) => marriage.id === id.toLowerCase()) ?? null);
    }),

    /** Marital status by the personal number. */
    maritalStatusByPersonalId: new DataLoader<string, KnownStatus>(async (numbers) => {
      const known = await maritalStatuses(db, numbers);
      return numbers.map((number) => known.get(number) ?? NO_MARRIAGE);
    }),

    /** Marriages by the personal number of a spouse, the first one first, of those the caller may see. */
    marriagesByPersonalId: new DataLoader<string, MarriageRegistration[]>(async (numbers) => {
      const found = await marriagesWhere(
        or(inArray(marriages.husbandKey, [...numbers]), inArray(marriages.wifeKey, [...numbers])),
      );
      return numbers.map((number) => found.filter(({ spouses }) => spouses.includes(number)));
    }),
  };
}

export function marriageRegistrationOf({ head, version, end, number, year }: Row): MarriageRegistration {
  const { id, dossier, office, registeredOn, marriedOn, kind, husbandKey, wifeKey } = head;
  return {
    ...{ id, dossier, registeredOn, marriedOn, kind, number: `${number}/${year}`, end },
    spouses: [husbandKey, wifeKey],
    office: office === null ? null : communeOf(office),
    facts: marriageFactsOf(version),
  };
}

export function marriageFactsOf({ marriageId, version, validFrom, details }: Row["version"]): MarriageFacts {
  const { husband, wife, formerRegistration } = details;
  return {
    ...{ id: `${marriageId}/${version}`, version, validFrom, formerRegistration },
    ...{ husband: personOf(husband), wife: personOf(wife) },
  };
}
