import { isVerifiedDeclarant } from "../_shared/reference/birth-declarants.ts";
import { commune } from "../_shared/reference/communes.ts";
import { daysBetween, type LegalDay } from "../_shared/reference/days.ts";
import { ethnicGroup } from "../_shared/reference/ethnic-groups.ts";
import { birthNoticeFacts, isLateNotice } from "../_shared/reference/identifiers/birth-notice.ts";
import { VIETNAMESE } from "../_shared/reference/nationalities.ts";
import { newbornNameDoubts } from "../_shared/reference/newborn-names.ts";
import { parentAge } from "../_shared/reference/parent-ages.ts";
import type { BirthContent, RecordedParent } from "./contents.ts";
import { knownFacilities } from "./known-facilities.ts";

/** Code of the ethnic groups' list that stands for foreigners. */
const FOREIGNER = "55";
/** Registration is due within 60 days of the birth: Law on Civil Status 60/2014, art. 15 (1). */
const ON_TIME_DAYS = 60;

/** Reason for the review of a birth by an officer before its registration. */
type BirthDoubt =
  | "WITHOUT_BIRTH_NOTICE"
  | "NOTICE_OF_A_LATER_YEAR"
  | "NOTICE_OF_AN_UNKNOWN_FACILITY"
  | "NOTICE_OF_ANOTHER_PROVINCE"
  | "BORN_ABROAD"
  | "WITHOUT_KNOWN_PARENTS"
  | "MOTHER_NOT_NAMED"
  | "MOTHER_WITHOUT_PERSONAL_NUMBER"
  | "FATHER_WITHOUT_PERSONAL_NUMBER"
  | "MOTHER_OF_UNUSUAL_AGE"
  | "FATHER_OF_UNUSUAL_AGE"
  | "ETHNICITY_OUTSIDE_THE_LIST"
  | "ETHNICITY_OF_A_FOREIGNER"
  | "CHILD_OF_OTHER_NATIONALITY"
  | "NAME_WITH_HYPHEN"
  | "NAME_OF_ONE_WORD"
  | "NAME_NOT_IN_VIETNAMESE"
  | "DECLARANT_TO_VERIFY"
  | "REGISTERED_LATE"
  | "DRAFT_CERTIFICATE_DISPUTED";

/** Reasons for the review of a birth by an officer. */
export function birthDoubts(content: BirthContent, on: LegalDay): BirthDoubt[] {
  const { child, mother, father, declarant } = content;
  const found: BirthDoubt[] = [...noticeDoubts(content)];
  if (child.placeOfBirth.country !== null) found.push("BORN_ABROAD");
  if (!mother) found.push(father ? "MOTHER_NOT_NAMED" : "WITHOUT_KNOWN_PARENTS");
  if (mother && mother.personalId === null) found.push("MOTHER_WITHOUT_PERSONAL_NUMBER");
  if (father && father.personalId === null) found.push("FATHER_WITHOUT_PERSONAL_NUMBER");
  if (mother && parentAge("mother", mother.dateOfBirth, child.dateOfBirth) === "UNUSUAL")
    found.push("MOTHER_OF_UNUSUAL_AGE");
  if (father && parentAge("father", father.dateOfBirth, child.dateOfBirth) === "UNUSUAL")
    found.push("FATHER_OF_UNUSUAL_AGE");
  if ([child, mother, father].some((each) => each && isOfAnotherPeople(each))) found.push("ETHNICITY_OUTSIDE_THE_LIST");
  if ([child, mother, father].some((each) => each && isCitizenAsForeigner(each)))
    found.push("ETHNICITY_OF_A_FOREIGNER");
  if (child.nationality !== VIETNAMESE) found.push("CHILD_OF_OTHER_NATIONALITY");
  found.push(...newbornNameDoubts(child.fullName, child.nationality, child.ethnicity));
  if (isVerifiedDeclarant(declarant.relation)) found.push("DECLARANT_TO_VERIFY");
  if (daysBetween(child.dateOfBirth, on) > ON_TIME_DAYS) found.push("REGISTERED_LATE");
  if (content.draftRemark !== null) found.push("DRAFT_CERTIFICATE_DISPUTED");
  return found;
}

function noticeDoubts({ child }: BirthContent): BirthDoubt[] {
  if (!child.birthNotice) return ["WITHOUT_BIRTH_NOTICE"];
  const found: BirthDoubt[] = isLateNotice(child.birthNotice, child.dateOfBirth) ? ["NOTICE_OF_A_LATER_YEAR"] : [];
  const facilities = knownFacilities();
  if (facilities === null) return found;
  const place = facilities.get(birthNoticeFacts(child.birthNotice).facility);
  if (place === undefined) found.push("NOTICE_OF_AN_UNKNOWN_FACILITY");
  else if (commune(place)?.province !== commune(child.placeOfBirth.commune ?? "")?.province)
    found.push("NOTICE_OF_ANOTHER_PROVINCE");
  return found;
}

function isOfAnotherPeople({ ethnicity }: Pick<RecordedParent, "ethnicity">): boolean {
  return ethnicGroup(ethnicity) === undefined;
}

/** A Vietnamese citizen with the code of the list that stands for foreigners. */
function isCitizenAsForeigner({ ethnicity, nationality }: Pick<RecordedParent, "ethnicity" | "nationality">): boolean {
  return nationality === VIETNAMESE && ethnicGroup(ethnicity)?.code === FOREIGNER;
}
