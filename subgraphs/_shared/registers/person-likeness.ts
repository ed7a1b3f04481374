import { daysBetween, type LegalDay } from "../reference/days.ts";
import { areLikeNames, type NameRule } from "../reference/name-likeness.ts";
import type { PartialDate } from "../reference/partial-dates.ts";

/** Facts by which two persons of a register are compared. */
export type ComparedPerson = {
  fullName: string;
  dateOfBirth: PartialDate;
  /** Personal numbers of the parents, as far as known. */
  parents: readonly string[];
};

/**
 * Rule by which a person of a register may be the person of a part. It says how similar the names are, how many days may lie between
 * the births, and whether the two must share a parent, whether the parents of one must be unknown, or whether parents do not matter.
 */
export type PersonLikenessRule = {
  readonly rule: string;
  readonly name: NameRule;
  readonly daysApart: number;
  readonly parents: "ONE_IN_COMMON" | "UNKNOWN_FOR_ONE" | "ANY";
  /** Vietnamese. */
  readonly text: string;
  readonly textEn: string;
};

/** Largest number of days between births of one multiple birth, which may extend past midnight. */
const MULTIPLE_BIRTH_DAYS = 2;

/** True if two persons are similar by a rule. */
export function areLikePersons(rule: PersonLikenessRule, here: ComparedPerson, there: ComparedPerson): boolean {
  if (daysApart(here, there) > rule.daysApart) return false;
  if (!areLikeNames(here.fullName, there.fullName, rule.name)) return false;
  switch (rule.parents) {
    case "ONE_IN_COMMON":
      return haveParentInCommon(here, there);
    case "UNKNOWN_FOR_ONE":
      return here.parents.length === 0 || there.parents.length === 0;
    case "ANY":
      return true;
  }
}

/** True if two children may be of one multiple birth: born within two days, with a parent in common. */
export function mayBeTwins(here: ComparedPerson, there: ComparedPerson): boolean {
  return daysApart(here, there) <= MULTIPLE_BIRTH_DAYS && haveParentInCommon(here, there);
}

function haveParentInCommon(here: ComparedPerson, there: ComparedPerson): boolean {
  return here.parents.some((number) => there.parents.includes(number));
}

/** Days between two births; infinite if the day of one is unknown. */
function daysApart(a: ComparedPerson, b: ComparedPerson): number {
  const [from, to]: [string, string] = [a.dateOfBirth, b.dateOfBirth];
  if (from.length < 10 || to.length < 10) return Number.POSITIVE_INFINITY;
  return Math.abs(daysBetween(from as LegalDay, to as LegalDay)); // the length shows that both are full dates
}
