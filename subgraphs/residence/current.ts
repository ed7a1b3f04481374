import { and, isNull, sql } from "drizzle-orm";
import { households, householdVersions, persons, personVersions, residencies, residencyVersions } from "./tables.ts";

/** Conditions that leave of an entry's versions the last one; the head table must be joined. */
export const currentPerson = sql`${personVersions.version} =
  (select max(v.version) from person_versions v where v.person_id = ${persons.id})`;

export const currentHousehold = sql`${householdVersions.version} =
  (select max(v.version) from household_versions v where v.household_id = ${households.id})`;

export const currentResidency = sql`${residencyVersions.version} =
  (select max(v.version) from residency_versions v where v.residency_id = ${residencies.id})`;

/** The person lives there now: the last version, and it has not ended. */
export const livesThere = and(currentResidency, isNull(residencyVersions.validTo));
