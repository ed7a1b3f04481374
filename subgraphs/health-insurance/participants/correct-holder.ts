import type { LegalDay } from "../../_shared/reference/days.ts";
import { childCardLastDay } from "../../_shared/reference/identifiers/health-card.ts";
import { parsePersonalId } from "../../_shared/reference/identifiers/personal-id.ts";
import { soundOf } from "../../_shared/reference/name-likeness.ts";
import { earliestDay, latestDay, type PartialDate, parsePartialDate } from "../../_shared/reference/partial-dates.ts";
import { parsePersonName } from "../../_shared/reference/person-names.ts";
import type { Path, Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { type ActOutcome, type Entry, entryOf, performAct } from "../acts/perform-act.ts";
import { type CardState, type CardVersion, lockCard, type ReadCard } from "../cards/card-state.ts";
import { cardClosed, participantUnknown } from "../cards/errors.ts";
import { enterTerms } from "../cards/new-versions.ts";
import type { HealthInsuranceContext } from "../loaders.ts";
import { holderBornInFuture, holderUnchanged } from "./errors.ts";
import type { HealthInsuranceHolderCorrectionInput } from "./input.ts";

/** Correction as an officer or a dossier requests it, with the places of its values. A fact that is left out stays. */
export type HolderCorrection = {
  personalId: string;
  fullName?: string | null;
  dateOfBirth?: string | null;
  person: Path;
  corrected: Path;
};

/** A card, and its holder from now on. */
export type CorrectedHolder = { card: CardState; name: string | null; dateOfBirth: PartialDate | null };

/** Corrects the holder's name or date of birth on a card (điều chỉnh thông tin trên thẻ), Law on Health Insurance 25/2008/QH12, art. 16. */
export function correctHealthInsuranceHolder(
  ctx: HealthInsuranceContext,
  input: HealthInsuranceHolderCorrectionInput,
  idempotencyKey: string,
): Promise<ActOutcome> {
  const requested = { kind: "HOLDER_CORRECTION" as const, input, idempotencyKey };
  return performAct(ctx, requested, async (tx, act, problems) => {
    const found = await examineCorrection(tx, { ...input, person: [], corrected: [] }, act.on, problems, lockCard);
    if (!found) return undefined;
    await enterCorrection(tx, entryOf(act), found);
    return { citizens: [found.card.card.personalId], changed: ["card_versions.*"] };
  });
}

/** The card with its corrected holder; undefined, with all problems, if it cannot be corrected. */
export async function examineCorrection(
  tx: Tx,
  { personalId, fullName, dateOfBirth, person, corrected }: HolderCorrection,
  on: LegalDay,
  problems: Problems,
  read: ReadCard,
): Promise<CorrectedHolder | undefined> {
  const number = problems.take([...person, "personalId"], parsePersonalId(personalId));
  const card = number && (await read(tx, number));
  if (number && !card) problems.add([...person, "personalId"], participantUnknown());
  if (card && card.last.closedOn !== null) problems.add([...person, "personalId"], cardClosed());
  const name = fullName ? problems.take([...corrected, "fullName"], parsePersonName(fullName, "PERSON")) : undefined;
  const day = dateOfBirth ? problems.take([...corrected, "dateOfBirth"], parsePartialDate(dateOfBirth)) : undefined;
  if (day && earliestDay(day) > on) problems.add([...corrected, "dateOfBirth"], holderBornInFuture());
  if (!card || problems.found.length > 0) return undefined;
  const { holderName, holderDateOfBirth } = card.last;
  const holder = { name: name ?? holderName, dateOfBirth: day ?? holderDateOfBirth };
  if (holder.name !== holderName || holder.dateOfBirth !== holderDateOfBirth) return { card, ...holder };
  problems.add(corrected, holderUnchanged());
  return undefined;
}

/** Enters the holder for every term of the card. The term of a child's card goes by the age, and ends by the corrected one. */
export function enterCorrection(
  tx: Tx,
  entry: Entry,
  { card: { card, last, terms }, name, dateOfBirth }: CorrectedHolder,
): Promise<void> {
  const holder = { holderName: name, holderSound: name && soundOf(name), holderDateOfBirth: dateOfBirth };
  const corrected = terms.map((term) => ({ ...term, ...holder, cardValidTo: lastDayOf(term, dateOfBirth) }));
  return enterTerms(tx, entry, [{ cardId: card.id, last, terms: corrected }]);
}

function lastDayOf(
  { objectCode, holderDateOfBirth, cardValidFrom, cardValidTo }: CardVersion,
  dateOfBirth: PartialDate | null,
) {
  const byAge = holderDateOfBirth && childCardLastDay(latestDay(holderDateOfBirth));
  // a term that was ended early stays as it is
  if (objectCode !== "TE" || cardValidTo === null || cardValidTo !== byAge || dateOfBirth === null) return cardValidTo;
  const lastDay = childCardLastDay(latestDay(dateOfBirth));
  return lastDay < cardValidFrom ? cardValidFrom : lastDay;
}
