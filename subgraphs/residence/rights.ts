import { eq, isNotNull, type SQL, sql } from "drizzle-orm";
import type { Caller } from "../_shared/identity/caller.ts";
import { hasNumber } from "../_shared/registers/personal-numbers.ts";
import { reaches, rowsWithin, searchWithin } from "../_shared/rights/row-rights.ts";
import { persons, residencies } from "./tables.ts";
import { temporaryResidences } from "./temporary/tables.ts";

const reachOf = reaches("RESIDENCE", {
  clerk: "agency",
  leader: "agency",
  "own-officer": "agency",
  portal: "province",
  citizen: "own",
  "other-officer": "dossier",
});

/** Persons that a caller may know by number, name and date of birth. For statements that read `persons`. */
export function visiblePersons(caller: Caller): SQL {
  return rowsWithin(reachOf(caller), {
    agency: "everything",
    province: (province) => sql`(${persons.officeProvince} = ${province} or exists (
      select 1 from ${currentHomes} join communes on communes.list = home.commune_list and communes.code = home.commune_code
       where home.person_id = ${persons.id} and communes.province = ${province}))`,
    own: (personalId) => sql`(${ownPerson(personalId)} or ${livesWith(personalId)})`,
    dossier: () => "everything",
  });
}

/** Persons whose sex, ethnicity and nationality a caller may know, too. For statements that read `persons`. */
export function fullyVisiblePersons(caller: Caller): SQL {
  return rowsWithin(reachOf(caller), {
    agency: "everything",
    province: (province) => sql`coalesce(${persons.officeProvince} = ${province}, false)`,
    own: ownPerson,
    dossier: () => isNotNull(persons.dossier),
  });
}

/** Residencies that a caller may read. For statements that read `residencies` and the `persons` registered by them. */
export function visibleResidencies(caller: Caller): SQL {
  return rowsWithin(reachOf(caller), {
    agency: "everything",
    province: (province) => eq(residencies.officeProvince, province),
    own: (personalId) => sql`(${ownPerson(personalId)} or ${hasNumber(residencies.guardians, personalId)})`,
    dossier: () => isNotNull(residencies.dossier),
  });
}

/** Temporary residences that a caller may read. For statements that read `temporary_residences` and their `persons`. */
export function visibleTemporary(caller: Caller): SQL {
  return rowsWithin(reachOf(caller), {
    agency: "everything",
    province: (province) => sql`exists (
      select 1 from communes where communes.list = ${temporaryResidences.communeList}
       and communes.code = ${temporaryResidences.communeCode} and communes.province = ${province})`,
    own: ownPerson,
  });
}

/** Check of a search for the temporary residences of a person. */
export const searchedTemporary = searchWithin(reachOf, "temporary residence");

/** Check of a search for a person. */
export const searchedPerson = searchWithin(reachOf, "citizen");

/** Check of a search for the residency of a person. */
export const searchedResidency = searchWithin(reachOf, "residency");

/** Members of a household that a caller may see: those of visible residencies and, for a citizen, of the own household. */
export function visibleMembers(caller: Caller): SQL {
  const housemates = rowsWithin(reachOf(caller), { own: livesWith });
  return sql`(${visibleResidencies(caller)} or ${housemates})`;
}

// current household of each person, one row each
const currentHomes = sql`(
  select r.person_id, rv.household_id, hv.commune_list, hv.commune_code
    from residencies r
    join residency_versions rv on rv.residency_id = r.id and rv.valid_to is null
     and rv.version = (select max(v.version) from residency_versions v where v.residency_id = r.id)
    join household_versions hv on hv.household_id = rv.household_id
     and hv.version = (select max(v.version) from household_versions v where v.household_id = rv.household_id)) home`;

function ownPerson(personalId: string): SQL {
  return sql`(${persons.personalId} = ${personalId} or ${hasNumber(persons.guardians, personalId)})`;
}

function livesWith(personalId: string): SQL {
  return sql`exists (
    select 1 from ${currentHomes}
     where home.person_id = ${persons.id} and home.household_id = (
       select home.household_id from ${currentHomes} join persons me on me.id = home.person_id
        where me.personal_id = ${personalId}))`;
}
