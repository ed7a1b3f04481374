import * as z from "zod";
import { BIRTH_DECLARANTS, type BirthDeclarant } from "../../_shared/reference/birth-declarants.ts";
import { commune } from "../../_shared/reference/communes.ts";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { parseBirthNotice } from "../../_shared/reference/identifiers/birth-notice.ts";
import { parseNationality } from "../../_shared/reference/nationalities.ts";
import { parseFreeText } from "../../_shared/reference/person-names.ts";
import type { Problems } from "../../_shared/registers/act-problems.ts";
import { citizenIdOf } from "../../_shared/transfer/citizen-id.ts";
import { within } from "../../_shared/transfer/columns.ts";
import { optionalNumber, optionalText, readFields, text } from "../../_shared/transfer/record-fields.ts";
import type { BirthPersons, RecordedParent } from "../contents.ts";
import { readDeclarant, readPerson } from "../persons/read-person.ts";
import type { birthVersions } from "../tables.ts";
import { type BookPlace, readPlace } from "./book-place.ts";
import { birthPlaceUnclear, declarantRelationUnknown, officeNotListed, orderOfBirthImpossible } from "./errors.ts";
import { DECLARANT_COLUMNS, declarantFields, PERSON_COLUMNS, PLACE_COLUMNS } from "./recorded-fields.ts";

/** A birth as files have it: the facts in force. */
export type BirthRow = BookPlace &
  Pick<
    typeof birthVersions.$inferSelect,
    | "fullName"
    | "sex"
    | "dateOfBirth"
    | "ethnicity"
    | "nationality"
    | "birthCommune"
    | "birthCountry"
    | "homeCommune"
    | "personalId"
  > &
  Pick<BirthPersons, "mother" | "father" | "declarant" | "withoutNotice"> & {
    /** Null for a newborn whose number has not come: an import gives a new id. */
    citizenId: string | null;
    birthNotice: string | null;
    birthOrder: number;
    multipleOf: number | null;
    facilityName: string | null;
  };

const LONGEST_TEXT = 200;
const MOST_CHILDREN = 20;
const EVIDENCE = ["WITNESS", "UNDERTAKING", "FOUNDLING_RECORD", "FOREIGN_CERTIFICATE"] as const;

const personShape = { personalId: optionalText, fullName: text, dateOfBirth: text, ethnicity: text, nationality: text };
const parent = z.strictObject(personShape);
const fields = z.strictObject({
  ...{ number: text, office: text, registeredOn: text, ...personShape },
  citizenId: z.union([z.uuid(), z.literal(""), z.null()]).optional(),
  sex: z.enum(["MALE", "FEMALE"]),
  ...{ birthNotice: optionalText, birthOrder: optionalNumber, multipleOf: optionalNumber },
  ...{ birthCommune: optionalText, birthCountry: optionalText, homeCommune: optionalText, facilityName: optionalText },
  ...{ mother: parent.nullish(), father: parent.nullish(), declarant: declarantFields },
  withoutNotice: z.strictObject({ kind: z.enum(EVIDENCE), text }).nullish(),
});
type RawBirth = z.infer<typeof fields>;

const { personalId, fullName, dateOfBirth, ethnicity, nationality } = PERSON_COLUMNS;
export const BIRTH_COLUMNS = {
  ...{ ...PLACE_COLUMNS, personalId, citizenId: "Mã công dân", fullName, sex: "Giới tính", dateOfBirth, ethnicity },
  nationality,
  birthNotice: "Số giấy chứng sinh",
  birthOrder: "Thứ tự sinh",
  multipleOf: "Số trẻ của ca sinh",
  birthCommune: "Nơi sinh (mã xã)",
  birthCountry: "Nơi sinh (mã nước)",
  homeCommune: "Quê quán (mã xã)",
  facilityName: "Cơ sở nơi sinh",
  ...within("mother.", "Mẹ", PERSON_COLUMNS),
  ...within("father.", "Cha", PERSON_COLUMNS),
  ...DECLARANT_COLUMNS,
  ...within("withoutNotice.", "Thay giấy chứng sinh", { kind: "Loại", text: "Nội dung" }),
};

/** The birth of a record; undefined, with all problems, if it cannot be one. */
export function readBirth(raw: object, today: LegalDay, problems: Problems): BirthRow | undefined {
  const read = readFields(fields, raw, problems);
  if (!read) return undefined;
  const place = readPlace(read, today, problems);
  const { personalId, fullName, dateOfBirth, ethnicity, nationality, sex } = read;
  const child = readPerson({ personalId, fullName, dateOfBirth, ethnicity, nationality }, [], problems);
  const mother = read.mother ? readParent(read.mother, "mother", problems) : null;
  const father = read.father ? readParent(read.father, "father", problems) : null;
  const declarant = readDeclarant(read.declarant, ["declarant"], problems);
  if (!Object.hasOwn(BIRTH_DECLARANTS, read.declarant.relation))
    problems.add(["declarant", "relation"], declarantRelationUnknown());
  const details = { ...readBirthPlace(read, problems), ...readOrder(read, problems), ...readNotice(read, problems) };
  if (!place || !child || mother === undefined || father === undefined || !declarant) return undefined;
  const { residence: _, ...facts } = child;
  return {
    ...{ ...place, ...facts, ...details, sex, mother, father },
    citizenId: read.citizenId?.toLowerCase() || (child.personalId && citizenIdOf(child.personalId)),
    declarant: {
      ...(declarant as BirthRow["declarant"]), // the name was parsed
      relation: read.declarant.relation as BirthDeclarant, // one of the list, or there is a problem
    },
  };
}

function readParent(
  raw: z.infer<typeof parent>,
  who: "mother" | "father",
  problems: Problems,
): RecordedParent | undefined {
  const read = readPerson(raw, [who], problems);
  if (!read) return undefined;
  const { residence: _, ...facts } = read;
  return facts as RecordedParent; // the values were parsed
}

function readBirthPlace(read: RawBirth, problems: Problems) {
  const { birthCommune, birthCountry, homeCommune } = read;
  for (const [name, code] of Object.entries({ birthCommune, homeCommune }))
    if (code !== null && !commune(code)) problems.add([name], officeNotListed());
  if ((birthCommune === null) === (birthCountry === null)) problems.add(["birthCommune"], birthPlaceUnclear());
  if (birthCountry !== null) problems.take(["birthCountry"], parseNationality(birthCountry));
  const facilityName =
    read.facilityName === null
      ? null
      : (problems.take(["facilityName"], parseFreeText(read.facilityName, LONGEST_TEXT)) ?? null);
  return { birthCommune, birthCountry, homeCommune, facilityName };
}

function readOrder({ birthOrder, multipleOf }: RawBirth, problems: Problems) {
  const order = birthOrder ?? 1;
  if (order > (multipleOf ?? MOST_CHILDREN) || order > MOST_CHILDREN)
    problems.add(["birthOrder"], orderOfBirthImpossible());
  return { birthOrder: order, multipleOf };
}

function readNotice({ birthNotice: raw, withoutNotice }: RawBirth, problems: Problems) {
  const birthNotice = raw === null ? null : (problems.take(["birthNotice"], parseBirthNotice(raw)) ?? null);
  return {
    birthNotice,
    withoutNotice: withoutNotice ? { kind: withoutNotice.kind, text: withoutNotice.text.normalize("NFC") } : null,
  };
}
