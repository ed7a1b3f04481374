import type { PersonalId } from "../../_shared/reference/identifiers/personal-id.ts";
import { parsePersonalId } from "../../_shared/reference/identifiers/personal-id.ts";
import { type PartialDate, parsePartialDate } from "../../_shared/reference/partial-dates.ts";
import { type PersonName, parsePersonName, sameName } from "../../_shared/reference/person-names.ts";
import type { Path, Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { type CardState, type CardVersion, lastsUntil, lockCards } from "../cards/card-state.ts";
import { cardClosed, participantNameDiffers } from "../cards/errors.ts";
import { facilityNotListed } from "../facilities/errors.ts";
import { knownFacilities } from "../facilities/facilities.ts";
import {
  alreadyEnrolled,
  childCardRuns,
  participantBirthDiffers,
  participantNamedTwice,
  participantsMissing,
} from "./errors.ts";
import type { HealthInsuranceEnrolmentInput, ParticipantInput } from "./input.ts";
import type { Term } from "./terms.ts";

/** A participant of an enrolment, with the card that the person has, locked, and the place in the list. */
export type Participant = {
  personalId: PersonalId;
  fullName: PersonName;
  dateOfBirth: PartialDate;
  facility: string;
  state: CardState | undefined;
  path: Path;
};

/** The participants of an enrolment; each fault becomes a problem. */
export async function readParticipants(
  tx: Tx,
  input: HealthInsuranceEnrolmentInput,
  problems: Problems,
): Promise<Participant[]> {
  const { participants, facility } = input;
  if (participants.length === 0) problems.add(["participants"], participantsMissing());
  await demandFacilities(tx, input, problems);
  const read = participants.flatMap((each, index) => readParticipant(each, ["participants", index], problems) ?? []);
  read.forEach(({ personalId, path }, index) => {
    if (read.findIndex((other) => other.personalId === personalId) < index)
      problems.add([...path, "personalId"], participantNamedTwice());
  });
  const states = await lockCards(
    tx,
    read.map(({ personalId }) => personalId),
  );
  return read.map((each) => ({ ...each, facility: each.facility ?? facility, state: states.get(each.personalId) }));
}

function readParticipant(
  { personalId, fullName, dateOfBirth, facility }: ParticipantInput,
  path: Path,
  problems: Problems,
) {
  const number = problems.take([...path, "personalId"], parsePersonalId(personalId));
  const name = problems.take([...path, "fullName"], parsePersonName(fullName, "PERSON"));
  const born = problems.take([...path, "dateOfBirth"], parsePartialDate(dateOfBirth));
  return number && name && born ? { personalId: number, fullName: name, dateOfBirth: born, facility, path } : undefined;
}

async function demandFacilities(
  tx: Tx,
  { facility, participants }: HealthInsuranceEnrolmentInput,
  problems: Problems,
): Promise<void> {
  const own = participants.flatMap((each, index) =>
    each.facility == null ? [] : { code: each.facility, path: ["participants", index, "facility"] },
  );
  const named = [{ code: facility, path: ["facility"] }, ...own];
  const known = await knownFacilities(
    tx,
    named.map(({ code }) => code),
  );
  for (const { code, path } of named) if (!known.has(code)) problems.add(path, facilityNotListed());
}

/** Adds a problem for a participant whose card names another person, is closed, or whose term a new one cannot follow. */
export function demandEnrollable(participant: Participant, objectCode: string, term: Term, problems: Problems): void {
  const { state, path, fullName, dateOfBirth } = participant;
  if (!state) return;
  const { holderName, holderDateOfBirth, closedOn } = state.last;
  if (closedOn !== null) problems.add([...path, "personalId"], cardClosed());
  if (holderName !== null && !sameName(holderName, fullName))
    problems.add([...path, "fullName"], participantNameDiffers());
  if (holderDateOfBirth !== null && holderDateOfBirth !== dateOfBirth)
    problems.add([...path, "dateOfBirth"], participantBirthDiffers());
  const others = termsWithin(state, term);
  const ofChild = others.find((other) => other.objectCode === "TE");
  const inTheWay = others.find((other) => other.objectCode === objectCode || other.cardValidFrom >= term.from);
  if (ofChild) problems.add([...path, "personalId"], childCardRuns(ofChild.cardValidTo ?? term.from));
  else if (inTheWay) problems.add([...path, "personalId"], alreadyEnrolled(inTheWay.cardValidFrom));
}

/** Terms of a card that have days in common with another one. */
export function termsWithin({ terms }: CardState, { from, to }: Term): CardVersion[] {
  return terms.filter((term) => lastsUntil(term, from) && (to === null || term.cardValidFrom <= to));
}
