import { fullYearsBetween, type LegalDay } from "../../_shared/days.ts";
import { parsePersonalId, personalIdFacts } from "../../_shared/identifiers/personal-id.ts";
import { earliestDay, parsePartialDate, yearOf } from "../../_shared/partial-dates.ts";
import { parseFreeText, parsePersonName } from "../../_shared/person-names.ts";
import type { ParentInput } from "./input.ts";
import {
  dateInFuture,
  nationalityMalformed,
  type Problems,
  parentTooYoung,
  personalIdRequired,
  sexContradictsNumber,
  yearContradictsNumber,
} from "./problems.ts";
import type { Parent } from "./request.ts";

/** No law sets an age; below this a declared parent is taken for a slip of the pen. */
const YOUNGEST_PARENT_YEARS = 12;

export function takeNationality(raw: string, path: string[], problems: Problems): string {
  if (!/^[A-Z]{3}$/.test(raw)) problems.add(path, nationalityMalformed());
  return raw;
}

/** Reads a parent; null when a field is unusable. Checks the number against sex and year, and the age against the child's. */
export function takeParent(
  who: "mother" | "father",
  input: ParentInput,
  child: LegalDay | null,
  today: LegalDay,
  problems: Problems,
): Parent | null {
  const fullName = problems.take([who, "fullName"], parsePersonName(input.fullName, "PERSON"));
  const dateOfBirth = problems.take([who, "dateOfBirth"], parsePartialDate(input.dateOfBirth));
  const ethnicity = problems.take([who, "ethnicity"], parseFreeText(input.ethnicity, 50));
  const nationality = takeNationality(input.nationality, [who, "nationality"], problems);
  const given = input.personalId ?? null;
  const personalId = given === null ? null : problems.take([who, "personalId"], parsePersonalId(given));
  if (given === null && nationality === "VNM") problems.add([who, "personalId"], personalIdRequired());
  if (personalId) {
    const facts = personalIdFacts(personalId);
    if (facts.sex !== (who === "mother" ? "FEMALE" : "MALE")) problems.add([who, "personalId"], sexContradictsNumber());
    if (dateOfBirth && facts.birthYear !== yearOf(dateOfBirth)) {
      problems.add([who, "dateOfBirth"], yearContradictsNumber());
    }
  }
  if (dateOfBirth) {
    if (earliestDay(dateOfBirth) > today) problems.add([who, "dateOfBirth"], dateInFuture());
    // the earliest day that a partial date allows: the doubt is the declarant's
    else if (child && fullYearsBetween(earliestDay(dateOfBirth), child) < YOUNGEST_PARENT_YEARS) {
      problems.add([who, "dateOfBirth"], parentTooYoung());
    }
  }
  if (!fullName || !dateOfBirth || !ethnicity) return null;
  return { fullName, dateOfBirth, personalId, ethnicity, nationality };
}
