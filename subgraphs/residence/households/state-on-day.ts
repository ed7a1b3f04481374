import { and, desc, eq, lte, sql } from "drizzle-orm";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { communeOf } from "../../_shared/registers/commune-type.ts";
import type { ResidenceContext } from "../loaders.ts";
import { householdVersions, persons, residencies, residencyVersions } from "../tables.ts";
import type { HouseholdOnDay } from "./types.ts";

/** State of a household at the end of a day, as the register knows it now; null before its entry. */
export async function householdOnDay(ctx: ResidenceContext, id: string, on: LegalDay): Promise<HouseholdOnDay | null> {
  const [version] = await ctx.db
    .select()
    .from(householdVersions)
    .where(and(eq(householdVersions.householdId, id), lte(householdVersions.validFrom, on)))
    .orderBy(desc(householdVersions.version))
    .limit(1);
  if (!version) return null;
  const members = await membersOnDay(ctx, id, on);
  for (const { personalId, dossier } of members) ctx.access.read(personalId, dossier);
  const { addressLine: line, communeCode, headPersonId, validTo } = version;
  return {
    ...{ id: `${id}@${on}`, on, isInForce: validTo === null, head: { id: headPersonId } },
    address: { line, commune: communeOf(communeCode) },
    members: members.map(({ relationToHead, id, personalId }) => ({ relationToHead, citizen: { id, personalId } })),
  };
}

function membersOnDay({ db }: ResidenceContext, household: string, on: LegalDay) {
  const { residencyId, version, validFrom, validTo, householdId, relationToHead } = residencyVersions;
  // the last version of that day of everybody who has ever been a member
  const last = db
    .selectDistinctOn([residencyId], { residencyId, validTo, householdId, relationToHead })
    .from(residencyVersions)
    .where(
      and(
        lte(validFrom, on),
        sql`${residencyId} in (select residency_id from residency_versions where household_id = ${household})`,
      ),
    )
    .orderBy(residencyId, desc(version))
    .as("last");
  return db
    .select({
      ...{ id: persons.id, personalId: persons.personalId, dossier: residencies.dossier },
      relationToHead: last.relationToHead,
    })
    .from(last)
    .innerJoin(residencies, eq(residencies.id, last.residencyId))
    .innerJoin(persons, eq(persons.id, residencies.personId))
    .where(and(eq(last.householdId, household), sql`${last.validTo} is null`))
    .orderBy(desc(sql`${last.relationToHead} = 'HEAD'`), persons.personalId);
}
