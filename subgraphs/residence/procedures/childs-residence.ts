import { and, eq, inArray } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { recordChange } from "../../_shared/access-log/recorder.ts";
import type { Caller } from "../../_shared/identity/caller.ts";
import { parentNumbers } from "../../_shared/parts/content.ts";
import type { Likeness } from "../../_shared/parts/likeness.ts";
import { newerFactProblems } from "../../_shared/parts/newer-facts.ts";
import type { Examination, Granted, Part, PartProblem } from "../../_shared/parts/procedure.ts";
import { commune } from "../../_shared/reference/communes.ts";
import type { LegalDay } from "../../_shared/reference/days.ts";
import type { PartialDate } from "../../_shared/reference/partial-dates.ts";
import { isRelation } from "../../_shared/reference/relations.ts";
import { enteredFor } from "../../_shared/registers/columns.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { badUserInput } from "../../_shared/serving/errors.ts";
import type { ResidenceContent } from "../contents.ts";
import { currentPerson, currentResidency, householdInForce, livesThere } from "../current.ts";
import { isDescendant } from "../descendants.ts";
import {
  addressCommuneMismatch,
  alreadyResident,
  childNotFound,
  communeUnknown,
  headIsNotHead,
  headNotFound,
  relationUnknown,
} from "../errors.ts";
import { personExists } from "../persons/persons.ts";
import { provenanceOf } from "../provenance.ts";
import { foldAddress } from "../residencies/addresses.ts";
import { enterResidency } from "../residencies/entries.ts";
import { residentsLike } from "../resident-likenesses.ts";
import { households, householdVersions, persons, personVersions, residencies, residencyVersions } from "../tables.ts";

type Child = {
  id: string;
  personalId: string;
  fullName: string;
  dateOfBirth: PartialDate;
  /** Last version of an earlier residence that has ended; null for a child that had none. */
  former: typeof residencyVersions.$inferSelect | null;
};
type HeadsHousehold = { id: string; addressLine: string; communeCode: string; validFrom: LegalDay };

type ChildsPart = Part<ResidenceContent>;
type Found = { household: HeadsHousehold | undefined; person: Child | undefined };

/**
 * Registration of permanent residence (đăng ký thường trú) of a child in the household of parents or relatives: Law on Residence
 * 68/2020, art. 20 (2) and 21; the child of parents belongs with them, art. 12.
 */
export const childsResidence = {
  async examine(tx: Tx, part: ChildsPart): Promise<Examination<Found>> {
    const [household, ofChild] = await Promise.all([
      householdOfHead(tx, part.content.residence.headPersonalId),
      childAsRegistered(tx, part.content.child.personalId),
    ]);
    const newer = newerFactProblems(part.content, [household, ofChild.person?.former]);
    const problems = [...(await placeProblems(tx, part.content, household)), ...ofChild.problems, ...newer];
    const verify = household ? await reasonsToVerify(tx, part.content, household) : [];
    const { person } = ofChild;
    const likenesses = household && person ? await likenessesOf(tx, part.content, household, person) : [];
    return { problems, verify, likenesses, found: { household, person } };
  },
  async grant(tx: Tx, part: ChildsPart, { household, person }: Found, by: Caller, on: LegalDay): Promise<Granted> {
    const { residence } = part.content;
    if (!person || !household || !isRelation(residence.relationToHead))
      throw badUserInput("A residence is granted only for what was examined and has a number", "part.content");
    if (person.former) return grantAgain(tx, part, { household, person, former: person.former }, by, on);
    const id = uuidv7();
    const head = {
      id,
      personId: person.id,
      partId: part.id,
      ...provenanceOf(part),
      guardians: parentNumbers(part.content),
    };
    const version = {
      residencyId: id,
      validFrom: on,
      ...enteredFor(by, part.dossier, head),
      householdId: household.id,
      relationToHead: residence.relationToHead,
      kind: "PERMANENT" as const,
      registeredOn: on,
    };
    await Promise.all([
      // a person is registered once: after a concurrent registration this fails, and the delivery examines again
      tx.insert(residencies).values(head).execute(),
      tx.insert(residencyVersions).values(version).execute(),
      recordChange(tx, by, [person.personalId], ["residencies.person_id", "residency_versions.*"]),
    ]);
    return { result: { type: "Residency", id }, facts: {} };
  },
};

/** Registers a child whose earlier residence has ended, as the next version of the same chain. */
async function grantAgain(
  tx: Tx,
  { content: { residence }, dossier }: ChildsPart,
  { household, person, former }: { household: HeadsHousehold; person: Child; former: NonNullable<Child["former"]> },
  by: Caller,
  on: LegalDay,
): Promise<Granted> {
  const { relationToHead } = residence;
  if (!isRelation(relationToHead)) throw badUserInput("The relation is none of form CT01", "part.content");
  const entry = { on, by: by.subject, ground: dossier };
  const facts = { householdId: household.id, relationToHead, registeredOn: on };
  await enterResidency(tx, entry, { personId: person.id, last: former }, facts);
  await recordChange(tx, by, [person.personalId], ["residency_versions.*"]);
  return { result: { type: "Residency", id: former.residencyId }, facts: {} };
}

async function placeProblems(
  tx: Tx,
  { residence: { headPersonalId, relationToHead, address } }: ResidenceContent,
  household: HeadsHousehold | undefined,
): Promise<PartProblem[]> {
  const known = commune(address.commune) !== undefined;
  const problems: PartProblem[] = [];
  if (!household) problems.push((await personExists(tx, headPersonalId)) ? headIsNotHead() : headNotFound());
  if (!known) problems.push(communeUnknown());
  else if (household && household.communeCode !== address.commune) problems.push(addressCommuneMismatch());
  if (!isRelation(relationToHead)) problems.push(relationUnknown());
  return problems;
}

async function childAsRegistered(
  tx: Tx,
  personalId: string | null,
): Promise<{ problems: PartProblem[]; person?: Child }> {
  if (!personalId) return { problems: [] };
  const [found] = await tx
    .select({
      id: persons.id,
      fullName: personVersions.fullName,
      dateOfBirth: personVersions.dateOfBirth,
      dossier: residencies.dossier,
      last: residencyVersions,
    })
    .from(persons)
    .innerJoin(personVersions, and(eq(personVersions.personId, persons.id), currentPerson))
    .leftJoin(residencies, eq(residencies.personId, persons.id))
    .leftJoin(residencyVersions, and(eq(residencyVersions.residencyId, residencies.id), currentResidency))
    .where(eq(persons.personalId, personalId));
  if (!found) return { problems: [childNotFound()] };
  const { id, fullName, dateOfBirth, last, dossier } = found;
  return {
    problems: last && last.validTo === null ? [alreadyResident(dossier)] : [],
    person: { id, personalId, fullName, dateOfBirth, former: last },
  };
}

/** Residents who may be the child. A residence that this register lost was compared when it was granted. */
async function likenessesOf(
  tx: Tx,
  content: ResidenceContent,
  household: HeadsHousehold,
  { id, fullName, dateOfBirth }: Child,
): Promise<Likeness[]> {
  if (content.grantedBefore) return [];
  const { child, comparedDossiers } = content;
  const isOfMultipleBirth = (child.multipleBirth ?? null) !== null;
  const parents = parentNumbers(content);
  return residentsLike(tx, { id, fullName, dateOfBirth, parents, household, isOfMultipleBirth, comparedDossiers });
}

/** Codes of the reasons for the review by an officer, stored with the part. Empty if the registers prove the claim. */
async function reasonsToVerify(tx: Tx, content: ResidenceContent, household: HeadsHousehold): Promise<string[]> {
  const { relationToHead, headPersonalId, address } = content.residence;
  const reasons: string[] = [];
  if (!(await anyLivesIn(tx, household.id, parentNumbers(content)))) reasons.push("NO_PARENT_IN_HOUSEHOLD");
  if (!isDescendant(relationToHead)) reasons.push("RELATION_NOT_BY_DESCENT");
  // the child of a parent who is the head is no grandchild of the head
  if (relationToHead === "GRANDCHILD" && parentNumbers(content).includes(headPersonalId))
    reasons.push("RELATION_CONTRADICTS_PARENT");
  if (foldAddress(address.line) !== foldAddress(household.addressLine)) reasons.push("ADDRESS_LINE_DIFFERS");
  return reasons;
}

/** Household in force that a person heads. */
export async function householdOfHead(tx: Tx, headPersonalId: string): Promise<HeadsHousehold | undefined> {
  const [household] = await tx
    .select({
      id: households.id,
      addressLine: householdVersions.addressLine,
      communeCode: householdVersions.communeCode,
      validFrom: householdVersions.validFrom,
    })
    .from(persons)
    .innerJoin(householdVersions, eq(householdVersions.headPersonId, persons.id))
    .innerJoin(households, eq(households.id, householdVersions.householdId))
    .where(and(eq(persons.personalId, headPersonalId), householdInForce))
    .limit(1);
  return household;
}

async function anyLivesIn(tx: Tx, householdId: string, numbers: string[]): Promise<boolean> {
  const [member] = await tx
    .select({ id: residencies.id })
    .from(residencies)
    .innerJoin(persons, eq(persons.id, residencies.personId))
    .innerJoin(residencyVersions, eq(residencyVersions.residencyId, residencies.id))
    .where(and(inArray(persons.personalId, numbers), eq(residencyVersions.householdId, householdId), livesThere))
    .limit(1);
  return member !== undefined;
}
