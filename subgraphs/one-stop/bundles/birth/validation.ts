import type { Caller } from "../../../_shared/identity/caller.ts";
import {
  addDays,
  fullYearsBetween,
  type LegalDay,
  legalDayOf,
  parseLegalDay,
} from "../../../_shared/reference/days.ts";
import { parseEthnicityOf } from "../../../_shared/reference/ethnic-groups.ts";
import {
  type BirthNotice,
  birthNoticeFault,
  parseBirthNotice,
} from "../../../_shared/reference/identifiers/birth-notice.ts";
import { refused } from "../../../_shared/reference/identifiers/parsed.ts";
import { parsePersonalId } from "../../../_shared/reference/identifiers/personal-id.ts";
import { VIETNAMESE } from "../../../_shared/reference/nationalities.ts";
import { newbornNameKind } from "../../../_shared/reference/newborn-names.ts";
import { parseFreeText, parsePersonName } from "../../../_shared/reference/person-names.ts";
import { takeAddress, takeCommune, takeFacility, takeOffice } from "../../acceptance/input-values.ts";
import type { Problems } from "../../acceptance/problems.ts";
import { takeFilledBy } from "../../filled-by/filled-by.ts";
import { takeHandover } from "../../handover/delivery-choice.ts";
import { ownSubmitter } from "../../rights.ts";
import * as problem from "./birth-problems.ts";
import type { BirthRequest } from "./birth-request.ts";
import { STAND_IN } from "./birth-stand-ins.ts";
import { takeIdentityCard } from "./identity-card.ts";
import type { BirthBundleInput, ChildInput, ResidenceInput } from "./input.ts";
import { compareDeclarant, takeBirthDeclarant, takeNationality, takeParent } from "./people.ts";

const ENTITLED_YEARS = 6;

/** Reads the input on the legal day of `now`; see `SubmittableKind.read`. */
export function readRequest(input: BirthBundleInput, caller: Caller, now: Date, problems: Problems): BirthRequest {
  const today = legalDayOf(now);
  const { mother, father, residence, insurance } = input;
  const office = takeOffice(input.office, caller, problems);
  const child = takeChild(input.child, today, problems);
  const bornOn = problems.isStandIn(["child", "dateOfBirth"]) ? null : child.dateOfBirth;
  const declarant = takeBirthDeclarant(input.declarant, problems);
  const request = {
    ...{ office, child },
    channel: input.channel,
    declarant,
    mother: mother ? takeParent("mother", mother, bornOn, today, problems) : null,
    father: father ? takeParent("father", father, bornOn, today, problems) : null,
    residence: residence ? takeResidence(residence, problems) : null,
    insurance: insurance ? { facility: takeFacility(insurance.facility, ["insurance", "facility"], problems) } : null,
    identityCard: input.identityCard?.wanted ? takeIdentityCard(input.identityCard, today, problems) : null,
    handover: takeHandover(input.handover, declarant, problems),
    filledBy: takeFilledBy(input.filledBy, declarant.personalId, problems),
  };
  compareDeclarant(request, problems);
  if (!mother && !father && request.child.withoutNotice?.kind !== "FOUNDLING_RECORD") {
    problems.add(["mother"], problem.parentRequired());
  }
  const personalId = request.mother?.personalId;
  if (personalId && personalId === request.father?.personalId) {
    problems.add(["father", "personalId"], problem.parentsAreOne());
  }
  const submitter = ownSubmitter(caller);
  if (submitter !== null && !names(request, submitter)) {
    problems.add(["declarant", "personalId"], problem.submitterNotNamed());
  }
  if (!residence && !insurance && !input.identityCard?.wanted) problems.add([], problem.nothingToCombine());
  return request;
}

/** True if a person is the declarant or a parent. */
function names({ declarant, mother, father }: BirthRequest, personalId: string | undefined): boolean {
  const named: (string | null | undefined)[] = [declarant.personalId, mother?.personalId, father?.personalId];
  return personalId !== undefined && named.includes(personalId);
}

function takeChild(input: ChildInput, today: LegalDay, problems: Problems): BirthRequest["child"] {
  const at = (...path: string[]) => ["child", ...path];
  const { placeOfBirth, homeCommune, birthNotice } = input;
  const { facilityName } = placeOfBirth;
  const nationality = takeNationality(input.nationality, at("nationality"), problems);
  const nameKind = newbornNameKind(nationality, input.ethnicity);
  if (!birthNotice && !input.withoutNotice) problems.add(at("birthNotice"), problem.noticeRequired());
  if (birthNotice && input.withoutNotice) problems.add(at("withoutNotice"), problem.noticeAndSubstitute());
  return {
    fullName: problems.take(at("fullName"), parsePersonName(input.fullName, nameKind), STAND_IN.name),
    sex: input.sex,
    dateOfBirth: takeBirthday(input.dateOfBirth, today, problems),
    placeOfBirth: {
      facilityName: facilityName
        ? problems.take(at("placeOfBirth", "facilityName"), parseFreeText(facilityName, 200), null)
        : null,
      ...takePlace(placeOfBirth, problems),
    },
    ethnicity: problems.take(at("ethnicity"), parseEthnicityOf(nationality, input.ethnicity), STAND_IN.text),
    nationality,
    homeCommune: homeCommune ? takeCommune(homeCommune, at("homeCommune"), problems) : null,
    birthNotice: birthNotice ? takeNotice(birthNotice, input.dateOfBirth, today, problems) : null,
    withoutNotice: input.withoutNotice ? takeSubstitute(input.withoutNotice, problems) : null,
    multipleBirth: input.multipleBirth ? takeOrder(input.multipleBirth, problems) : null,
  };
}

/** Reads where a child was born: a commune of Viet Nam, or a country abroad. */
function takePlace({ commune, country }: ChildInput["placeOfBirth"], problems: Problems) {
  const at = (name: string) => ["child", "placeOfBirth", name];
  if (!country) return { commune: takeCommune(commune ?? "", at("commune"), problems), country: null };
  if (country === VIETNAMESE || commune) problems.add(at("country"), problem.placeAmbiguous());
  return { commune: null, country: takeNationality(country, at("country"), problems) };
}

/** Reads the date of birth. The stand-in is tomorrow, which no register has and for which no parent is too young. */
function takeBirthday(raw: string, today: LegalDay, problems: Problems): LegalDay {
  const path = ["child", "dateOfBirth"];
  const day = parseLegalDay(raw);
  if (day.ok && day.value > today) problems.add(path, problem.dateInFuture());
  if (day.ok && fullYearsBetween(day.value, today) >= ENTITLED_YEARS) problems.add(path, problem.childTooOld());
  return problems.take(path, day, addDays(today, 1));
}

/** Reads the birth notice and compares its year with the birth and today. */
function takeNotice(raw: string, dateOfBirth: string, today: LegalDay, problems: Problems): BirthNotice {
  const path = ["child", "birthNotice"];
  const notice = parseBirthNotice(raw);
  const bornOn = parseLegalDay(dateOfBirth);
  if (!bornOn.ok) problems.distrust(path);
  const fault = notice.ok && bornOn.ok ? birthNoticeFault(notice.value, bornOn.value, today) : null;
  if (fault) problems.add(path, fault);
  return problems.take<BirthNotice, BirthNotice>(path, notice, STAND_IN.birthNotice as BirthNotice);
}

function takeSubstitute(
  { kind, text }: NonNullable<ChildInput["withoutNotice"]>,
  problems: Problems,
): BirthRequest["child"]["withoutNotice"] {
  const at = (name: string) => ["child", "withoutNotice", name];
  return {
    kind,
    text: problems.take(at("text"), parseFreeText(text, 2_000), STAND_IN.text),
  };
}

function takeOrder(
  { order, of }: NonNullable<ChildInput["multipleBirth"]>,
  problems: Problems,
): BirthRequest["child"]["multipleBirth"] {
  if (of >= 2 && of <= 10 && order >= 1 && order <= of) return { order, of };
  return problems.take(["child", "multipleBirth"], refused(problem.birthOrderImpossible()), null);
}

function takeResidence(
  { headPersonalId, relationToHead, address }: ResidenceInput,
  problems: Problems,
): BirthRequest["residence"] {
  const at = (...path: string[]) => ["residence", ...path];
  return {
    headPersonalId: problems.take(at("headPersonalId"), parsePersonalId(headPersonalId), STAND_IN.personalId),
    relationToHead,
    address: takeAddress(address, at("address"), problems),
  };
}
