import { parseEthnicityOf } from "../../_shared/reference/ethnic-groups.ts";
import { parsePersonalId } from "../../_shared/reference/identifiers/personal-id.ts";
import { parseNationality, VIETNAMESE } from "../../_shared/reference/nationalities.ts";
import { parentAge } from "../../_shared/reference/parent-ages.ts";
import { earliestDay, type PartialDate, parsePartialDate } from "../../_shared/reference/partial-dates.ts";
import { parsePersonName } from "../../_shared/reference/person-names.ts";
import type { Path, Problems } from "../../_shared/registers/act-problems.ts";
import type { RecordedParent } from "../contents.ts";
import { parentTooOld, parentTooYoung } from "../errors.ts";
import type { CivilParentInput } from "./input.ts";

type Parent = "mother" | "father";

/** The parent of an input; undefined, with all problems, if a value is unreadable. */
export function readParent(input: CivilParentInput, path: Path, problems: Problems): RecordedParent | undefined {
  const before = problems.found.length;
  const kind = input.nationality === VIETNAMESE ? "PERSON" : "FOREIGNER";
  const fullName = problems.take([...path, "fullName"], parsePersonName(input.fullName, kind));
  const dateOfBirth = problems.take([...path, "dateOfBirth"], parsePartialDate(input.dateOfBirth));
  const ethnicity = problems.take([...path, "ethnicity"], parseEthnicityOf(input.nationality, input.ethnicity));
  const nationality = problems.take([...path, "nationality"], parseNationality(input.nationality));
  const personalId = input.personalId
    ? (problems.take([...path, "personalId"], parsePersonalId(input.personalId)) ?? null)
    : null;
  if (problems.found.length > before || !fullName || !dateOfBirth || !ethnicity || !nationality) return undefined;
  return { fullName, dateOfBirth, personalId, ethnicity, nationality };
}

/** Adds a problem if a parent's age at the birth is impossible. */
export function demandPossibleAge(
  who: Parent,
  parent: RecordedParent,
  childBorn: PartialDate,
  path: Path,
  problems: Problems,
): void {
  const age = parentAge(who, parent.dateOfBirth, earliestDay(childBorn));
  if (age === "TOO_YOUNG") problems.add([...path, "dateOfBirth"], parentTooYoung(who));
  if (age === "TOO_OLD") problems.add([...path, "dateOfBirth"], parentTooOld(who));
}
