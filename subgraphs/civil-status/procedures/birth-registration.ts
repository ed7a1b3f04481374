import { recordChange } from "../../_shared/access-log/recorder.ts";
import { type Part, type PartProblem, procedure } from "../../_shared/parts/procedure.ts";
import { commune } from "../../_shared/reference/communes.ts";
import { fullYearsBetween, type LegalDay, legalDayOf } from "../../_shared/reference/days.ts";
import { birthNoticeFault } from "../../_shared/reference/identifiers/birth-notice.ts";
import { parentAge } from "../../_shared/reference/parent-ages.ts";
import { birthDoubts } from "../birth-doubts.ts";
import { likenessesOf } from "../birth-likenesses.ts";
import { birthOrderOf, declaredOrder } from "../birth-orders.ts";
import { birthsLike, newBirth, takeNumber } from "../births.ts";
import { type BirthContent, birthContent } from "../contents.ts";
import {
  childTooOld,
  communeUnknown,
  dateInFuture,
  noticeContradictsBirth,
  noticeRequired,
  parentTooOld,
  parentTooYoung,
} from "../errors.ts";
import { formerEntryProblems, takeNumberAgain } from "../former-entries.ts";
import { births, birthVersions } from "../tables.ts";

/** The combined request is for children under six (Decree 63/2024/NĐ-CP; the card of children under six). */
const TOO_OLD_YEARS = 6;

/** Birth registration (đăng ký khai sinh), 1.001193; Law on Civil Status 60/2014, art. 13 to 16. */
export const birthRegistration = procedure<BirthContent, number>({
  procedure: "1.001193",
  content: birthContent,

  async examine(tx, part) {
    const on = legalDayOf(part.receivedAt);
    // a birth that this register lost was compared when it was granted
    const [likenesses, known] = await Promise.all([
      part.content.grantedBefore ? [] : likenessesOf(tx, part.content),
      birthsLike(tx, part.content),
    ]);
    const order = birthOrderOf(part.content, known);
    const { child, faults } = part.content;
    const problems = [
      ...(typeof order === "number" ? [] : [order]),
      ...faults,
      ...(faults.some(({ path }) => path.includes("dateOfBirth")) ? [] : dayProblems(part.content, on)),
      ...placeProblems(part),
      ...(child.birthNotice || child.withoutNotice ? [] : [noticeRequired()]),
      ...(await formerEntryProblems(tx, part)),
    ];
    const found = typeof order === "number" ? order : declaredOrder(part.content);
    return { problems, verify: birthDoubts(part.content, on), likenesses, found };
  },

  async grant(tx, part, birthOrder, by, now) {
    const former = part.content.grantedBefore;
    const registeredOn = former?.registeredOn ?? legalDayOf(now);
    // registered concurrently after the examination: a constraint is violated, and the delivery examines again
    const birth = newBirth(part, birthOrder, { on: registeredOn, by: by.subject });
    const { id, citizenId, guardians } = birth.head;
    // sent in this order on one connection; the number last, because others of this commune wait for it
    const [, , , number] = await Promise.all([
      tx.insert(births).values(birth.head).execute(),
      tx.insert(birthVersions).values(birth.version).execute(),
      recordChange(tx, by, [citizenId, ...guardians], ["births.*", "birth_versions.*", "birth_numbers.*"]),
      former
        ? takeNumberAgain(tx, id, part.office, former.number)
        : takeNumber(tx, id, part.office, Number(registeredOn.slice(0, 4))),
    ]);
    return { result: { type: "BirthRegistration", id }, facts: { citizenId, number, registeredOn } };
  },
});

function dayProblems({ child, mother, father }: BirthContent, on: LegalDay): PartProblem[] {
  const problems: PartProblem[] = [];
  if (child.dateOfBirth > on) problems.push(dateInFuture());
  else if (fullYearsBetween(child.dateOfBirth, on) >= TOO_OLD_YEARS) problems.push(childTooOld());
  for (const [who, parent] of [["mother", mother] as const, ["father", father] as const]) {
    const age = parent && parentAge(who, parent.dateOfBirth, child.dateOfBirth);
    if (age === "TOO_YOUNG") problems.push(parentTooYoung(who));
    if (age === "TOO_OLD") problems.push(parentTooOld(who));
  }
  const notice = child.birthNotice ? birthNoticeFault(child.birthNotice, child.dateOfBirth, on) : null;
  return notice ? [...problems, noticeContradictsBirth(notice)] : problems;
}

function placeProblems({ office, content: { child } }: Part<BirthContent>): PartProblem[] {
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
