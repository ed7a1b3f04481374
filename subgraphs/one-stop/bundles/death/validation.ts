import type { Caller } from "../../../_shared/identity/caller.ts";
import { type LegalDay, legalDayOf, parseLegalDay } from "../../../_shared/reference/days.ts";
import { parseEthnicityOf } from "../../../_shared/reference/ethnic-groups.ts";
import { refused } from "../../../_shared/reference/identifiers/parsed.ts";
import { type PersonalId, parsePersonalId } from "../../../_shared/reference/identifiers/personal-id.ts";
import { parseNationality, VIETNAMESE } from "../../../_shared/reference/nationalities.ts";
import {
  earliestDay,
  latestDay,
  type PartialDate,
  parsePartialDate,
} from "../../../_shared/reference/partial-dates.ts";
import { type FreeText, parseFreeText, parsePersonName } from "../../../_shared/reference/person-names.ts";
import { comparePersonalId, takeAddress, takeDeclarant, takeOffice } from "../../acceptance/input-values.ts";
import type { Problems } from "../../acceptance/problems.ts";
import { STAND_IN } from "../../acceptance/stand-ins.ts";
import { takeFilledBy } from "../../filled-by/filled-by.ts";
import { takeHandover } from "../../handover/delivery-choice.ts";
import { ownSubmitter } from "../../rights.ts";
import { takeNewHead } from "../new-head.ts";
import * as problem from "./death-problems.ts";
import type { DeathRequest } from "./death-request.ts";
import type { DeathBundleInput, DeathInput, DeceasedInput, FuneralAllowanceInput } from "./input.ts";

const LONGEST_CAUSE = 200;
const LONGEST_STATEMENT = 2_000;
const LONGEST_NUMBER = 50;

/** Reads the input on the legal day of `now`; see `SubmittableKind.read`. */
export function readRequest(input: DeathBundleInput, caller: Caller, now: Date, problems: Problems): DeathRequest {
  const today = legalDayOf(now);
  const office = takeOffice(input.office, caller, problems);
  const declarant = { ...takeDeclarant(input.declarant, problems), relation: input.declarant.relation };
  const deceased = takeDeceased(input.deceased, problems);
  const death = takeDeath(input.death, today, problems);
  const strikeOffResidence = input.strikeOffResidence ?? false;
  const closeCard = input.closeCard ?? false;
  const { funeralAllowance } = input;
  comparePersons({ declarant, deceased, death }, problems);
  const submitter = ownSubmitter(caller);
  if (submitter !== null && declarant.personalId !== submitter) {
    problems.add(["declarant", "personalId"], problem.submitterIsNotDeclarant());
  }
  if ((strikeOffResidence || closeCard) && !input.deceased.personalId) {
    problems.add(["deceased", "personalId"], problem.numberOfDeceasedRequired());
  }
  if (!strikeOffResidence && !closeCard && !funeralAllowance) problems.add([], problem.nothingBesideDeath());
  return {
    ...{ office, channel: input.channel, declarant, deceased, death, strikeOffResidence, closeCard },
    newHead: input.newHead ? takeNewHead(input.newHead, ["newHead"], problems) : null,
    funeralAllowance: funeralAllowance ? takeAllowance(funeralAllowance, declarant, problems) : null,
    handover: takeHandover(input.handover ?? { method: "DESK" }, declarant, problems),
    filledBy: takeFilledBy(input.filledBy, declarant.personalId, problems),
  };
}

/** Reads the deceased: the number must agree with sex and year of birth. */
function takeDeceased(input: DeceasedInput, problems: Problems): DeathRequest["deceased"] {
  const at = (name: string) => ["deceased", name];
  const born = parsePartialDate(input.dateOfBirth);
  const number = input.personalId ? parsePersonalId(input.personalId) : null;
  const nationality = problems.take<string, string>(at("nationality"), parseNationality(input.nationality), VIETNAMESE);
  comparePersonalId(number, { sex: input.sex, born }, { sex: at("sex"), born: at("dateOfBirth") }, problems);
  const nameKind = nationality === VIETNAMESE ? "PERSON" : "FOREIGNER";
  return {
    fullName: problems.take(at("fullName"), parsePersonName(input.fullName, nameKind), STAND_IN.name),
    sex: input.sex,
    dateOfBirth: problems.take(at("dateOfBirth"), born, STAND_IN.year),
    personalId: number && problems.take<PersonalId, string>(at("personalId"), number, STAND_IN.personalId),
    ethnicity: problems.take(at("ethnicity"), parseEthnicityOf(nationality, input.ethnicity), STAND_IN.text),
    nationality,
    lastResidence: takeAddress(input.lastResidence, at("lastResidence"), problems),
  };
}

function takeDeath(input: DeathInput, today: LegalDay, problems: Problems): DeathRequest["death"] {
  const at = (name: string) => ["death", name];
  const { diedAt, cause, notice, withoutNotice } = input;
  const day = parsePartialDate(input.diedOn);
  if (day.ok && earliestDay(day.value) > today) problems.add(at("diedOn"), problem.dateInFuture());
  if (!notice && !withoutNotice) problems.add(at("notice"), problem.deathNoticeRequired());
  if (notice && withoutNotice) problems.add(at("withoutNotice"), problem.deathNoticeTwice());
  const text = (raw: string, name: string, most: number): FreeText =>
    problems.take<FreeText, string>(at(name), parseFreeText(raw, most), STAND_IN.text);
  return {
    diedOn: problems.take(at("diedOn"), day, STAND_IN.year),
    diedAt: diedAt ? takeTime(diedAt, problems) : null,
    place: takeAddress(input.place, at("place"), problems),
    cause: cause ? text(cause, "cause", LONGEST_CAUSE) : null,
    notice: notice ? takeNotice(notice, day.ok ? day.value : null, today, problems) : null,
    withoutNotice: withoutNotice ? text(withoutNotice, "withoutNotice", LONGEST_STATEMENT) : null,
  };
}

function takeTime(raw: string, problems: Problems): string | null {
  if (/^([01]\d|2[0-3]):[0-5]\d$/.test(raw)) return raw;
  return problems.take(["death", "diedAt"], refused(problem.timeMalformed()), null);
}

function takeNotice(
  { number, issuedOn, issuer }: NonNullable<DeathInput["notice"]>,
  diedOn: PartialDate | null,
  today: LegalDay,
  problems: Problems,
): NonNullable<DeathRequest["death"]["notice"]> {
  const at = (name: string) => ["death", "notice", name];
  const day = parseLegalDay(issuedOn);
  if (day.ok && day.value > today) problems.add(at("issuedOn"), problem.dateInFuture());
  if (day.ok && diedOn !== null && day.value < earliestDay(diedOn))
    problems.add(at("issuedOn"), problem.noticeBeforeDeath());
  return {
    number: problems.take(at("number"), parseFreeText(number, LONGEST_NUMBER), STAND_IN.text),
    issuedOn: problems.take(at("issuedOn"), day, today),
    issuer: problems.take(at("issuer"), parseFreeText(issuer, LONGEST_CAUSE), STAND_IN.text),
  };
}

function takeAllowance(
  { group, recipient }: FuneralAllowanceInput,
  declarant: DeathRequest["declarant"],
  problems: Problems,
): DeathRequest["funeralAllowance"] {
  if (!recipient) return { group, recipient: { fullName: declarant.fullName, personalId: declarant.personalId } };
  const at = (name: string) => ["funeralAllowance", "recipient", name];
  const { fullName, personalId } = recipient;
  return {
    group,
    recipient: {
      fullName: problems.take(at("fullName"), parsePersonName(fullName, "PERSON"), STAND_IN.name),
      personalId: personalId ? problems.take(at("personalId"), parsePersonalId(personalId), null) : null,
    },
  };
}

/** Compares what was declared about the persons. Unreadable values are compared with nothing. */
function comparePersons(
  { declarant, deceased, death }: Pick<DeathRequest, "declarant" | "deceased" | "death">,
  problems: Problems,
): void {
  if (deceased.personalId && declarant.personalId === deceased.personalId) {
    problems.add(["declarant", "personalId"], problem.declarantIsDeceased());
  }
  const areReadable = ![
    ["deceased", "dateOfBirth"],
    ["death", "diedOn"],
  ].some((path) => problems.isStandIn(path));
  if (areReadable && earliestDay(deceased.dateOfBirth) > latestDay(death.diedOn)) {
    problems.add(["death", "diedOn"], problem.deathBeforeBirth());
  }
}
