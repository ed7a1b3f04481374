import DataLoader from "dataloader";
import { and, eq, inArray, type SQL } from "drizzle-orm";
import { daysBetween } from "../../_shared/reference/days.ts";
import { latestDay } from "../../_shared/reference/partial-dates.ts";
import { isUuid } from "../../_shared/reference/uuid.ts";
import { communeOf } from "../../_shared/registers/commune-type.ts";
import { latestVersion } from "../../_shared/registers/latest-version.ts";
import type { Context } from "../../_shared/serving/context.ts";
import { bookNumbers } from "../books/tables.ts";
import { addressOf, personOf } from "../persons/read-person.ts";
import { visibleDeaths } from "../rights.ts";
import { deaths, deathVersions } from "./tables.ts";
import type { DeathFacts, DeathRegistration } from "./types.ts";

/** Registration is due within 15 days of the death: Law on Civil Status 60/2014, art. 33 (1). */
const ON_TIME_DAYS = 15;

/** Selected columns of a death and one of its versions, and the conditions that join them. */
export const deathColumns = {
  head: deaths,
  version: deathVersions,
  number: bookNumbers.number,
  year: bookNumbers.year,
};
export const currentDeath = and(
  eq(deathVersions.deathId, deaths.id),
  latestVersion(deathVersions.version, deathVersions.deathId, deaths.id),
);
export const numberOfDeath = eq(bookNumbers.actId, deaths.id);

type Row = {
  head: typeof deaths.$inferSelect;
  version: typeof deathVersions.$inferSelect;
  number: number;
  year: number;
};

export function deathLoaders({ db, caller }: Pick<Context, "db" | "caller">) {
  const deathsWhere = async (which: SQL): Promise<DeathRegistration[]> => {
    const rows = await db
      .select(deathColumns)
      .from(deaths)
      .innerJoin(bookNumbers, numberOfDeath)
      .innerJoin(deathVersions, currentDeath)
      .where(and(which, visibleDeaths(caller)));
    return rows.map(deathRegistrationOf);
  };
  return {
    /** Deaths by the id of the entry, of those the caller may see. */
    deathById: new DataLoader<string, DeathRegistration | null>(async (ids) => {
      const found = await deathsWhere(inArray(deaths.id, ids.filter(isUuid)));
      return ids.map((id) => found.find((death) => death.id === id.toLowerCase()) ?? null);
    }),

    /** Deaths by the personal number of the deceased, of those the caller may see. */
    deathByPersonalId: new DataLoader<string, DeathRegistration | null>(async (numbers) => {
      const found = await deathsWhere(inArray(deaths.deceasedKey, [...numbers]));
      return numbers.map((number) => found.find((death) => death.personalId === number) ?? null);
    }),
  };
}

export function deathRegistrationOf({ head, version, number, year }: Row): DeathRegistration {
  const { id, dossier, personalId, office, registeredOn, kind } = head;
  return {
    ...{ id, dossier, personalId, registeredOn, kind, number: `${number}/${year}` },
    office: office === null ? null : communeOf(office),
    isLate: kind === "REGISTERED" && daysBetween(latestDay(version.diedOn), registeredOn) > ON_TIME_DAYS,
    facts: deathFactsOf(version),
  };
}

export function deathFactsOf({ deathId, version, validFrom, sex, diedOn, details }: Row["version"]): DeathFacts {
  const { deceased, place, ...rest } = details;
  return {
    ...{ id: `${deathId}/${version}`, version, validFrom, sex, diedOn, ...rest },
    ...{ deceased: personOf(deceased), place: addressOf(place) },
  };
}
