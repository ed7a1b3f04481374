import * as z from "zod";
import {
  grantedBefore,
  legalDay,
  optionalText,
  personalId,
  type ValueReader,
  valueReader,
} from "../_shared/parts/content.ts";
import { BIRTH_DECLARANTS, type BirthDeclarant } from "../_shared/reference/birth-declarants.ts";
import { parseLegalDay } from "../_shared/reference/days.ts";
import { parseEthnicityOf } from "../_shared/reference/ethnic-groups.ts";
import { parseBirthNotice } from "../_shared/reference/identifiers/birth-notice.ts";
import { accepted, type Parsed, refused } from "../_shared/reference/identifiers/parsed.ts";
import { parsePersonalId } from "../_shared/reference/identifiers/personal-id.ts";
import { parseNationality, VIETNAMESE } from "../_shared/reference/nationalities.ts";
import { newbornNameKind } from "../_shared/reference/newborn-names.ts";
import { parsePartialDate } from "../_shared/reference/partial-dates.ts";
import { parsePersonName } from "../_shared/reference/person-names.ts";
import { formerNumber } from "./books/former-number.ts";
import { birthOrderImpossible, notInCodeList } from "./errors.ts";
import type { RegistrationKind } from "./persons/registration-kinds.ts";

/** Evidence in place of a birth notice, art. 16; for a foundling Decree 123/2015, art. 14; for a child born abroad art. 36. */
const WITHOUT_NOTICE_KINDS = ["WITNESS", "UNDERTAKING", "FOUNDLING_RECORD", "FOREIGN_CERTIFICATE"] as const;

const DECLARANTS = Object.keys(BIRTH_DECLARANTS) as BirthDeclarant[]; // the keys of a record are exactly its key type

const text = z.string();

const rawParent = z.object({
  fullName: text,
  dateOfBirth: text,
  personalId: optionalText,
  ethnicity: text,
  nationality: text,
});

const rawBirth = z.object({
  declarant: z.object({ fullName: text, personalId: optionalText, relation: text }),
  child: z.object({
    fullName: text,
    sex: text,
    dateOfBirth: text,
    placeOfBirth: z.object({ facilityName: optionalText, commune: optionalText, country: optionalText }),
    ethnicity: text,
    nationality: text,
    homeCommune: optionalText,
    birthNotice: optionalText,
    withoutNotice: z.object({ kind: text, text }).nullish(),
    multipleBirth: z.object({ order: z.int(), of: z.int() }).nullish(),
  }),
  /** Null where the mother is unknown, or does not wish to be named. */
  mother: rawParent.nullish(),
  father: rawParent.nullish(),
  /** Errors that the applicant found in the draft certificate. */
  draftRemark: optionalText,
  grantedBefore: grantedBefore({
    citizenId: z.uuid(),
    number: formerNumber,
    registeredOn: legalDay,
  }),
});

type RawParent = z.infer<typeof rawParent>;
type RawChild = z.infer<typeof rawBirth>["child"];

/** A parent as declared and as the register keeps it: Law on Civil Status 60/2014, art. 14. */
export type RecordedParent = ReturnType<typeof readParent>;
type Declarant = ReturnType<typeof readBirth>["declarant"];
/** Evidence in place of a birth notice, art. 16. */
type WithoutNotice = NonNullable<ReturnType<typeof readChild>["withoutNotice"]>;
/** Persons whom a birth registration names beside the child, the evidence in place of a notice, and the care facility. */
export type BirthPersons = {
  /** Null where the mother is not known or not named. */
  mother: RecordedParent | null;
  father: RecordedParent | null;
  declarant: Declarant;
  withoutNotice: WithoutNotice | null;
  /** Way in which it came into the register again, or from abroad; absent for a first registration. */
  registration?: { kind: RegistrationKind; formerRegistration: string | null };
  /** Name of the care facility. Births of earlier releases have it in a column instead. */
  facilityName?: string;
};

/**
 * Content of a birth registration, normalized; field names are those of the client's input. Values that a parser refuses
 * are listed in `faults` and stay as they came, so that the other values are examined all the same.
 */
export type BirthContent = ReturnType<typeof readBirth>;
export const birthContent = rawBirth.transform(readBirth);

/** Notice of the population register about a personal number that it has issued. */
export type NoticeContent = z.infer<typeof noticeContent>;
export const noticeContent = z.object({ citizenId: z.uuid(), personalId, grantedBefore: grantedBefore({}) });

function readBirth({ declarant, child, mother, father, draftRemark, grantedBefore: former }: z.infer<typeof rawBirth>) {
  const values = valueReader();
  const { personalId } = declarant;
  return {
    declarant: {
      fullName: values.take(["declarant", "fullName"], declarant.fullName, (raw) => parsePersonName(raw, "PERSON")),
      personalId: personalId && values.take(["declarant", "personalId"], personalId, parsePersonalId),
      relation: values.take(["declarant", "relation"], declarant.relation, oneOf(...DECLARANTS)),
    },
    child: readChild(child, values),
    mother: mother ? readParent("mother", mother, values) : null,
    father: father ? readParent("father", father, values) : null,
    draftRemark,
    grantedBefore: former ?? null,
    faults: values.problems,
  };
}

function readChild(child: RawChild, values: ValueReader) {
  const { birthNotice, multipleBirth, withoutNotice, placeOfBirth } = child;
  if (
    multipleBirth &&
    !(multipleBirth.order >= 1 && multipleBirth.order <= multipleBirth.of && multipleBirth.of <= 10)
  ) {
    values.add(birthOrderImpossible());
  }
  return {
    fullName: values.take(["child", "fullName"], child.fullName, (raw) =>
      parsePersonName(raw, newbornNameKind(child.nationality, child.ethnicity)),
    ),
    sex: values.take(["child", "sex"], child.sex, oneOf("MALE", "FEMALE")),
    dateOfBirth: values.take(["child", "dateOfBirth"], child.dateOfBirth, parseLegalDay),
    placeOfBirth: {
      facilityName: placeOfBirth.facilityName?.normalize("NFC") ?? null,
      commune: placeOfBirth.commune,
      /** Null for a birth in Viet Nam. */
      country: placeOfBirth.country,
    },
    ethnicity: values.take(["child", "ethnicity"], child.ethnicity, (raw) => parseEthnicityOf(child.nationality, raw)),
    nationality: values.take(["child", "nationality"], child.nationality, parseNationality) as string,
    homeCommune: child.homeCommune,
    birthNotice: birthNotice && values.take(["child", "birthNotice"], birthNotice, parseBirthNotice),
    withoutNotice: withoutNotice
      ? {
          kind: values.take(["child", "withoutNotice", "kind"], withoutNotice.kind, oneOf(...WITHOUT_NOTICE_KINDS)),
          text: withoutNotice.text.normalize("NFC"),
        }
      : null,
    multipleBirth: multipleBirth ?? null,
  };
}

function readParent(who: "mother" | "father", parent: RawParent, values: ValueReader) {
  const { personalId } = parent;
  return {
    fullName: values.take([who, "fullName"], parent.fullName, (raw) =>
      parsePersonName(raw, parent.nationality === VIETNAMESE ? "PERSON" : "FOREIGNER"),
    ),
    dateOfBirth: values.take([who, "dateOfBirth"], parent.dateOfBirth, parsePartialDate),
    personalId: personalId && values.take([who, "personalId"], personalId, parsePersonalId),
    ethnicity: values.take([who, "ethnicity"], parent.ethnicity, (raw) => parseEthnicityOf(parent.nationality, raw)),
    nationality: values.take([who, "nationality"], parent.nationality, parseNationality) as string,
  };
}

const oneOf =
  <T extends string>(...allowed: T[]) =>
  (raw: string): Parsed<T> =>
    allowed.some((value) => value === raw) ? accepted(raw as T) : refused(notInCodeList(allowed)); // just compared
