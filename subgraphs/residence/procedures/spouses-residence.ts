import type { Caller } from "../../_shared/identity/caller.ts";
import { newerFactProblems } from "../../_shared/parts/newer-facts.ts";
import type { Granted, Part, PartProblem } from "../../_shared/parts/procedure.ts";
import { type LegalDay, legalDayOf } from "../../_shared/reference/days.ts";
import { Problems } from "../../_shared/registers/act-problems.ts";
import { LostRace, type Tx } from "../../_shared/serving/database.ts";
import type { SpousesContent } from "../contents.ts";
import { householdUnknown } from "../households/errors.ts";
import { householdIdOf } from "../households/households.ts";
import {
  type HouseholdState,
  lockHouseholds,
  type ReadHouseholds,
  readHouseholds,
} from "../households/locked-households.ts";
import { consentMissing, personUnknown, relationContradictsMarriage, spouseElsewhere } from "../residencies/errors.ts";
import { examineMove, type Move, readMovers, versionsBeforeMove } from "../residencies/moves.ts";
import { demandNames, withLaw } from "./form-persons.ts";
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
  const named = [
    { ...person, path: [who] },
    { ...other, path: [otherWho] },
  ];
  const known = await demandNames(tx, named, problems);
  if (!known.has(other.personalId)) problems.add([otherWho, "personalId"], personUnknown());
  const movers = [{ personalId: person.personalId, relationToHead, path: [who, "personalId"] }];
  const householdId = await householdIdOf(tx, code);
  if (householdId === undefined) {
    problems.add(["household", "code"], householdUnknown());
    await readMovers(tx, movers, problems); // so that all problems come at once
    return { problems: withLaw(problems, REGISTRATION_LAW), move: undefined };
  }
  const path = ["household", "newHead"];
  const newHeads = { heads: newHead ? [{ head: newHead, path }] : [], path };
  const destination = { householdId, path: ["household", "code"] };
  const move = await examineMove(tx, { movers, destination, newHeads }, on, problems, read);
  if (move) problems.found.push(...newerFactProblems(content, await versionsBeforeMove(tx, move, on)));
  // read after the move, which has locked the household for a grant
  const joined = move?.joined ?? (await readHouseholds(tx, [householdId])).get(householdId);
  if (joined && known.has(other.personalId)) demandRelation(content, other.personalId, joined, problems);
  const found = withLaw(problems, REGISTRATION_LAW);
  return { problems: found, move: found.length > 0 ? undefined : move };
}

function moverOf({ husband, wife, household: { mover } }: SpousesContent) {
  return mover === "HUSBAND"
    ? ({ who: "husband", person: husband, otherWho: "wife", other: wife } as const)
    : ({ who: "wife", person: wife, otherWho: "husband", other: husband } as const);
}

/**
 * Adds a problem unless the other spouse lives in the household, and the mover is wife or husband of its head exactly where that spouse
 * is the head.
 */
function demandRelation(
  { household: { mover, relationToHead } }: SpousesContent,
  spouseNumber: string,
  { members, last }: HouseholdState,
  problems: Problems,
): void {
  const spouse = members.find(({ personalId }) => personalId === spouseNumber);
  if (!spouse) {
    problems.add(["household", "code"], spouseElsewhere());
    return;
  }
  const isHead = last.headPersonId === spouse.personId;
  const fits = isHead ? relationToHead === mover : relationToHead !== "HUSBAND" && relationToHead !== "WIFE";
  if (!fits) problems.add(["household", "relationToHead"], relationContradictsMarriage());
}
