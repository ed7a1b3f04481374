import { fullYearsBetween, type LegalDay } from "../../../_shared/reference/days.ts";
import { parseEthnicityOf } from "../../../_shared/reference/ethnic-groups.ts";
import { parsePersonalId, personalIdFacts } from "../../../_shared/reference/identifiers/personal-id.ts";
import { parsePhone } from "../../../_shared/reference/identifiers/phone.ts";
import { parseNationality, VIETNAMESE } from "../../../_shared/reference/nationalities.ts";
import { earliestDay, parsePartialDate, yearOf } from "../../../_shared/reference/partial-dates.ts";
import { parsePersonName } from "../../../_shared/reference/person-names.ts";
import type { Problems } from "../../acceptance/problems.ts";
import { takeEmail, takeOneOf } from "../../acceptance/reading.ts";
import type { DeclarantInput, ParentInput } from "./input.ts";
import * as problem from "./problems.ts";
import { type BirthRequest, type Parent, RELATION_NAMES } from "./request.ts";
import { STAND_IN } from "./stand-ins.ts";

/** No law sets an age. A younger declared parent is an input error. */
const YOUNGEST_PARENT_YEARS = 12;

/** Reads a nationality; the stand-in of an unknown one is Vietnamese, which never opens an exception for foreigners. */
export function takeNationality(raw: string, path: string[], problems: Problems): string {
  return problems.take<string, string>(path, parseNationality(raw), VIETNAMESE);
}

/** Reads the declarant. */
export function takeDeclarant(input: DeclarantInput, problems: Problems): BirthRequest["declarant"] {
  const at = (name: string) => ["declarant", name];
  const { personalId, phone, email } = input;
  return {
    fullName: problems.take(at("fullName"), parsePersonName(input.fullName, "PERSON"), STAND_IN.name),
    personalId: personalId ? problems.take(at("personalId"), parsePersonalId(personalId), null) : null,
    relation: takeOneOf(input.relation, RELATION_NAMES, at("relation"), problems),
    phone: phone ? problems.take(at("phone"), parsePhone(phone), null) : null,
    email: email ? takeEmail(email, at("email"), problems) : null,
  };
}

/** Reads a parent: checks the number against sex and year, and the age against the child's day of birth (null if unreadable). */
export function takeParent(
  who: "mother" | "father",
  input: ParentInput,
  child: LegalDay | null,
  today: LegalDay,
  problems: Problems,
): Parent {
  const at = (name: string) => [who, name];
  const day = parsePartialDate(input.dateOfBirth);
  const number = input.personalId ? parsePersonalId(input.personalId) : null;
  const nationality = takeNationality(input.nationality, at("nationality"), problems);
  if (!number && nationality === VIETNAMESE && !problems.isStandIn(at("nationality")))
    problems.add(at("personalId"), problem.personalIdRequired());
  if (number?.ok) {
    const { sex, birthYear } = personalIdFacts(number.value);
    if (sex !== (who === "mother" ? "FEMALE" : "MALE")) problems.add(at("personalId"), problem.sexContradictsNumber());
    if (day.ok && birthYear !== yearOf(day.value)) problems.add(at("dateOfBirth"), problem.yearContradictsNumber());
  }
  if (day.ok) {
    if (earliestDay(day.value) > today) problems.add(at("dateOfBirth"), problem.dateInFuture());
    // The earliest day of a partial date is used, in favour of the declarant.
    else if (child && fullYearsBetween(earliestDay(day.value), child) < YOUNGEST_PARENT_YEARS) {
      problems.add(at("dateOfBirth"), problem.parentTooYoung());
    }
  }
  return {
    fullName: problems.take(at("fullName"), parsePersonName(input.fullName, "PERSON"), STAND_IN.name),
    dateOfBirth: problems.take(at("dateOfBirth"), day, STAND_IN.year),
    personalId: number && problems.take(at("personalId"), number, null),
    ethnicity: problems.take(at("ethnicity"), parseEthnicityOf(nationality, input.ethnicity), STAND_IN.text),
    nationality,
  };
}
