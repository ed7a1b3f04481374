import type { Caller } from "../../_shared/caller.ts";
import { fullYearsBetween, type LegalDay, legalDayOf, parseLegalDay } from "../../_shared/days.ts";
import { parseBirthNotice } from "../../_shared/identifiers/birth-notice.ts";
import { parsePersonalId } from "../../_shared/identifiers/personal-id.ts";
import { parsePhone } from "../../_shared/identifiers/phone.ts";
import { parseFreeText, parsePersonName } from "../../_shared/person-names.ts";
import { commune } from "../../_shared/reference/communes.ts";
import { RELATIONS } from "../../_shared/reference/relations.ts";
import type { BirthBundleInput, ChildInput } from "./input.ts";
import { takeNationality, takeParent } from "./people.ts";
import * as problem from "./problems.ts";
import { type BirthRequest, CHANNELS, HANDOVER_METHODS, SEXES, WITHOUT_NOTICE_KINDS } from "./request.ts";

const ENTITLED_YEARS = 6;
const RELATION_NAMES = Object.keys(RELATIONS);

/**
 * Reads a request as a client sent it, on the legal day of `now`. Gathers all problems into `problems`; null when there is
 * any. What needs an agency's register is the agency's to say.
 */
export function readRequest(
  input: BirthBundleInput,
  caller: Caller,
  now: Date,
  problems: problem.Problems,
): BirthRequest | null {
  const today = legalDayOf(now);
  const { declarant, handover, residence, insurance } = input;
  takeOffice(input.office, caller, problems);
  const channel = takeOneOf(input.channel, CHANNELS, ["channel"], problems);
  const declarantName = problems.take(["declarant", "fullName"], parsePersonName(declarant.fullName, "PERSON"));
  const declarantId = declarant.personalId
    ? problems.take(["declarant", "personalId"], parsePersonalId(declarant.personalId))
    : null;
  takeOneOf(declarant.relation, RELATION_NAMES, ["declarant", "relation"], problems);
  const phone = declarant.phone ? problems.take(["declarant", "phone"], parsePhone(declarant.phone)) : null;
  const email = takeEmail(declarant.email ?? null, problems);
  const child = takeChild(input.child, today, problems);
  const bornOn = child?.dateOfBirth ?? null;
  const mother = takeParent("mother", input.mother, bornOn, today, problems);
  const father = input.father ? takeParent("father", input.father, bornOn, today, problems) : null;
  if (mother?.personalId && mother.personalId === father?.personalId) {
    problems.add(["father", "personalId"], problem.parentsAreOne());
  }
  const place = residence ? takeResidence(residence, problems) : null;
  if (insurance && !/^\d{5}$/.test(insurance.facility)) {
    problems.add(["insurance", "facility"], problem.facilityMalformed());
  }
  if (!residence && !insurance) problems.add([], problem.nothingToCombine());
  if (input.identityCard?.wanted) problems.add(["identityCard"], problem.identityCardNotOffered());
  const method = takeOneOf(handover.method, HANDOVER_METHODS, ["handover", "method"], problems);
  const paperCopies = handover.paperCopies ?? 0;
  if (paperCopies < 0 || paperCopies > 50) problems.add(["handover", "paperCopies"], problem.copiesImpossible());
  if (problems.found.length > 0 || !channel || !declarantName || !child || !mother || !method) return null;
  return {
    office: input.office,
    channel,
    declarant: { fullName: declarantName, personalId: declarantId, relation: declarant.relation, phone, email },
    child,
    mother,
    father,
    residence: place,
    insurance: insurance ? { facility: insurance.facility } : null,
    handover: { method, paperCopies },
  };
}

function takeOffice(office: string, caller: Caller, problems: problem.Problems): void {
  if (!commune(office)) problems.add(["office"], problem.officeUnknown());
  else if (caller.role === "clerk" && caller.office !== office) problems.add(["office"], problem.officeNotYours());
}

function takeOneOf<T extends string>(
  raw: string,
  allowed: readonly T[],
  path: string[],
  problems: problem.Problems,
): T | null {
  const found = allowed.find((value) => value === raw);
  if (!found) problems.add(path, problem.notInList(allowed));
  return found ?? null;
}

function takeEmail(raw: string | null, problems: problem.Problems): string | null {
  if (raw && !/^[^\s@]{1,64}@[^\s@.]+(\.[^\s@.]+)+$/.test(raw)) {
    problems.add(["declarant", "email"], problem.emailMalformed());
  }
  return raw;
}

function takeCommune(code: string, path: string[], problems: problem.Problems): string {
  if (!commune(code)) problems.add(path, problem.communeUnknown());
  return code;
}

function takeChild(input: ChildInput, today: LegalDay, problems: problem.Problems): BirthRequest["child"] | null {
  const at = (...path: string[]) => ["child", ...path];
  const fullName = problems.take(at("fullName"), parsePersonName(input.fullName, "CHILD"));
  const sex = takeOneOf(input.sex, SEXES, at("sex"), problems);
  const dateOfBirth = problems.take(at("dateOfBirth"), parseLegalDay(input.dateOfBirth));
  if (dateOfBirth && dateOfBirth > today) problems.add(at("dateOfBirth"), problem.dateInFuture());
  if (dateOfBirth && fullYearsBetween(dateOfBirth, today) >= ENTITLED_YEARS) {
    problems.add(at("dateOfBirth"), problem.childTooOld());
  }
  const ethnicity = problems.take(at("ethnicity"), parseFreeText(input.ethnicity, 50));
  const { facilityName } = input.placeOfBirth;
  const facility = facilityName
    ? problems.take(at("placeOfBirth", "facilityName"), parseFreeText(facilityName, 200))
    : null;
  const bornIn = takeCommune(input.placeOfBirth.commune, at("placeOfBirth", "commune"), problems);
  const homeCommune = input.homeCommune ? takeCommune(input.homeCommune, at("homeCommune"), problems) : null;
  const birthNotice = input.birthNotice ? problems.take(at("birthNotice"), parseBirthNotice(input.birthNotice)) : null;
  const withoutNotice = takeSubstitute(input, problems);
  if (!input.birthNotice && !input.withoutNotice) problems.add(at("birthNotice"), problem.noticeRequired());
  if (input.birthNotice && input.withoutNotice) problems.add(at("withoutNotice"), problem.noticeAndSubstitute());
  const multiple = input.multipleBirth ?? null;
  if (multiple && (multiple.of < 2 || multiple.of > 10 || multiple.order < 1 || multiple.order > multiple.of)) {
    problems.add(at("multipleBirth"), problem.birthOrderImpossible());
  }
  const nationality = takeNationality(input.nationality, at("nationality"), problems);
  if (!fullName || !sex || !dateOfBirth || !ethnicity) return null;
  const placeOfBirth = { facilityName: facility, commune: bornIn };
  const multipleBirth = multiple ? { order: multiple.order, of: multiple.of } : null;
  return {
    ...{ fullName, sex, dateOfBirth, placeOfBirth, ethnicity, nationality, homeCommune },
    ...{ birthNotice, withoutNotice, multipleBirth },
  };
}

function takeSubstitute(input: ChildInput, problems: problem.Problems): BirthRequest["child"]["withoutNotice"] {
  if (!input.withoutNotice) return null;
  const { kind: rawKind, text: rawText } = input.withoutNotice;
  const kind = takeOneOf(rawKind, WITHOUT_NOTICE_KINDS, ["child", "withoutNotice", "kind"], problems);
  const text = problems.take(["child", "withoutNotice", "text"], parseFreeText(rawText, 2_000));
  return kind && text ? { kind, text } : null;
}

function takeResidence(
  input: NonNullable<BirthBundleInput["residence"]>,
  problems: problem.Problems,
): BirthRequest["residence"] {
  const headPersonalId = problems.take(["residence", "headPersonalId"], parsePersonalId(input.headPersonalId));
  takeOneOf(input.relationToHead, RELATION_NAMES, ["residence", "relationToHead"], problems);
  const line = problems.take(["residence", "address", "line"], parseFreeText(input.address.line, 200));
  const place = takeCommune(input.address.commune, ["residence", "address", "commune"], problems);
  if (!headPersonalId || !line) return null;
  return { headPersonalId, relationToHead: input.relationToHead, address: { line, commune: place } };
}
