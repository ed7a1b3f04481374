import * as z from "zod";
import { recordChange } from "../../_shared/access-log/recorder.ts";
import type { Caller } from "../../_shared/identity/caller.ts";
import { grantedBefore, partialDate, personalId } from "../../_shared/parts/content.ts";
import { newerFactProblems } from "../../_shared/parts/newer-facts.ts";
import type { Examination, Granted, Part } from "../../_shared/parts/procedure.ts";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { latestDay } from "../../_shared/reference/partial-dates.ts";
import { sameName } from "../../_shared/reference/person-names.ts";
import { enteredFor } from "../../_shared/registers/columns.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { type CardState, readCard } from "../cards/card-state.ts";
import { closeCard } from "../cards/new-versions.ts";
import { cardAlreadyClosed, cardNotFound } from "../errors.ts";

/** Content of a closing: the deceased and the day of death. */
export const closingContent = z.object({
  deceased: z.object({ personalId, fullName: z.string().min(1), dateOfBirth: partialDate }),
  death: z.object({ diedOn: partialDate }),
  grantedBefore: grantedBefore({}),
});
type Content = z.infer<typeof closingContent>;
type ClosingPart = Part<Content>;

/**
 * Closing of the card of a person who has died (báo giảm, khóa thẻ), within the interlinked procedures of a death: Law on Health
 * Insurance 25/2008/QH12, art. 16. A card under another name or date of birth is left to an officer. Problems: CARD_NOT_FOUND,
 * CARD_ALREADY_CLOSED.
 */
export const cardClosing = {
  async examine(tx: Tx, { content }: ClosingPart): Promise<Examination<CardState | undefined>> {
    const { deceased, grantedBefore: former } = content;
    const found = await readCard(tx, deceased.personalId);
    if (!found) return { problems: [cardNotFound()], verify: [], found };
    const { card, last } = found;
    const isClosed = last.closedOn !== null;
    const problems = isClosed && !former ? [cardAlreadyClosed(last.ground ?? card.dossier)] : [];
    // of a card that is closed, a second closing changes nothing
    if (!isClosed) problems.push(...newerFactProblems(content, [last]));
    return { problems, verify: isHolder(found, deceased) ? [] : ["the holder differs from the deceased"], found };
  },

  async grant(
    tx: Tx,
    { content: { deceased, death }, dossier }: ClosingPart,
    found: CardState | undefined,
    by: Caller,
    on: LegalDay,
  ): Promise<Granted> {
    if (!found) throw new Error("A card that is not in the register cannot be closed");
    const { card, last } = found;
    const result = { type: "HealthInsuranceCard", id: card.id } as const;
    if (last.closedOn !== null) return { result, facts: {} }; // closed by the grant that this one repeats
    const { recordedBy, ground } = enteredFor(by, dossier, card);
    await Promise.all([
      closeCard(tx, { on, by: recordedBy, ground, actId: null }, found, latestDay(death.diedOn)),
      recordChange(tx, by, [deceased.personalId], ["card_versions"]),
    ]);
    return { result, facts: {} };
  },
};

/** True if the card names the deceased; cards of before the register kept names say nothing against it. */
function isHolder({ last }: CardState, { fullName, dateOfBirth }: Content["deceased"]): boolean {
  const { holderName, holderDateOfBirth } = last;
  if (holderName !== null && !sameName(holderName, fullName)) return false;
  return holderDateOfBirth === null || holderDateOfBirth === dateOfBirth;
}
