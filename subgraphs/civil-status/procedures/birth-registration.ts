import { uuidv7 } from "uuidv7";
import { recordChange } from "../../_shared/access-log/recorder.ts";
import { notComparedBefore } from "../../_shared/parts/likeness.ts";
import { newerFactsRegistered } from "../../_shared/parts/newer-facts.ts";
import { type PartProblem, procedure } from "../../_shared/parts/procedure.ts";
import { fullYearsBetween, type LegalDay, legalDayOf } from "../../_shared/reference/days.ts";
import { enteredFor } from "../../_shared/registers/columns.ts";
import { birthDoubts } from "../birth-doubts.ts";
import { likenessesOf } from "../birth-likenesses.ts";
import { birthOrderOf, declaredOrder } from "../birth-orders.ts";
import { dayProblems, placeProblems } from "../birth-rules.ts";
import { birthsLike, newBirth, takeNumber } from "../births.ts";
import { type BirthContent, birthContent } from "../contents.ts";
import { childTooOld, noticeRequired } from "../errors.ts";
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
    const [likenesses, known] = await Promise.all([likenessesOf(tx, part.content), birthsLike(tx, part.content)]);
    const order = birthOrderOf(part.content, known);
    const { child, faults, grantedBefore } = part.content;
    const isNewer = grantedBefore && notComparedBefore(likenesses, grantedBefore).length > 0;
    const problems = [
      ...(typeof order === "number" ? [] : [order]),
      ...faults,
      ...(faults.some(({ path }) => path.includes("dateOfBirth"))
        ? []
        : [...ageProblems(part.content, on), ...dayProblems(part.content, on)]),
      ...placeProblems(part.office, part.content),
      ...(child.birthNotice || child.withoutNotice ? [] : [noticeRequired()]),
      ...(await formerEntryProblems(tx, part)),
      ...(isNewer ? [newerFactsRegistered()] : []),
    ];
    const found = typeof order === "number" ? order : declaredOrder(part.content);
    return { problems, verify: birthDoubts(part.content, on), likenesses, found };
  },

  async grant(tx, part, birthOrder, by, on) {
    const former = part.content.grantedBefore;
    const registeredOn = former?.registeredOn ?? on;
    // registered concurrently after the examination: a constraint is violated, and the delivery examines again
    const { id: partId, dossier, office, content } = part;
    // other agencies may already have the id of the child of a lost entry
    const of = { id: uuidv7(), partId, dossier, office, content, citizenId: former?.citizenId ?? uuidv7() };
    const birth = newBirth(of, birthOrder, { on: registeredOn, author: enteredFor(by, dossier, of) });
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

function ageProblems({ child: { dateOfBirth } }: BirthContent, on: LegalDay): PartProblem[] {
  return dateOfBirth <= on && fullYearsBetween(dateOfBirth, on) >= TOO_OLD_YEARS ? [childTooOld()] : [];
}
