import * as z from "zod";
import { recordChange } from "../../_shared/access-log/recorder.ts";
import type { Caller } from "../../_shared/identity/caller.ts";
import { grantedBefore } from "../../_shared/parts/content.ts";
import { newerFactProblems } from "../../_shared/parts/newer-facts.ts";
import type { Granted, Part, PartProblem } from "../../_shared/parts/procedure.ts";
import { type LegalDay, legalDayOf } from "../../_shared/reference/days.ts";
import { Problems } from "../../_shared/registers/act-problems.ts";
import { enteredFor } from "../../_shared/registers/columns.ts";
import { LostRace, type Tx } from "../../_shared/serving/database.ts";
import { type CardState, lockCard, type ReadCard, readCard } from "../cards/card-state.ts";
import { enterFacilityChange, examineFacilityChange } from "../facilities/change.ts";

/** Content of a change of the facility: the insured person, the code of the new facility and the reason. */
export const facilityChangeContent = z.object({
  insured: z.object({ personalId: z.string(), fullName: z.string().min(1) }),
  /** Person who asks, where that need not be the insured one. */
  declarant: z.object({ personalId: z.string().nullish() }).optional(),
  facility: z.string(),
  reason: z.enum(["REQUEST", "MOVE"]),
  /** True if nothing but the form tells of a move. */
  isMoveDeclared: z.boolean().default(false),
  grantedBefore: grantedBefore({}),
});
type FacilityChangePart = Part<z.infer<typeof facilityChangeContent>>;

const FACILITY_LAW = "Luật Bảo hiểm y tế số 25/2008/QH12 (sửa đổi, bổ sung), Điều 26";

/**
 * Change of the facility of first care (đổi nơi đăng ký khám chữa bệnh ban đầu): Law on Health Insurance 25/2008/QH12, art. 26.
 * Problems: those of the act, with paths into the content.
 */
export const facilityChange = {
  async examine(tx: Tx, part: FacilityChangePart): Promise<{ problems: PartProblem[]; verify: string[] }> {
    const { problems } = await examine(tx, part, legalDayOf(part.receivedAt), readCard);
    const { reason, isMoveDeclared, declarant, insured } = part.content;
    const verify = reason === "MOVE" && isMoveDeclared ? ["MOVE_NOT_PROVEN"] : [];
    if (declarant && declarant.personalId !== insured.personalId) verify.push("DECLARANT_NOT_INSURED");
    return { problems, verify };
  },

  async grant(tx: Tx, part: FacilityChangePart, by: Caller, on: LegalDay): Promise<Granted> {
    const { dossier, content, receivedAt } = part;
    const judgedOn = legalDayOf(receivedAt);
    const { card, problems } = await examine(tx, part, judgedOn, lockCard);
    if (!card || problems.length > 0) throw new LostRace(); // an act changed the card after the examination
    const { recordedBy, ground } = enteredFor(by, dossier, card.card);
    const entry = { on, by: recordedBy, ground, actId: null };
    await enterFacilityChange(tx, entry, card, { facilityCode: content.facility, judgedOn });
    await recordChange(tx, by, [card.card.personalId], ["card_versions.*"]);
    return { result: { type: "HealthInsuranceCard", id: card.card.id }, facts: {} };
  },
};

async function examine(
  tx: Tx,
  { content }: FacilityChangePart,
  on: LegalDay,
  read: ReadCard,
): Promise<{ problems: PartProblem[]; card: CardState | undefined }> {
  const problems = new Problems();
  const { insured, facility, reason } = content;
  const { personalId, fullName } = insured;
  const change = { personalId, fullName, facility, reason, person: ["insured"] };
  const card = await examineFacilityChange(tx, change, on, problems, read);
  problems.found.push(...newerFactProblems(content, [card?.last]));
  return { problems: problems.found.map((problem) => ({ ...problem, legalBasis: FACILITY_LAW })), card };
}
