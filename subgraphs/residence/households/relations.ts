import { fullYearsBetween, type LegalDay } from "../../_shared/reference/days.ts";
import { parsePersonalId } from "../../_shared/reference/identifiers/personal-id.ts";
import { latestDay, type PartialDate } from "../../_shared/reference/partial-dates.ts";
import type { Relation } from "../../_shared/reference/relations.ts";
import type { Path, Problems } from "../../_shared/registers/act-problems.ts";
import {
  headNotAdult,
  headNotMember,
  memberNamedTwice,
  notAMember,
  relationMissing,
  relationOfHead,
} from "./errors.ts";

/** A person who may head a household or be a member of one. */
export type Candidate = { personId: string; personalId: string; dateOfBirth: PartialDate };
export type DeclaredRelation = { personalId: string; relationToHead: Relation };
/** Head of a household as requested, with the relation of each other member to that head. */
export type DeclaredHead = { personalId: string; relations: readonly DeclaredRelation[] };
/** Head of a household after an act, with the relation of each member, the head's included. */
export type Headship = { head: Candidate; relations: ReadonlyMap<string, Relation> };

const ADULT_YEARS = 18;

/** Reads who heads the members after an act; undefined, with problems, unless it names an eligible head and all relations. */
export function readHeadship(
  members: readonly Candidate[],
  { personalId, relations }: DeclaredHead,
  on: LegalDay,
  path: Path,
  problems: Problems,
): Headship | undefined {
  const before = problems.found.length;
  const number = problems.take([...path, "personalId"], parsePersonalId(personalId));
  const head = members.find((member) => member.personalId === number);
  if (number && !head) problems.add([...path, "personalId"], headNotMember());
  if (head) demandEligible(head, members, on, [...path, "personalId"], problems);
  const others = members.filter((member) => member.personalId !== number);
  const declared = readRelations(others, relations, [...path, "relations"], problems);
  if (!head || problems.found.length > before) return undefined;
  return { head, relations: declared.set(head.personId, "HEAD") };
}

/** Reads the relation of each of these persons to a head. A person without one becomes a problem. */
export function readRelations(
  others: readonly Candidate[],
  declared: readonly DeclaredRelation[],
  path: Path,
  problems: Problems,
): Map<string, Relation> {
  const found = new Map<string, Relation>();
  declared.forEach(({ personalId, relationToHead }, index) => {
    const number = problems.take([...path, index, "personalId"], parsePersonalId(personalId));
    const member = others.find((other) => other.personalId === number);
    if (number && !member) problems.add([...path, index, "personalId"], notAMember());
    if (relationToHead === "HEAD") problems.add([...path, index, "relationToHead"], relationOfHead());
    if (!member) return;
    if (found.has(member.personId)) problems.add([...path, index, "personalId"], memberNamedTwice());
    found.set(member.personId, relationToHead);
  });
  const missing = others.filter(({ personId }) => !found.has(personId)).length;
  if (missing > 0) problems.add(path, relationMissing(missing));
  return found;
}

/** Adds a problem if the head is not of full age, though one of the members is (Law on Residence 68/2020, art. 10). */
export function demandEligible(
  head: Candidate,
  members: readonly Candidate[],
  on: LegalDay,
  path: Path,
  problems: Problems,
): void {
  if (!isAdult(head, on) && members.some((member) => isAdult(member, on))) problems.add(path, headNotAdult());
}

/** True if the person is certainly of full age: a date that is known in part counts as its last possible day. */
export function isAdult({ dateOfBirth }: Candidate, on: LegalDay): boolean {
  return fullYearsBetween(latestDay(dateOfBirth), on) >= ADULT_YEARS;
}
