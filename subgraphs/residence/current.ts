import { and, isNull } from "drizzle-orm";
import { latestVersion } from "../_shared/registers/latest-version.ts";
import { households, householdVersions, persons, personVersions, residencies, residencyVersions } from "./tables.ts";

/* Conditions that leave the last of an entry's versions; the head table must be joined. */
export const currentPerson = latestVersion(personVersions.version, personVersions.personId, persons.id);
export const currentHousehold = latestVersion(householdVersions.version, householdVersions.householdId, households.id);
export const currentResidency = latestVersion(residencyVersions.version, residencyVersions.residencyId, residencies.id);

/** The person lives there now: the last version, and it has not ended. */
export const livesThere = and(currentResidency, isNull(residencyVersions.validTo));

/** The household has members: its last version, and it has not ended. */
export const householdInForce = and(currentHousehold, isNull(householdVersions.validTo));
