import { and, eq, exists, type SQL, sql } from "drizzle-orm";
import { QueryBuilder } from "drizzle-orm/pg-core";
import type { Caller } from "../_shared/identity/caller.ts";
import { commune } from "../_shared/reference/communes.ts";
import { hasNumber, hasOneOf } from "../_shared/registers/personal-numbers.ts";
import { officerOf } from "../_shared/rights/permissions.ts";
import { type Reach, reaches, rowsWithin } from "../_shared/rights/row-rights.ts";
import type { Database } from "../_shared/serving/database.ts";
import { notFound } from "../_shared/serving/errors.ts";
import type { AgencyCode } from "../agency-registry.ts";
import { hasParty } from "./dossiers/parties.ts";
import { feedback } from "./feedback/tables.ts";
import { expiryReminders } from "./reminders/tables.ts";
import { dossiers, steps } from "./tables.ts";

const ownReach = reaches("ONE_STOP", { clerk: "office", leader: "office", citizen: "own", "other-officer": "dossier" });
const provincialReach = reaches("ONE_STOP", { leader: "province", portal: "province" });

/** Reach of a caller among the dossiers: the province for a portal, and for a leader whose token names no office. */
function dossierReach(caller: Caller): Reach {
  const reach = ownReach(caller);
  return reach.kind === "none" ? provincialReach(caller) : reach;
}

/** A clerk may look up any citizen, because any desk receives for the whole province (Decree 118/2025/NĐ-CP); it is recorded. */
const citizenReach = reaches("ONE_STOP", { clerk: "agency", leader: "agency", citizen: "own" });

const workReach = reaches("ONE_STOP", { clerk: "office", leader: "office", "other-officer": "dossier" });

const reminderReach = reaches("ONE_STOP", { clerk: "office", leader: "office", citizen: "own" });

const ledOffice = reaches("ONE_STOP", { leader: "office" });

const submissionReach = reaches("ONE_STOP", { clerk: "office", citizen: "own" });

/** Dossiers that a caller may see. An officer sees those that reached the officer's agency. */
export function visibleDossiers(caller: Caller): SQL {
  return rowsWithin(dossierReach(caller), {
    office: (office) => eq(dossiers.office, office),
    province: (province) => eq(dossiers.province, province),
    own: hasParty,
    dossier: (agency) => {
      const reached = and(
        eq(steps.dossierId, dossiers.id),
        eq(steps.agency, agency),
        sql`(${steps.attempts} > 0 or ${steps.state} not in ('BLOCKED', 'READY', 'SENT'))`,
      );
      return exists(new QueryBuilder().select({ one: sql`1` }).from(steps).where(reached));
    },
  });
}

/** Office that a caller's dossiers are limited to; null for a caller who may see those of several. */
export function officeOfDossiers(caller: Caller): string | null {
  const reach = dossierReach(caller);
  return reach.kind === "office" ? reach.office : null;
}

/** True for a caller whose dossiers are those of the own person, which are few. */
export function seesOwnAlone(caller: Caller): boolean {
  return dossierReach(caller).kind === "own";
}

/** Subset of the codes whose dossiers the caller may see. */
export async function visibleCodes(db: Database, caller: Caller, codes: string[]): Promise<Set<string>> {
  if (codes.length === 0) return new Set();
  const rows = await db
    .select({ code: dossiers.code })
    .from(dossiers)
    .where(and(sql`${dossiers.code} in ${codes}`, visibleDossiers(caller)));
  return new Set(rows.map((row) => row.code));
}

/**
 * Code of a dossier that a field names; null where it names none.
 *
 * @throws NOT_FOUND for a dossier outside the caller's reach, so that the null of the response is told apart from none
 */
export async function visibleCode(db: Database, caller: Caller, code: string | null): Promise<string | null> {
  if (code !== null && !(await visibleCodes(db, caller, [code])).has(code)) throw notFound("dossier");
  return code;
}

/**
 * True if a caller may see a citizen: any registered citizen for a desk's officer, the caller's own person, and every party
 * of a dossier that the caller may see.
 */
export async function maySeeCitizen(
  db: Database,
  caller: Caller,
  personalId: string,
  isRegistered: () => Promise<boolean>,
): Promise<boolean> {
  const reach = citizenReach(caller);
  if (reach.kind === "agency") return isRegistered();
  if (reach.kind === "own" && reach.personalId === personalId) return true;
  const [row] = await db
    .select({ one: sql`1` })
    .from(dossiers)
    .where(and(hasParty(personalId), visibleDossiers(caller)))
    .limit(1);
  return row !== undefined;
}

/** Personal numbers that a caller may see, of the given ones, by the rule of `maySeeCitizen`. The agencies know who is registered. */
export async function visibleCitizens(
  db: Database,
  caller: Caller,
  personalIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const reach = citizenReach(caller);
  if (reach.kind === "agency" || personalIds.length === 0) return new Set(personalIds);
  const rows = await db
    .select({ parties: dossiers.parties })
    .from(dossiers)
    .where(and(hasOneOf(dossiers.parties, personalIds), visibleDossiers(caller)));
  const seen = new Set(rows.flatMap(({ parties }) => parties));
  const own = reach.kind === "own" ? reach.personalId : null;
  return new Set(personalIds.filter((each) => each === own || seen.has(each)));
}

/**
 * Parts that a caller may work on: for an officer, the parts of the own agency within the office or province of the token;
 * for a clerk or a leader, the one-stop desk's parts at the own office.
 */
export function workableParts(caller: Caller): SQL {
  return rowsWithin(workReach(caller), {
    office: (office) => sql`(${steps.agency} = 'ONE_STOP' and ${steps.office} = ${office})`,
    dossier: (agency) => sql`(${steps.agency} = ${agency} and ${withinPlace(caller)})`,
  });
}

/** True if the parts of this agency are a caller's to work on: an officer's own agency, or the desk of a clerk or a leader. */
export function worksFor(caller: Caller, agency: AgencyCode): boolean {
  const reach = workReach(caller);
  return (reach.kind === "dossier" && reach.agency === agency) || (reach.kind === "office" && agency === "ONE_STOP");
}

/**
 * True if a caller who may see the dossier may also read what the request says for a part: who works on it, the desk that
 * received the dossier, and its applicant.
 */
export function seesContent(caller: Caller, { agency }: { agency: AgencyCode }, applicant: string | null): boolean {
  const reach = dossierReach(caller);
  if (reach.kind === "own") return reach.personalId === applicant;
  return reach.kind === "office" || worksFor(caller, agency);
}

/** Office or province of the token; an officer of the whole agency needs neither. */
function withinPlace({ office, province, role }: Caller): SQL {
  if (office) return eq(steps.office, office);
  if (province) return eq(dossiers.province, province);
  return officerOf(role)?.place === "agency" ? sql`true` : sql`false`;
}

/**
 * Dossiers whose exchange with a payment provider or portal a caller reviews: those of the own office; for an administrator all, and also
 * what belongs to no dossier.
 */
export function administeredDossiers(caller: Caller): SQL {
  if (caller.role === "administrator") return sql`true`;
  return rowsWithin(workReach(caller), { office: (office) => eq(dossiers.office, office) });
}

/** Dossiers whose undelivered messages a caller may settle: those of the own office. */
export function reviewableMessages(caller: Caller): SQL {
  return rowsWithin(workReach(caller), { office: (office) => eq(dossiers.office, office) });
}

/** Reminders that a caller lists: those of entries in the commune of the own office, and a citizen's own. */
export function visibleReminders(caller: Caller): SQL {
  return rowsWithin(reminderReach(caller), {
    office: (office) => eq(expiryReminders.communeCode, office),
    own: (personalId) => hasNumber(expiryReminders.people, personalId),
  });
}

/** True if a caller may see the reminders of a citizen: a desk's officer those of anybody, a citizen the own. */
export function mayReadReminders(caller: Caller, personalId: string): boolean {
  const reach = citizenReach(caller);
  return reach.kind === "agency" || (reach.kind === "own" && reach.personalId === personalId);
}

/** Feedback that a caller may see and answer: that on the own office. */
export function feedbackWithin(caller: Caller): SQL {
  return rowsWithin(workReach(caller), { office: (office) => eq(feedback.office, office) });
}

/** Place whose work a caller supervises or whose figures a caller reads. */
export type SupervisedPlace = { office: string } | { province: string };

/** The office of a leader, or the province of a leader or portal without one; null for other callers. */
export function supervisedPlace(caller: Caller): SupervisedPlace | null {
  const [office, province] = [ledOffice(caller), provincialReach(caller)];
  if (office.kind === "office") return { office: office.office };
  return province.kind === "province" ? { province: province.province } : null;
}

/** True if a caller supervises an office, by its commune code, and so may see its parts. */
export function supervises(caller: Caller, office: string): boolean {
  const place = supervisedPlace(caller);
  return place !== null && hasOffice(place, office);
}

/** True if an office, by its commune code, belongs to a place. */
export function hasOffice(place: SupervisedPlace, office: string): boolean {
  return "office" in place ? office === place.office : commune(office)?.province === place.province;
}

/**
 * Agencies whose officers answer to the leader of a commune or province, who may give their parts to others. The police, the social
 * insurance, the land office and the business registration answer to superiors of their own.
 */
const LED_AGENCIES: readonly AgencyCode[] = ["ONE_STOP", "CIVIL_STATUS"];

/** True for a part that a leader who supervises its office may give to another officer. */
export function isReassignable({ part, agency, state }: typeof steps.$inferSelect): boolean {
  return part && LED_AGENCIES.includes(agency) && (state === "PROCESSING" || state === "SUPPLEMENT_NEEDED");
}

/** True if a caller may submit a dossier at an office: a clerk at the own one, a citizen at any. */
export function maySubmitAt(caller: Caller, office: string): boolean {
  const reach = submissionReach(caller);
  return reach.kind === "own" || (reach.kind === "office" && reach.office === office);
}

/** Personal number of a caller who submits on the own behalf; the request must name this person. */
export function ownSubmitter(caller: Caller): string | null {
  const reach = submissionReach(caller);
  return reach.kind === "own" ? reach.personalId : null;
}
