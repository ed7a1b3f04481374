import * as z from "zod";
import { recordChange } from "../../_shared/access-log/recorder.ts";
import type { Caller } from "../../_shared/identity/caller.ts";
import { grantedBefore } from "../../_shared/parts/content.ts";
import { newerFactProblems } from "../../_shared/parts/newer-facts.ts";
import type { Granted, Part, PartProblem } from "../../_shared/parts/procedure.ts";
import { type LegalDay, legalDayOf } from "../../_shared/reference/days.ts";
import { sameName } from "../../_shared/reference/person-names.ts";
import { Problems } from "../../_shared/registers/act-problems.ts";
import { enteredFor } from "../../_shared/registers/columns.ts";
import { LostRace, type Tx } from "../../_shared/serving/database.ts";
import { lockCard, type ReadCard, readCard } from "../cards/card-state.ts";
import { participantNameDiffers } from "../cards/errors.ts";
import { type CorrectedHolder, enterCorrection, examineCorrection } from "../participants/correct-holder.ts";
import { participantBirthDiffers } from "../participants/errors.ts";

/** Content of a correction: the holder as the card has him, and the correct facts. */
export const holderCorrectionContent = z.object({
  insured: z.object({ personalId: z.string(), fullName: z.string(), dateOfBirth: z.string() }),
  corrected: z.object({ fullName: z.string(), dateOfBirth: z.string() }),
  grantedBefore: grantedBefore({}),
});
type HolderCorrectionPart = Part<z.infer<typeof holderCorrectionContent>>;

const CORRECTION_LAW = "Luật Bảo hiểm y tế số 25/2008/QH12 (sửa đổi, bổ sung), Điều 16";

/**
 * Correction of the holder on a card (điều chỉnh thông tin trên thẻ): Law on Health Insurance 25/2008/QH12, art. 16. An insurer compares it
 * with the papers of civil status, which this register does not know. Problems: those of the act, with paths into the content.
 */
export const holderCorrection = {
  async examine(tx: Tx, part: HolderCorrectionPart): Promise<{ problems: PartProblem[]; verify: string[] }> {
    const { problems } = await examine(tx, part, legalDayOf(part.receivedAt), readCard);
    return { problems, verify: ["CORRECTION_NOT_PROVEN"] };
  },

  async grant(tx: Tx, part: HolderCorrectionPart, by: Caller, on: LegalDay): Promise<Granted> {
    const { dossier, receivedAt } = part;
    const { found, problems } = await examine(tx, part, legalDayOf(receivedAt), lockCard);
    if (!found || problems.length > 0) throw new LostRace(); // an act changed the card after the examination
    const { card } = found.card;
    const { recordedBy, ground } = enteredFor(by, dossier, card);
    await enterCorrection(tx, { on, by: recordedBy, ground, actId: null }, found);
    await recordChange(tx, by, [card.personalId], ["card_versions.*"]);
    return { result: { type: "HealthInsuranceCard", id: card.id }, facts: {} };
  },
};

async function examine(
  tx: Tx,
  { content }: HolderCorrectionPart,
  on: LegalDay,
  read: ReadCard,
): Promise<{ problems: PartProblem[]; found: CorrectedHolder | undefined }> {
  const problems = new Problems();
  const { insured, corrected } = content;
  const correction = { ...corrected, personalId: insured.personalId, person: ["insured"], corrected: ["corrected"] };
  const found = await examineCorrection(tx, correction, on, problems, read);
  const { holderName = null, holderDateOfBirth = null } = found?.card.last ?? {};
  if (holderName !== null && !sameName(holderName, insured.fullName))
    problems.add(["insured", "fullName"], participantNameDiffers());
  if (holderDateOfBirth !== null && holderDateOfBirth !== insured.dateOfBirth)
    problems.add(["insured", "dateOfBirth"], participantBirthDiffers());
  problems.found.push(...newerFactProblems(content, [found?.card.last]));
  return { problems: problems.found.map((problem) => ({ ...problem, legalBasis: CORRECTION_LAW })), found };
}
