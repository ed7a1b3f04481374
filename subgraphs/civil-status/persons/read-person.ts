import { commune } from "../../_shared/reference/communes.ts";
import { parseEthnicityOf } from "../../_shared/reference/ethnic-groups.ts";
import { parsePersonalId } from "../../_shared/reference/identifiers/personal-id.ts";
import { parseNationality, VIETNAMESE } from "../../_shared/reference/nationalities.ts";
import { parsePartialDate } from "../../_shared/reference/partial-dates.ts";
import { parseFreeText, parsePersonName } from "../../_shared/reference/person-names.ts";
import type { Path, Problems } from "../../_shared/registers/act-problems.ts";
import { communeOf } from "../../_shared/registers/commune-type.ts";
import { communeUnknown } from "../errors.ts";
import type { CivilAddressInput, CivilDeclarantInput, CivilPersonInput } from "./input.ts";
import type { RecordedAddress, RecordedDeclarant, RecordedPerson } from "./recorded.ts";
import type { CivilAddress, CivilPerson } from "./types.ts";

const LONGEST_LINE = 200;
const LONGEST_RELATION = 100;

/** The person of an input; undefined, with all problems, if a value is unreadable. */
export function readPerson(input: CivilPersonInput, path: Path, problems: Problems): RecordedPerson | undefined {
  const kind = input.nationality === VIETNAMESE ? "PERSON" : "FOREIGNER";
  const before = problems.found.length;
  const read = {
    personalId: input.personalId
      ? (problems.take([...path, "personalId"], parsePersonalId(input.personalId)) ?? null)
      : null,
    fullName: problems.take([...path, "fullName"], parsePersonName(input.fullName, kind)),
    dateOfBirth: problems.take([...path, "dateOfBirth"], parsePartialDate(input.dateOfBirth)),
    ethnicity: problems.take([...path, "ethnicity"], parseEthnicityOf(input.nationality, input.ethnicity)),
    nationality: problems.take([...path, "nationality"], parseNationality(input.nationality)),
    residence: input.residence ? (readAddress(input.residence, [...path, "residence"], problems) ?? null) : null,
  };
  const { fullName, dateOfBirth, ethnicity, nationality } = read;
  if (problems.found.length > before || !fullName || !dateOfBirth || !ethnicity || !nationality) return undefined;
  return { ...read, fullName, dateOfBirth, ethnicity, nationality };
}

/** The address of an input; undefined, with all problems, if a value is unreadable. */
export function readAddress(input: CivilAddressInput, path: Path, problems: Problems): RecordedAddress | undefined {
  const line = problems.take([...path, "line"], parseFreeText(input.line, LONGEST_LINE));
  const code = input.commune || null;
  const known = code === null || commune(code);
  if (!known) problems.add([...path, "commune"], communeUnknown([]));
  return line && known ? { line, commune: code } : undefined;
}

/** The declarant of an input; undefined, with all problems, if a value is unreadable. */
export function readDeclarant(
  input: CivilDeclarantInput,
  path: Path,
  problems: Problems,
): RecordedDeclarant | undefined {
  const before = problems.found.length;
  const fullName = problems.take([...path, "fullName"], parsePersonName(input.fullName, "PERSON"));
  const relation = problems.take([...path, "relation"], parseFreeText(input.relation, LONGEST_RELATION));
  const personalId = input.personalId
    ? (problems.take([...path, "personalId"], parsePersonalId(input.personalId)) ?? null)
    : null;
  return fullName && relation && problems.found.length === before ? { fullName, relation, personalId } : undefined;
}

export function personOf({ residence, ...person }: RecordedPerson): CivilPerson {
  const { personalId } = person;
  return { ...person, residence: residence && addressOf(residence), citizen: personalId ? { personalId } : null };
}

export function addressOf({ line, commune: code }: RecordedAddress): CivilAddress {
  return { line, commune: code === null ? null : communeOf(code) };
}
