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
import { newbornNameKind } from "../../../_shared/reference/newborn-names.ts";
import { parseFreeText, parsePersonName } from "../../../_shared/reference/person-names.ts";
import type { Problems } from "../../acceptance/problems.ts";
import { takeChannel, takeCommune, takeHandover, takeOffice, takeOneOf } from "../../acceptance/reading.ts";
import type { BirthBundleInput, ChildInput, ResidenceInput } from "./input.ts";
import { compareDeclarant, takeDeclarant, takeNationality, takeParent } from "./people.ts";
import * as problem from "./problems.ts";
import { type BirthRequest, RELATION_NAMES, SEXES, WITHOUT_NOTICE_KINDS } from "./request.ts";
import { STAND_IN } from "./stand-ins.ts";

const ENTITLED_YEARS = 6;

/** Reads the input on the legal day of `now`; see `SubmittableKind.read`. */
export function readRequest(input: BirthBundleInput, caller: Caller, now: Date, problems: Problems): BirthRequest {
  const today = legalDayOf(now);
  const { father, residence, insurance } = input;
  const office = takeOffice(input.office, caller, problems);
  const child = takeChild(input.child, today, problems);
  const bornOn = problems.isStandIn(["child", "dateOfBirth"]) ? null : child.dateOfBirth;
  const request = {
    ...{ office, child },
    channel: takeChannel(input.channel, problems),
    declarant: takeDeclarant(input.declarant, problems),
    mother: takeParent("mother", input.mother, bornOn, today, problems),
    father: father ? takeParent("father", father, bornOn, today, problems) : null,
    residence: residence ? takeResidence(residence, problems) : null,
    insurance: insurance ? { facility: takeFacility(insurance.facility, problems) } : null,
    handover: takeHandover(input.handover, problems),
  };
  compareDeclarant(request, problems);
  const { personalId } = request.mother;
  if (personalId && personalId === request.father?.personalId) {
    problems.add(["father", "personalId"], problem.parentsAreOne());
  }
  if (caller.role === "citizen" && !names(request, caller.personalId)) {
    problems.add(["declarant", "personalId"], problem.submitterNotNamed());
  }
  if (!residence && !insurance) problems.add([], problem.nothingToCombine());
  if (input.identityCard?.wanted) problems.add(["identityCard"], problem.identityCardNotOffered());
  return request;
}

/** True if a person is the declarant or a parent. */
function names({ declarant, mother, father }: BirthRequest, personalId: string | undefined): boolean {
  const named: (string | null | undefined)[] = [declarant.personalId, mother.personalId, father?.personalId];
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
    sex: takeOneOf(input.sex, SEXES, at("sex"), problems),
    dateOfBirth: takeBirthday(input.dateOfBirth, today, problems),
    placeOfBirth: {
      facilityName: facilityName
        ? problems.take(at("placeOfBirth", "facilityName"), parseFreeText(facilityName, 200), null)
        : null,
      commune: takeCommune(placeOfBirth.commune, at("placeOfBirth", "commune"), problems),
    },
    ethnicity: problems.take(at("ethnicity"), parseEthnicityOf(nationality, input.ethnicity), STAND_IN.text),
    nationality,
    homeCommune: homeCommune ? takeCommune(homeCommune, at("homeCommune"), problems) : null,
    birthNotice: birthNotice ? takeNotice(birthNotice, input.dateOfBirth, today, problems) : null,
    withoutNotice: input.withoutNotice ? takeSubstitute(input.withoutNotice, problems) : null,
    multipleBirth: input.multipleBirth ? takeOrder(input.multipleBirth, problems) : null,
  };
}

/** The stand-in is tomorrow: no person in a register has that birthday, and it makes no parent too young. */
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
    kind: takeOneOf(kind, WITHOUT_NOTICE_KINDS, at("kind"), problems),
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
    relationToHead: takeOneOf(relationToHead, RELATION_NAMES, at("relationToHead"), problems),
    address: {
      line: problems.take(at("address", "line"), parseFreeText(address.line, 200), STAND_IN.text),
      commune: takeCommune(address.commune, at("address", "commune"), problems),
    },
  };
}

function takeFacility(raw: string, problems: Problems): string {
  const fault = refused(problem.facilityMalformed());
  return /^\d{5}$/.test(raw) ? raw : problems.take(["insurance", "facility"], fault, STAND_IN.facility);
}
