import type { PartProblem } from "../_shared/parts/procedure.ts";
import { commune } from "../_shared/reference/communes.ts";
import type { LegalDay } from "../_shared/reference/days.ts";
import { birthNoticeFault } from "../_shared/reference/identifiers/birth-notice.ts";
import { parentAge } from "../_shared/reference/parent-ages.ts";
import type { BirthContent } from "./contents.ts";
import { communeUnknown, dateInFuture, noticeContradictsBirth, parentTooOld, parentTooYoung } from "./errors.ts";

/** Problems of the days of a birth: that of the child, the ages of the parents, the notice. */
export function dayProblems({ child, mother, father }: BirthContent, on: LegalDay): PartProblem[] {
  const problems: PartProblem[] = child.dateOfBirth > on ? [dateInFuture()] : [];
  for (const [who, parent] of [["mother", mother] as const, ["father", father] as const]) {
    const age = parent && parentAge(who, parent.dateOfBirth, child.dateOfBirth);
    if (age === "TOO_YOUNG") problems.push(parentTooYoung(who));
    if (age === "TOO_OLD") problems.push(parentTooOld(who));
  }
  const notice = child.birthNotice ? birthNoticeFault(child.birthNotice, child.dateOfBirth, on) : null;
  return notice ? [...problems, noticeContradictsBirth(notice)] : problems;
}

/** Problems of the communes of a birth: of the office, of the birth and of the home town. */
export function placeProblems(office: string, { child }: BirthContent): PartProblem[] {
  const places: [string | null, string[]][] = [
    [office, ["office"]],
    [
      child.placeOfBirth.country === null ? (child.placeOfBirth.commune ?? "") : null,
      ["child", "placeOfBirth", "commune"],
    ],
    [child.homeCommune, ["child", "homeCommune"]],
  ];
  return places.filter(([code]) => code !== null && !commune(code)).map(([, path]) => communeUnknown(path));
}
