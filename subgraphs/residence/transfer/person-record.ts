import * as z from "zod";
import { type LegalDay, parseLegalDay } from "../../_shared/reference/days.ts";
import { parseEthnicityOf } from "../../_shared/reference/ethnic-groups.ts";
import { parsePersonalId, personalIdFacts } from "../../_shared/reference/identifiers/personal-id.ts";
import { parseNationality, VIETNAMESE } from "../../_shared/reference/nationalities.ts";
import { earliestDay, type PartialDate, parsePartialDate, yearOf } from "../../_shared/reference/partial-dates.ts";
import { parsePersonName } from "../../_shared/reference/person-names.ts";
import type { Path, Problems } from "../../_shared/registers/act-problems.ts";
import { optionalText, text } from "../../_shared/transfer/record-fields.ts";
import { dayInFuture } from "../residencies/errors.ts";
import type { personVersions } from "../tables.ts";
import { numberContradictsPerson } from "./errors.ts";

/** Facts of a person as files have them; without `citizenId` where a file leaves the id to the register. */
export type PersonRow = Pick<
  typeof personVersions.$inferSelect,
  "fullName" | "dateOfBirth" | "sex" | "ethnicity" | "nationality" | "motherPersonalId" | "fatherPersonalId"
> & { personalId: string; citizenId: string | null };

export const personFields = {
  personalId: text,
  citizenId: z.union([z.uuid(), z.literal(""), z.null()]).optional(),
  fullName: text,
  dateOfBirth: text,
  sex: z.enum(["MALE", "FEMALE"]),
  ethnicity: text,
  nationality: text,
  motherPersonalId: optionalText,
  fatherPersonalId: optionalText,
};
const fields = z.object(personFields);

export const PERSON_COLUMNS: Record<keyof typeof personFields, string> = {
  personalId: "Số định danh cá nhân",
  citizenId: "Mã công dân",
  fullName: "Họ, chữ đệm, tên",
  dateOfBirth: "Ngày sinh",
  sex: "Giới tính",
  ethnicity: "Dân tộc",
  nationality: "Quốc tịch",
  motherPersonalId: "Số định danh của mẹ",
  fatherPersonalId: "Số định danh của cha",
};

/** The person of a record; undefined, with all problems, if a value is unreadable or impossible. */
export function readPerson(
  raw: z.infer<typeof fields>,
  path: Path,
  today: LegalDay,
  problems: Problems,
): PersonRow | undefined {
  const number = (name: "motherPersonalId" | "fatherPersonalId") => {
    const value = raw[name];
    return value === null ? null : (problems.take([...path, name], parsePersonalId(value)) ?? null);
  };
  const kind = raw.nationality === VIETNAMESE ? "PERSON" : "FOREIGNER";
  const read = {
    personalId: problems.take([...path, "personalId"], parsePersonalId(raw.personalId)),
    fullName: problems.take([...path, "fullName"], parsePersonName(raw.fullName, kind)),
    dateOfBirth: problems.take([...path, "dateOfBirth"], parsePartialDate(raw.dateOfBirth)),
    ethnicity: problems.take([...path, "ethnicity"], parseEthnicityOf(raw.nationality, raw.ethnicity)),
    nationality: problems.take([...path, "nationality"], parseNationality(raw.nationality)),
    ...{ motherPersonalId: number("motherPersonalId"), fatherPersonalId: number("fatherPersonalId") },
  };
  const { personalId, fullName, dateOfBirth, ethnicity, nationality } = read;
  if (dateOfBirth && earliestDay(dateOfBirth) > today) problems.add([...path, "dateOfBirth"], dayInFuture());
  if (!personalId || !fullName || !dateOfBirth || !ethnicity || !nationality) return undefined;
  const { sex } = raw;
  const told = personalIdFacts(personalId);
  if (told.sex !== sex || told.birthYear !== yearOf(dateOfBirth as PartialDate))
    problems.add([...path, "personalId"], numberContradictsPerson());
  const citizenId = raw.citizenId?.toLowerCase() || null;
  return { ...read, personalId, fullName, dateOfBirth, ethnicity, nationality, sex, citizenId };
}

/** A person of a file with the id that the register gave, if the file names none. */
export function withStoredId<Person extends PersonRow>(person: Person, stored: PersonRow | undefined): Person {
  return { ...person, citizenId: person.citizenId ?? stored?.citizenId ?? null };
}

/** A day of a record that is not in the future. */
export function readDay(raw: string, path: Path, today: LegalDay, problems: Problems): LegalDay | undefined {
  const day = problems.take(path, parseLegalDay(raw));
  if (day && day > today) problems.add(path, dayInFuture());
  return day;
}
