import { type SQL, sql } from "drizzle-orm";
import type { Caller } from "../_shared/identity/caller.ts";
import { persons, residencies } from "./tables.ts";

const EVERYTHING = sql`true`;
const NOTHING = sql`false`;

/** How much of the registers a role reaches. */
type Reach = "EVERYTHING" | "PROVINCE" | "DOSSIERS" | "OWN" | "NOTHING";

function reachOf({ role }: Caller): Reach {
  switch (role) {
    case "clerk":
    case "leader":
    case "police":
    case "service":
      return "EVERYTHING";
    case "portal":
      return "PROVINCE";
    case "registrar":
    case "insurer":
    case "land-officer":
    case "business-officer":
      return "DOSSIERS";
    case "citizen":
      return "OWN";
    case "anonymous":
      return "NOTHING";
  }
}

/** Which persons a caller may know by number, name and date of birth. For statements that read `persons`. */
export function visiblePersons(caller: Caller): SQL {
  const { province = "", personalId = "" } = caller;
  const reach = reachOf(caller);
  if (reach === "EVERYTHING" || reach === "DOSSIERS") return EVERYTHING;
  if (reach === "PROVINCE")
    return sql`(${persons.officeProvince} = ${province} or exists (
      select 1 from ${currentHomes} join communes on communes.list = home.commune_list and communes.code = home.commune_code
       where home.person_id = ${persons.id} and communes.province = ${province}))`;
  if (reach === "OWN") return sql`(${ownPerson(personalId)} or ${livesWith(personalId)})`;
  return NOTHING;
}

/** Which persons a caller may know whole: sex, ethnicity and nationality too. For statements that read `persons`. */
export function whollyVisible(caller: Caller): SQL {
  const { province = "", personalId = "" } = caller;
  switch (reachOf(caller)) {
    case "EVERYTHING":
      return EVERYTHING;
    case "PROVINCE":
      return sql`coalesce(${persons.officeProvince} = ${province}, false)`;
    case "DOSSIERS":
      return sql`${persons.dossier} is not null`;
    case "OWN":
      return ownPerson(personalId);
    case "NOTHING":
      return NOTHING;
  }
}

/** Which residencies a caller may see. For statements that read `residencies` and the `persons` registered by them. */
export function visibleResidencies(caller: Caller): SQL {
  const { province = "", personalId = "" } = caller;
  switch (reachOf(caller)) {
    case "EVERYTHING":
      return EVERYTHING;
    case "PROVINCE":
      return sql`${residencies.officeProvince} = ${province}`;
    case "DOSSIERS":
      return sql`${residencies.dossier} is not null`;
    case "OWN":
      return sql`(${ownPerson(personalId)} or ${personalId} = any(${residencies.guardians}))`;
    case "NOTHING":
      return NOTHING;
  }
}

/** Which members of a household a caller may see listed: whose residency is visible and, to a citizen, housemates. */
export function visibleMembers(caller: Caller): SQL {
  const visible = visibleResidencies(caller);
  return reachOf(caller) === "OWN" ? sql`(${visible} or ${livesWith(caller.personalId ?? "")})` : visible;
}

// Who lives where now; one row for each person.
const currentHomes = sql`(
  select r.person_id, rv.household_id, hv.commune_list, hv.commune_code
    from residencies r
    join residency_versions rv on rv.residency_id = r.id and rv.valid_to is null
     and rv.version = (select max(v.version) from residency_versions v where v.residency_id = r.id)
    join household_versions hv on hv.household_id = rv.household_id
     and hv.version = (select max(v.version) from household_versions v where v.household_id = rv.household_id)) home`;

function ownPerson(personalId: string): SQL {
  return sql`(${persons.personalId} = ${personalId} or ${personalId} = any(${persons.guardians}))`;
}

function livesWith(personalId: string): SQL {
  return sql`exists (
    select 1 from ${currentHomes}
     where home.person_id = ${persons.id} and home.household_id = (
       select home.household_id from ${currentHomes} join persons me on me.id = home.person_id
        where me.personal_id = ${personalId}))`;
}
