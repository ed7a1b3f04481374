import * as z from "zod";
import type { PartProblem } from "../_shared/parts/procedure.ts";
import { type LegalDay, parseLegalDay } from "../_shared/reference/days.ts";
import { parseEthnicityOf } from "../_shared/reference/ethnic-groups.ts";
import { parseBirthNotice } from "../_shared/reference/identifiers/birth-notice.ts";
import { parsePersonalId } from "../_shared/reference/identifiers/personal-id.ts";
import { parseNationality, VIETNAMESE } from "../_shared/reference/nationalities.ts";
import { newbornNameKind } from "../_shared/reference/newborn-names.ts";
import { parsePartialDate } from "../_shared/reference/partial-dates.ts";
import { parsePersonName } from "../_shared/reference/person-names.ts";
import { birthOrderImpossible } from "./errors.ts";
import { Faults } from "./faults.ts";

const text = z.string();
/** What a client may leave out or leave empty. */
const optionalText = z
  .string()
  .nullish()
  .transform((given) => given || null);

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
    placeOfBirth: z.object({ facilityName: optionalText, commune: text }),
    ethnicity: text,
    nationality: text,
    homeCommune: optionalText,
    birthNotice: optionalText,
    withoutNotice: z.object({ kind: text, text }).nullish(),
    multipleBirth: z.object({ order: z.int(), of: z.int() }).nullish(),
  }),
  mother: rawParent,
  father: rawParent.nullish(),
  /** What the child was registered under before this register lost the entry: the desk's memory of our own answer. */
  grantedBefore: z
    .object({
      citizenId: z.uuid(),
      number: z.string().regex(/^[1-9]\d*\/\d{4}$/),
      registeredOn: z.iso.date().transform((day) => day as LegalDay),
    })
    .nullish(),
});

type RawParent = z.infer<typeof rawParent>;
type RawChild = z.infer<typeof rawBirth>["child"];

/** A parent as declared and as the register keeps it: Law on Civil Status 60/2014, art. 14. */
export type RecordedParent = ReturnType<typeof readParent>;
export type Declarant = ReturnType<typeof readBirth>["declarant"];
/** What stands in for a birth notice, art. 16. */
export type WithoutNotice = NonNullable<ReturnType<typeof readChild>["withoutNotice"]>;

/**
 * What a birth registration needs, normalised; field names are those of the client's input. Values that one of our parsers
 * does not accept are among `faults` and stay as they came, so that the rest can be examined all the same.
 */
export type BirthContent = ReturnType<typeof readBirth>;
export const birthContent = rawBirth.transform(readBirth);

/** What the population register tells about a number it has issued. */
export type NoticeContent = z.infer<typeof noticeContent>;
export const noticeContent = z.object({ citizenId: z.uuid(), personalId: z.string().regex(/^\d{12}$/) });

function readBirth({ declarant, child, mother, father, grantedBefore }: z.infer<typeof rawBirth>) {
  const faults = new Faults();
  const { personalId } = declarant;
  return {
    declarant: {
      fullName: faults.take(["declarant", "fullName"], declarant.fullName, (raw) => parsePersonName(raw, "PERSON")),
      personalId: personalId && faults.take(["declarant", "personalId"], personalId, parsePersonalId),
      relation: declarant.relation,
    },
    child: readChild(child, faults),
    mother: readParent("mother", mother, faults),
    father: father ? readParent("father", father, faults) : null,
    grantedBefore: grantedBefore ?? null,
    faults: faults.found as readonly PartProblem[],
  };
}

function readChild(child: RawChild, faults: Faults) {
  const { birthNotice, multipleBirth, withoutNotice, placeOfBirth } = child;
  if (
    multipleBirth &&
    !(multipleBirth.order >= 1 && multipleBirth.order <= multipleBirth.of && multipleBirth.of <= 10)
  ) {
    faults.found.push(birthOrderImpossible());
  }
  return {
    fullName: faults.take(["child", "fullName"], child.fullName, (raw) =>
      parsePersonName(raw, newbornNameKind(child.nationality, child.ethnicity)),
    ),
    sex: faults.takeOneOf(["child", "sex"], child.sex, ["MALE", "FEMALE"]),
    dateOfBirth: faults.take(["child", "dateOfBirth"], child.dateOfBirth, parseLegalDay),
    placeOfBirth: {
      facilityName: placeOfBirth.facilityName?.normalize("NFC") ?? null,
      commune: placeOfBirth.commune,
    },
    ethnicity: faults.take(["child", "ethnicity"], child.ethnicity, (raw) => parseEthnicityOf(child.nationality, raw)),
    nationality: faults.take(["child", "nationality"], child.nationality, parseNationality) as string,
    homeCommune: child.homeCommune,
    birthNotice: birthNotice && faults.take(["child", "birthNotice"], birthNotice, parseBirthNotice),
    withoutNotice: withoutNotice
      ? {
          kind: faults.takeOneOf(["child", "withoutNotice", "kind"], withoutNotice.kind, ["WITNESS", "UNDERTAKING"]),
          text: withoutNotice.text.normalize("NFC"),
        }
      : null,
    multipleBirth: multipleBirth ?? null,
  };
}

function readParent(who: "mother" | "father", parent: RawParent, faults: Faults) {
  const { personalId } = parent;
  return {
    fullName: faults.take([who, "fullName"], parent.fullName, (raw) =>
      parsePersonName(raw, parent.nationality === VIETNAMESE ? "PERSON" : "FOREIGNER"),
    ),
    dateOfBirth: faults.take([who, "dateOfBirth"], parent.dateOfBirth, parsePartialDate),
    personalId: personalId && faults.take([who, "personalId"], personalId, parsePersonalId),
    ethnicity: faults.take([who, "ethnicity"], parent.ethnicity, (raw) => parseEthnicityOf(parent.nationality, raw)),
    nationality: faults.take([who, "nationality"], parent.nationality, parseNationality) as string,
  };
}
