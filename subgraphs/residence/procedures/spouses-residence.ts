import type { Caller } from "../../_shared/identity/caller.ts";
import type { Granted, Part, PartProblem } from "../../_shared/parts/procedure.ts";
import { type LegalDay, legalDayOf } from "../../_shared/reference/days.ts";
import { sameName } from "../../_shared/reference/person-names.ts";
import { Problems } from "../../_shared/registers/act-problems.ts";
import { LostRace, type Tx } from "../../_shared/serving/database.ts";
import type { SpousesContent } from "../contents.ts";
import { householdUnknown } from "../households/errors.ts";
import { householdIdOf } from "../households/households.ts";
import { lockHouseholds, type ReadHouseholds, readHouseholds } from "../households/locked-households.ts";
import {
  consentMissing,
  personNameDiffers,
  personUnknown,
  relationContradictsMarriage,
  spouseElsewhere,
} from "../residencies/errors.ts";
import { examineMove, type Move, readMovers } from "../residencies/moves.ts";
import { homeOf, type Resident, residentsOf } from "../residencies/residents.ts";
import { grantMove, REGISTRATION_LAW } from "./movers-residence.ts";

type SpousesPart = Part<SpousesContent>;

/**
 * Registration of permanent residence of a spouse who joins the household in which the other one lives: Law on Residence 68/2020, art. 20
 * (2) a. An officer looks at every one, because no register proves that the head and the owner of the dwelling consent.
 */
export const spousesResidence = {
  async examine(tx: Tx, part: SpousesPart): Promise<{ problems: PartProblem[]; verify: string[] }> {
    const { problems } = await examine(tx, part, legalDayOf(part.receivedAt), readHouseholds);
    return { problems, verify: ["CONSENT_NOT_PROVEN"] };
  },
  async grant(tx: Tx, part: SpousesPart, by: Caller, on: LegalDay): Promise<Granted> {
    const { move } = await examine(tx, part, on, lockHouseholds);
    if (!move) throw new LostRace(); // an act changed a household after the examination
    const { personalId } = moverOf(part.content).person;
    return grantMove(tx, { dossier: part.dossier, personalId }, move, by, on);
  },
};

async function examine(
  tx: Tx,
  { content }: SpousesPart,
  on: LegalDay,
  read: ReadHouseholds,
): Promise<{ problems: PartProblem[]; move: Move | undefined }> {
  const problems = new Problems();
  const { code, relationToHead, hasConsent, newHead } = content.household;
  const { who, person, other, otherWho } = moverOf(content);
  if (!hasConsent) problems.add(["household", "hasConsent"], consentMissing());
  const known = await residentsOf(tx, [person.personalId, other.personalId]);
  demandName(known, person, who, problems);
  demandName(known, other, otherWho, problems);
  const spouse = known.get(other.personalId);
  if (!spouse) problems.add([otherWho, "personalId"], personUnknown());
  const movers = [{ personalId: person.personalId, relationToHead, path: [who, "personalId"] }];
  const householdId = await householdIdOf(tx, code);
  if (householdId === undefined) {
    problems.add(["household", "code"], householdUnknown());
    await readMovers(tx, movers, problems); // so that all problems come at once
  } else {
    if (spouse && homeOf(spouse) !== householdId) problems.add(["household", "code"], spouseElsewhere());
    else if (spouse) await demandRelation(tx, content, spouse, householdId, problems);
  }
  const path = ["household", "newHead"];
  const newHeads = { heads: newHead ? [{ head: newHead, path }] : [], path };
  const destination = householdId === undefined ? null : { householdId, path: ["household", "code"] };
  const move = destination && (await examineMove(tx, { movers, destination, newHeads }, on, problems, read));
  const withLaw = problems.found.map((problem) => ({ ...problem, legalBasis: REGISTRATION_LAW }));
  return { problems: withLaw, move: withLaw.length > 0 ? undefined : (move ?? undefined) };
}

function moverOf({ husband, wife, household: { mover } }: SpousesContent) {
  return mover === "HUSBAND"
    ? ({ who: "husband", person: husband, otherWho: "wife", other: wife } as const)
    : ({ who: "wife", person: wife, otherWho: "husband", other: husband } as const);
}

function demandName(
  known: ReadonlyMap<string, Resident>,
  { personalId, fullName }: SpousesContent["husband"],
  who: string,
  problems: Problems,
): void {
  const registered = known.get(personalId);
  if (registered && !sameName(registered.fullName, fullName)) problems.add([who, "fullName"], personNameDiffers());
}

/** Adds a problem unless the mover is wife or husband of the head exactly where the other spouse is the head. */
async function demandRelation(
  tx: Tx,
  { household: { mover, relationToHead } }: SpousesContent,
  spouse: Resident,
  householdId: string,
  problems: Problems,
): Promise<void> {
  const household = (await readHouseholds(tx, [householdId])).get(householdId);
  const isHead = household?.last.headPersonId === spouse.personId;
  const fits = isHead ? relationToHead === mover : relationToHead !== "HUSBAND" && relationToHead !== "WIFE";
  if (!fits) problems.add(["household", "relationToHead"], relationContradictsMarriage());
}
