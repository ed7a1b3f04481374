import { type BirthDeclarant, isBirthDeclarant } from "../../../_shared/reference/birth-declarants.ts";
import type { LegalDay } from "../../../_shared/reference/days.ts";
import { parseEthnicityOf } from "../../../_shared/reference/ethnic-groups.ts";
import { refused } from "../../../_shared/reference/identifiers/parsed.ts";
import { parsePersonalId } from "../../../_shared/reference/identifiers/personal-id.ts";
import { parseNationality, VIETNAMESE } from "../../../_shared/reference/nationalities.ts";
import { parentAge } from "../../../_shared/reference/parent-ages.ts";
import { earliestDay, parsePartialDate } from "../../../_shared/reference/partial-dates.ts";
import { parsePersonName, sameName } from "../../../_shared/reference/person-names.ts";
import type { DeclarantRelation } from "../../../_shared/registers/code-list-enums.ts";
import { comparePersonalId, takeDeclarant } from "../../acceptance/input-values.ts";
import type { Problems } from "../../acceptance/problems.ts";
import * as problem from "./birth-problems.ts";
import type { BirthRequest, Parent } from "./birth-request.ts";
import { STAND_IN } from "./birth-stand-ins.ts";
import type { DeclarantInput, ParentInput } from "./input.ts";

type Named = Pick<BirthRequest, "declarant" | "mother" | "father">;

/** Reads a nationality. The stand-in of an unknown one is Vietnamese, to which no exception for foreigners applies. */
export function takeNationality(raw: string, path: string[], problems: Problems): string {
  return problems.take<string, string>(path, parseNationality(raw), VIETNAMESE);
}

/** Reads the declarant, with the relation to the child. */
export function takeBirthDeclarant(input: DeclarantInput, problems: Problems): BirthRequest["declarant"] {
  const { fullName, personalId, ...reached } = takeDeclarant(input, problems);
  return { fullName, personalId, relation: takeRelation(input.relation, problems), ...reached }; // the order of the packed JSON
}

/** Reads the declarant's relation to the child. A relation to a head of household may not declare a birth. */
function takeRelation(raw: DeclarantRelation, problems: Problems): BirthDeclarant {
  if (isBirthDeclarant(raw)) return raw;
  const fault = refused(problem.declarantNotEntitled());
  return problems.take<BirthDeclarant, BirthDeclarant>(["declarant", "relation"], fault, "MOTHER");
}

/**
 * Compares the declarant with the parents named: a declared parent is that parent, and a parent's number belongs to no
 * other relation. Unreadable values are compared with nothing.
 */
export function compareDeclarant({ declarant, mother, father }: Named, problems: Problems): void {
  if (problems.isStandIn(["declarant", "relation"])) return;
  const { relation } = declarant;
  if (relation === "MOTHER" || relation === "FATHER") {
    const who = relation === "MOTHER" ? "mother" : "father";
    compareWithParent(declarant, who, who === "mother" ? mother : father, problems);
    return;
  }
  const isParent = declarant.personalId && [mother?.personalId, father?.personalId].includes(declarant.personalId);
  if (isParent) problems.add(["declarant", "relation"], problem.declarantIsParent());
}

function compareWithParent(
  declarant: BirthRequest["declarant"],
  who: "mother" | "father",
  parent: Parent | null,
  problems: Problems,
): void {
  if (!parent) {
    problems.add(["declarant", "relation"], problem.declarantIsNotParent());
    return;
  }
  const isReadable = (name: string) => !problems.isStandIn(["declarant", name]) && !problems.isStandIn([who, name]);
  const differs = { personalId: false, fullName: false };
  if (isReadable("personalId") && declarant.personalId && parent.personalId)
    differs.personalId = declarant.personalId !== parent.personalId;
  if (isReadable("fullName")) differs.fullName = !sameName(declarant.fullName, parent.fullName);
  if (differs.personalId) problems.add(["declarant", "personalId"], problem.declarantIsNotParent());
  else if (differs.fullName) problems.add(["declarant", "fullName"], problem.declarantIsNotParent());
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
  // null: an officer verifies the parent's identity; an empty text is a mistake
  if (input.personalId === "" && nationality === VIETNAMESE && !problems.isStandIn(at("nationality")))
    problems.add(at("personalId"), problem.personalIdRequired());
  const nameKind = nationality === VIETNAMESE ? "PERSON" : "FOREIGNER";
  const sex = who === "mother" ? "FEMALE" : "MALE";
  const paths = { sex: at("personalId"), born: at("dateOfBirth") };
  comparePersonalId(number, { sex, born: day }, paths, problems, problem.numberOfOtherSex());
  if (day.ok) {
    if (earliestDay(day.value) > today) problems.add(at("dateOfBirth"), problem.dateInFuture());
    else if (child) {
      const age = parentAge(who, day.value, child);
      if (age === "TOO_YOUNG") problems.add(at("dateOfBirth"), problem.parentTooYoung());
      if (age === "TOO_OLD") problems.add(at("dateOfBirth"), problem.parentTooOld());
    }
  }
  return {
    fullName: problems.take(at("fullName"), parsePersonName(input.fullName, nameKind), STAND_IN.name),
    dateOfBirth: problems.take(at("dateOfBirth"), day, STAND_IN.year),
    personalId: number && problems.take(at("personalId"), number, null),
    ethnicity: problems.take(at("ethnicity"), parseEthnicityOf(nationality, input.ethnicity), STAND_IN.text),
    nationality,
  };
}
