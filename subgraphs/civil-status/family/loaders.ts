import DataLoader from "dataloader";
import { and, asc, eq, inArray, or, sql } from "drizzle-orm";
import { latestVersion } from "../../_shared/registers/latest-version.ts";
import { hasOneOf } from "../../_shared/registers/personal-numbers.ts";
import type { Context } from "../../_shared/serving/context.ts";
import { recognitions } from "../birth-acts/tables.ts";
import { currentSpouses, marriages } from "../marriages/tables.ts";
import { visibleBirths, visibleMarriages } from "../rights.ts";
import { births, birthVersions, citizenNumbers } from "../tables.ts";
import type { Citizen } from "../types.ts";

/** A child with the dossier that its birth came by. */
export type RegisteredChild = Pick<Citizen, "id" | "personalId" | "fullName" | "dateOfBirth"> & {
  dossier: string | null;
};

export function familyLoaders({ db, caller }: Pick<Context, "db" | "caller">) {
  return {
    /** Children of a parent, the eldest first: of registered births and of recognitions that the caller may see. */
    childrenByParent: new DataLoader<string, RegisteredChild[]>(async (numbers) => {
      const recognised = db
        .select({ id: recognitions.birthId })
        .from(recognitions)
        .where(inArray(recognitions.personalId, [...numbers]));
      const rows = await db
        .select({
          ...{ id: births.citizenId, dossier: births.dossier, personalId: citizenNumbers.personalId },
          ...{ fullName: birthVersions.fullName, dateOfBirth: birthVersions.dateOfBirth, guardians: births.guardians },
          recognisedBy: sql<string[]>`array(
            select ${recognitions.personalId} from ${recognitions}
             where ${recognitions.birthId} = ${births.id} and ${recognitions.personalId} is not null)`,
        })
        .from(births)
        .innerJoin(birthVersions, eq(birthVersions.birthId, births.id))
        .leftJoin(citizenNumbers, eq(citizenNumbers.citizenId, births.citizenId))
        .where(
          and(
            or(hasOneOf(births.guardians, numbers), inArray(births.id, recognised)),
            ...[visibleBirths(caller), latestVersion(birthVersions.version, birthVersions.birthId, births.id)],
          ),
        )
        .orderBy(asc(birthVersions.dateOfBirth), asc(births.birthOrder), asc(births.id));
      return numbers.map((number) =>
        rows.flatMap(({ guardians, recognisedBy, ...child }) =>
          guardians.includes(number) || recognisedBy.includes(number) ? [child] : [],
        ),
      );
    }),

    /** Identity of the spouse (see `personKey`) by the personal number; null where no marriage in force is registered. */
    spouseByPersonalId: new DataLoader<string, string | null>(async (numbers) => {
      const { personKey, marriageId } = currentSpouses;
      const rows = await db
        .select({ person: personKey, husband: marriages.husbandKey, wife: marriages.wifeKey })
        .from(currentSpouses)
        .innerJoin(marriages, eq(marriages.id, marriageId))
        .where(and(inArray(personKey, [...numbers]), visibleMarriages(caller)));
      const spouses = new Map(rows.map(({ person, husband, wife }) => [person, person === husband ? wife : husband]));
      return numbers.map((number) => spouses.get(number) ?? null);
    }),
  };
}
