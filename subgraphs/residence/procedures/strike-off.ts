import { recordChange } from "../../_shared/access-log/recorder.ts";
import { newerFactProblems } from "../../_shared/parts/newer-facts.ts";
import { type Part, type PartProblem, procedure } from "../../_shared/parts/procedure.ts";
import { type LegalDay, legalDayOf } from "../../_shared/reference/days.ts";
import { sameName } from "../../_shared/reference/person-names.ts";
import { Problems } from "../../_shared/registers/act-problems.ts";
import { LostRace, type Tx } from "../../_shared/serving/database.ts";
import { type StrikeOffContent, strikeOffContent } from "../contents.ts";
import { lockHouseholds, type ReadHouseholds, readHouseholds } from "../households/locked-households.ts";
import { dayInFuture, personNameDiffers } from "../residencies/errors.ts";
import {
  enterStruckOff,
  examineStrikeOff,
  personsOf,
  type StrikeOff,
  versionsBeforeStrikeOff,
} from "../residencies/strike-off.ts";
import type { StrikeOffReason } from "../residencies/strike-off-reasons.ts";
import { withLaw } from "./form-persons.ts";

type StrikeOffPart = Part<StrikeOffContent>;

const STRIKE_OFF_LAW = "Luật Cư trú số 68/2020/QH14, Điều 24; Nghị định 154/2024/NĐ-CP";

/** Reasons of the form, by the names it gives them. */
const REASONS: Record<StrikeOffContent["reason"], StrikeOffReason> = {
  DEAD: "DEATH",
  ABROAD: "SETTLED_ABROAD",
  MOVED: "ABSENCE",
  CITIZENSHIP: "NATIONALITY_LOST",
  DWELLING: "DWELLING_LOST",
};

/**
 * Strike-off of a permanent residence (xóa đăng ký thường trú), procedure 1.003197: Law on Residence 68/2020, art. 24. A death that
 * civil status has registered proves its ground; an officer looks at every other one.
 */
export const strikeOffResidence = procedure({
  procedure: "1.003197",
  content: strikeOffContent,
  examine: async (tx, part) => {
    const { reason, deathRegistration } = part.content;
    const { problems } = await examine(tx, part, legalDayOf(part.receivedAt), readHouseholds);
    const isProven = reason === "DEAD" && Boolean(deathRegistration);
    return { problems, verify: isProven ? [] : ["GROUND_NOT_PROVEN"], found: undefined };
  },
  grant: async (tx, part, _found, by, on) => {
    const { found } = await examine(tx, part, on, lockHouseholds);
    if (!found) throw new LostRace(); // an act changed the household after the examination
    await enterStruckOff(tx, { on, by: by.subject, ground: part.dossier }, found, REASONS[part.content.reason]);
    const citizens = personsOf(found).map(({ personalId }) => personalId);
    await recordChange(tx, by, citizens, ["residency_versions.*", "household_versions.*"]);
    return { result: { type: "Residency", id: found.member.residency.residencyId }, facts: {} };
  },
});

async function examine(
  tx: Tx,
  { content, receivedAt }: StrikeOffPart,
  on: LegalDay,
  read: ReadHouseholds,
): Promise<{ problems: PartProblem[]; found: StrikeOff | undefined }> {
  const { person, newHead, from } = content;
  const problems = new Problems();
  const request = { personalId: person.personalId, newHead, path: ["person", "personalId"] };
  const found = await examineStrikeOff(tx, request, on, problems, read);
  if (found && !sameName(found.member.fullName, person.fullName))
    problems.add(["person", "fullName"], personNameDiffers());
  if (from > legalDayOf(receivedAt)) problems.add(["from"], dayInFuture());
  const followed = found ? await versionsBeforeStrikeOff(tx, found, REASONS[content.reason], on) : [];
  problems.found.push(...newerFactProblems(content, followed));
  const withBasis = withLaw(problems, STRIKE_OFF_LAW);
  return { problems: withBasis, found: withBasis.length > 0 ? undefined : found };
}
