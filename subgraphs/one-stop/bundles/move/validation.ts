import type { Caller } from "../../../_shared/identity/caller.ts";
import { legalDayOf, parseLegalDay } from "../../../_shared/reference/days.ts";
import { refused } from "../../../_shared/reference/identifiers/parsed.ts";
import { type PersonalId, parsePersonalId } from "../../../_shared/reference/identifiers/personal-id.ts";
import { parseHouseholdBusinessCode } from "../../../_shared/reference/identifiers/tax-code.ts";
import { type FreeText, type PersonName, parsePersonName } from "../../../_shared/reference/person-names.ts";
import { tooManyEntries } from "../../../_shared/registers/act-faults.ts";
import type { Address } from "../../acceptance/application.ts";
import { takeAddress, takeDeclarant, takeFacility, takeOffice } from "../../acceptance/input-values.ts";
import type { Problems } from "../../acceptance/problems.ts";
import { STAND_IN } from "../../acceptance/stand-ins.ts";
import { takeFilledBy } from "../../filled-by/filled-by.ts";
import { takeHandover } from "../../handover/delivery-choice.ts";
import { ownSubmitter } from "../../rights.ts";
import { takeNewHead } from "../new-head.ts";
import type {
  MoveBundleInput,
  MoveBusinessInput,
  MovePermanentResidenceInput,
  MoveTemporaryResidenceInput,
  MovingMemberInput,
} from "./input.ts";
import * as problem from "./move-problems.ts";
import type { MoveRequest, Mover, NewResidence, NewStay } from "./move-request.ts";

/** Reads the input on the legal day of `now`; see `SubmittableKind.read`. */
export function readRequest(input: MoveBundleInput, caller: Caller, now: Date, problems: Problems): MoveRequest {
  const office = takeOffice(input.office, caller, problems);
  const declarant = takeDeclarant(input.declarant, problems);
  const person = takeMover(input.person, ["person"], problems);
  const residence = takeResidence(input, person, now, problems);
  demandOwnMove(caller, { declarant, person }, problems);
  const { careFacility, business } = input;
  if (!residence && !careFacility && !business) problems.add([], problem.nothingChosen());
  if (!residence && input.members && input.members.length > 0)
    problems.add(["members"], problem.membersWithoutResidence());
  return {
    ...{ office, channel: input.channel, declarant, byCitizen: ownSubmitter(caller) !== null, person, residence },
    members: takeMembers(input.members ?? [], residence, problems),
    careFacility: careFacility
      ? { facility: takeFacility(careFacility.facility, ["careFacility", "facility"], problems) }
      : null,
    business: business ? takeBusiness(business, residence, problems) : null,
    handover: takeHandover(input.handover ?? { method: "DESK" }, declarant, problems),
    filledBy: takeFilledBy(input.filledBy, declarant.personalId, problems),
  };
}

/** The business and the card are changed without an officer, so a citizen moves nobody else. */
function demandOwnMove(
  caller: Caller,
  { declarant, person }: Pick<MoveRequest, "declarant" | "person">,
  problems: Problems,
) {
  const submitter = ownSubmitter(caller);
  if (submitter === null) return;
  if (declarant.personalId !== submitter) problems.add(["declarant", "personalId"], problem.submitterDoesNotMove());
  if (person.personalId !== submitter) problems.add(["person", "personalId"], problem.submitterDoesNotMove());
}

function takeMover({ fullName, personalId }: MoveBundleInput["person"], path: string[], problems: Problems): Mover {
  return {
    fullName: takeName(fullName, [...path, "fullName"], problems),
    personalId: takeNumber(personalId, [...path, "personalId"], problems),
  };
}

function takeName(raw: string, path: string[], problems: Problems): PersonName {
  return problems.take<PersonName, string>(path, parsePersonName(raw, "PERSON"), STAND_IN.name);
}

function takeNumber(raw: string, path: string[], problems: Problems): PersonalId {
  return problems.take<PersonalId, string>(path, parsePersonalId(raw), STAND_IN.personalId);
}

const MOST_MEMBERS = 50;

function takeMembers(
  members: readonly MovingMemberInput[],
  residence: MoveRequest["residence"],
  problems: Problems,
): MoveRequest["members"] {
  if (members.length > MOST_MEMBERS) problems.add(["members"], tooManyEntries(MOST_MEMBERS));
  return members.slice(0, MOST_MEMBERS).map((member, index) => {
    const path = ["members", String(index)];
    const relationToHead = member.relationToHead ?? null;
    if (residence?.kind === "PERMANENT" && relationToHead === null)
      problems.add([...path, "relationToHead"], problem.relationToHeadMissing());
    return { ...takeMover(member, path, problems), relationToHead };
  });
}

function takeResidence(
  { permanentResidence, temporaryResidence }: MoveBundleInput,
  person: Mover,
  now: Date,
  problems: Problems,
): MoveRequest["residence"] {
  if (permanentResidence && temporaryResidence) problems.add(["temporaryResidence"], problem.residenceTwice());
  const stay = temporaryResidence ? takeStay(temporaryResidence, now, problems) : null;
  return permanentResidence ? takeRegistration(permanentResidence, person, problems) : stay;
}

function takeStay({ address, dwelling, until }: MoveTemporaryResidenceInput, now: Date, problems: Problems): NewStay {
  const at = (name: string) => ["temporaryResidence", name];
  return {
    ...{ kind: "TEMPORARY", dwelling, address: takeAddress(address, at("address"), problems) },
    until: problems.take(at("until"), parseLegalDay(until), legalDayOf(now)),
  };
}

/** Reads a registration. Without a head, or with the person as the head, the person heads a new household. */
function takeRegistration(
  { address, dwelling, headPersonalId, headName, relationToHead, hasConsent, newHeads }: MovePermanentResidenceInput,
  person: Mover,
  problems: Problems,
): NewResidence {
  const at = (...names: string[]) => ["permanentResidence", ...names];
  const heads = newHeads ?? [];
  if (heads.length > MOST_MEMBERS) problems.add(at("newHeads"), tooManyEntries(MOST_MEMBERS));
  const common = {
    ...{ kind: "PERMANENT" as const, dwelling, hasConsent },
    address: takeAddress(address, at("address"), problems),
    newHeads: heads
      .slice(0, MOST_MEMBERS)
      .map((head, index) => takeNewHead(head, at("newHeads", String(index)), problems)),
  };
  const head = headPersonalId ? takeNumber(headPersonalId, at("headPersonalId"), problems) : person.personalId;
  if (head === person.personalId)
    return { ...common, headPersonalId: head, headName: person.fullName, relationToHead: "HEAD" };
  if (!headName) problems.add(at("headName"), problem.headNameMissing());
  if (!relationToHead) problems.add(at("relationToHead"), problem.relationToHeadMissing());
  return {
    ...{ ...common, headPersonalId: head, relationToHead: relationToHead ?? "OTHER" },
    headName: headName ? takeName(headName, at("headName"), problems) : person.fullName,
  };
}

function takeBusiness(
  { code, address }: MoveBusinessInput,
  residence: MoveRequest["residence"],
  problems: Problems,
): NonNullable<MoveRequest["business"]> {
  return {
    code: problems.take<string, string>(["business", "code"], parseHouseholdBusinessCode(code), STAND_IN.personalId),
    address: takeSeat(address ?? null, residence, problems),
  };
}

const UNREADABLE: Address = { line: STAND_IN.text as FreeText, commune: STAND_IN.commune }; // a stand-in, which nobody registers

/** Reads the seat of the business: by default it moves to the new residence. */
function takeSeat(
  address: MoveBusinessInput["address"],
  residence: MoveRequest["residence"],
  problems: Problems,
): Address {
  const path = ["business", "address"];
  if (address) return takeAddress(address, path, problems);
  if (!residence) return problems.take<Address, Address>(path, refused(problem.addressMissing()), UNREADABLE);
  const { address: seat } = residence;
  if (seat.commune === STAND_IN.commune) problems.distrust(path);
  return seat;
}
