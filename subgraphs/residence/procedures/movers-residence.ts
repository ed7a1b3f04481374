import { recordChange } from "../../_shared/access-log/recorder.ts";
import type { Caller } from "../../_shared/identity/caller.ts";
import { newerFactProblems } from "../../_shared/parts/newer-facts.ts";
import type { Granted, Part, PartProblem } from "../../_shared/parts/procedure.ts";
import { type LegalDay, legalDayOf } from "../../_shared/reference/days.ts";
import { parsePersonalId } from "../../_shared/reference/identifiers/personal-id.ts";
import { sameName } from "../../_shared/reference/person-names.ts";
import { Problems } from "../../_shared/registers/act-problems.ts";
import { LostRace, type Tx } from "../../_shared/serving/database.ts";
import type { MoverContent } from "../contents.ts";
import { demandFormerCode, newHouseholdCode } from "../households/household-codes.ts";
import { lockHouseholds, type ReadHouseholds, readHouseholds } from "../households/locked-households.ts";
import { readAddress } from "../residencies/addresses.ts";
import { addressApart, consentMissing, headOfNone, personNameDiffers, personUnknown } from "../residencies/errors.ts";
import {
  concernedBy,
  type Destination,
  enterMove,
  examineMove,
  type Move,
  readMovers,
  versionsBeforeMove,
} from "../residencies/moves.ts";
import { residentsOf } from "../residencies/residents.ts";
import { householdOfHead } from "./childs-residence.ts";
import { demandNames, demandOwnHousehold, withLaw } from "./form-persons.ts";

type MoversPart = Part<MoverContent>;

export const REGISTRATION_LAW = "Luật Cư trú số 68/2020/QH14, Điều 20, 21 và 22; Nghị định 154/2024/NĐ-CP";

/**
 * Registration of permanent residence of a person who moves, alone or with others: Law on Residence 68/2020, art. 20 to 22. The former
 * residence ends on the same day. An officer looks at every one, because no register proves that the dwelling is lawful.
 */
export const moversResidence = {
  async examine(tx: Tx, part: MoversPart): Promise<{ problems: PartProblem[]; verify: string[] }> {
    const { problems } = await examine(tx, part, legalDayOf(part.receivedAt), readHouseholds);
    return { problems, verify: ["LAWFUL_DWELLING_NOT_PROVEN"] };
  },
  async grant(tx: Tx, part: MoversPart, by: Caller, on: LegalDay): Promise<Granted> {
    const { move } = await examine(tx, part, on, lockHouseholds);
    if (!move) throw new LostRace(); // an act changed a household after the examination
    const { person, grantedBefore: former } = part.content;
    const asked = { dossier: part.dossier, personalId: person.personalId, formerCode: former?.householdCode };
    return grantMove(tx, asked, move, by, on);
  },
};

type AskedMove = { dossier: string; personalId: string; formerCode?: string | undefined };

/** Enters a move that a dossier asks for. The result is the residency of one of the movers, the fact the code of a new household. */
export async function grantMove(
  tx: Tx,
  { dossier, personalId, formerCode }: AskedMove,
  move: Move,
  by: Caller,
  on: LegalDay,
): Promise<Granted> {
  const { destination } = move;
  const made = "address" in destination && (await newHouseholdCode(tx, destination.address, formerCode));
  await enterMove(tx, { on, by: by.subject, ground: dossier, ...made }, move);
  const citizens = concernedBy(move).map((person) => person.personalId);
  await recordChange(tx, by, [...new Set(citizens)], ["residency_versions.*", "household_versions.*"]);
  const id = (await residentsOf(tx, [personalId])).get(personalId)?.last?.residencyId;
  return { ...(id && { result: { type: "Residency" as const, id } }), facts: { ...made } };
}

async function examine(
  tx: Tx,
  { content }: MoversPart,
  on: LegalDay,
  read: ReadHouseholds,
): Promise<{ problems: PartProblem[]; move: Move | undefined }> {
  const problems = new Problems();
  const { person, relationToHead, members, newHeads, grantedBefore: former } = content;
  const movers = [
    { personalId: person.personalId, relationToHead, path: ["person", "personalId"] },
    ...members.map((member, index) => ({ ...member, path: ["members", index, "personalId"] })),
  ];
  await demandNames(tx, [{ ...person, path: ["person"] }], problems);
  await demandOwnHousehold(tx, content, problems);
  const destination = await readDestination(tx, content, problems);
  if (destination && "address" in destination) await demandFormerCode(tx, former, problems);
  const heads = (newHeads ?? []).map((head, index) => ({ head, path: ["newHeads", index] }));
  if (!destination) await readMovers(tx, movers, problems);
  const request = destination && { movers, destination, newHeads: { heads, path: ["newHeads"] } };
  const move = request && (await examineMove(tx, request, on, problems, read));
  if (move) problems.found.push(...newerFactProblems(content, await versionsBeforeMove(tx, move, on)));
  const found = withLaw(problems, REGISTRATION_LAW);
  return { problems: found, move: found.length > 0 ? undefined : move };
}

/** The household of the head who is named, or the address if the person is that head. */
async function readDestination(
  tx: Tx,
  { person, newAddress, headPersonalId, headName, hasConsent }: MoverContent,
  problems: Problems,
): Promise<Destination | undefined> {
  const address = readAddress(newAddress, ["newAddress"], problems);
  if (!hasConsent) problems.add(["hasConsent"], consentMissing());
  if (headPersonalId === person.personalId) return address && { address };
  const number = problems.take(["headPersonalId"], parsePersonalId(headPersonalId));
  if (!number) return undefined;
  const head = (await residentsOf(tx, [number])).get(number);
  const household = await householdOfHead(tx, number);
  if (!household) problems.add(["headPersonalId"], head ? headOfNone() : personUnknown());
  if (head && !sameName(head.fullName, headName)) problems.add(["headName"], personNameDiffers());
  if (household && address && household.communeCode !== address.communeCode)
    problems.add(["newAddress", "commune"], addressApart());
  return household && { householdId: household.id, path: ["headPersonalId"] };
}
