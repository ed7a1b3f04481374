import type { Caller } from "../../../_shared/identity/caller.ts";
import { type LegalDay, legalDayOf } from "../../../_shared/reference/days.ts";
import { parseEthnicityOf } from "../../../_shared/reference/ethnic-groups.ts";
import { refused } from "../../../_shared/reference/identifiers/parsed.ts";
import { type PersonalId, parsePersonalId } from "../../../_shared/reference/identifiers/personal-id.ts";
import { isTooYoungToMarry } from "../../../_shared/reference/marriage-ages.ts";
import { parseNationality, VIETNAMESE } from "../../../_shared/reference/nationalities.ts";
import { parsePartialDate } from "../../../_shared/reference/partial-dates.ts";
import { parsePersonName } from "../../../_shared/reference/person-names.ts";
import { comparePersonalId, takeAddress, takeOffice, takeReach } from "../../acceptance/input-values.ts";
import type { Problems } from "../../acceptance/problems.ts";
import { STAND_IN } from "../../acceptance/stand-ins.ts";
import { takeFilledBy } from "../../filled-by/filled-by.ts";
import { takeHandover } from "../../handover/delivery-choice.ts";
import { ownSubmitter } from "../../rights.ts";
import { takeNewHead } from "../new-head.ts";
import type { ChangeOfHouseholdInput, MarriageBundleInput, SpouseInput } from "./input.ts";
import * as problem from "./marriage-problems.ts";
import type { MarriageRequest, Spouse } from "./marriage-request.ts";

type Sex = "MALE" | "FEMALE";
type Who = "husband" | "wife";

/** Reads the input on the legal day of `now`; see `SubmittableKind.read`. */
export function readRequest(
  input: MarriageBundleInput,
  caller: Caller,
  now: Date,
  problems: Problems,
): MarriageRequest {
  const today = legalDayOf(now);
  const office = takeOffice(input.office, caller, problems);
  const husband = takeSpouse("husband", "MALE", input.husband, today, problems);
  const wife = takeSpouse("wife", "FEMALE", input.wife, today, problems);
  const { spouse } = input.declarant;
  const { fullName, personalId } = spouse === "HUSBAND" ? husband : wife;
  const declarant = { fullName, personalId, spouse, ...takeReach(input.declarant, problems) };
  const areReadable = !problems.isStandIn(["husband", "personalId"]) && !problems.isStandIn(["wife", "personalId"]);
  if (areReadable && husband.personalId === wife.personalId) problems.add(["wife"], problem.spousesAreOnePerson());
  const submitter = ownSubmitter(caller);
  if (submitter !== null && personalId !== submitter)
    problems.add(["declarant", "spouse"], problem.submitterIsNoSpouse());
  return {
    ...{ office, channel: input.channel, declarant, husband, wife },
    household: input.household ? takeHousehold(input.household, problems) : null,
    handover: takeHandover(input.handover ?? { method: "DESK" }, declarant, problems),
    filledBy: takeFilledBy(input.filledBy, personalId, problems),
  };
}

/** Reads a person who marries: the number must agree with sex and year of birth, and the age suffice. */
function takeSpouse(who: Who, sex: Sex, input: SpouseInput, today: LegalDay, problems: Problems): Spouse {
  const at = (name: string) => [who, name];
  const born = parsePartialDate(input.dateOfBirth);
  const number = parsePersonalId(input.personalId);
  comparePersonalId(number, { sex, born }, { sex: at("personalId"), born: at("dateOfBirth") }, problems);
  if (born.ok && isTooYoungToMarry(sex, born.value, today))
    problems.add(at("dateOfBirth"), problem.tooYoungToMarry(sex));
  const nationality = takeNationality(input.nationality, at("nationality"), problems);
  return {
    fullName: problems.take(at("fullName"), parsePersonName(input.fullName, "PERSON"), STAND_IN.name),
    dateOfBirth: problems.take(at("dateOfBirth"), born, STAND_IN.year),
    personalId: problems.take<PersonalId, string>(at("personalId"), number, STAND_IN.personalId),
    ethnicity: problems.take(at("ethnicity"), parseEthnicityOf(nationality, input.ethnicity), STAND_IN.text),
    nationality,
    residence: takeAddress(input.residence, at("residence"), problems),
    maritalStatus: input.maritalStatus,
  };
}

/** Reads a nationality: the procedure is for citizens of Viet Nam alone. */
function takeNationality(raw: string, path: string[], problems: Problems): string {
  const parsed = parseNationality(raw);
  const ofProcedure = parsed.ok && parsed.value !== VIETNAMESE ? refused(problem.foreignSpouse()) : parsed;
  return problems.take<string, string>(path, ofProcedure, VIETNAMESE);
}

/** Reads the change of household. Who lives there, the register of residence knows. */
function takeHousehold(
  { mover, code, relationToHead, hasConsent, newHead }: ChangeOfHouseholdInput,
  problems: Problems,
): NonNullable<MarriageRequest["household"]> {
  return {
    ...{ mover, code, relationToHead, hasConsent },
    newHead: newHead ? takeNewHead(newHead, ["household", "newHead"], problems) : null,
  };
}
