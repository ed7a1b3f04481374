import { addDays, type LegalDay, parseLegalDay } from "../../_shared/reference/days.ts";
import { parsePersonalId } from "../../_shared/reference/identifiers/personal-id.ts";
import type { Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { type ActOutcome, entryOf, type Performed, performAct } from "../acts/perform-act.ts";
import { type CardState, lockCard, termOn } from "../cards/card-state.ts";
import { cardClosed, participantUnknown } from "../cards/errors.ts";
import { closeCard, enterTerms, type TermFacts } from "../cards/new-versions.ts";
import type { HealthInsuranceContext } from "../loaders.ts";
import { childCardNotRenewed, deathInFuture, notValidOnDay, renewalNotNeeded, termOverlaps } from "./errors.ts";
import type { HealthInsuranceEndInput, HealthInsuranceRenewalInput } from "./input.ts";
import { readTerm } from "./terms.ts";

/** Adds a further term to a card in the same group (gia hạn thẻ), Law on Health Insurance 25/2008/QH12, art. 16. */
export function renewHealthInsurance(
  ctx: HealthInsuranceContext,
  input: HealthInsuranceRenewalInput,
  idempotencyKey: string,
): Promise<ActOutcome> {
  const requested = { kind: "RENEWAL" as const, input, idempotencyKey };
  return performAct(ctx, requested, async (tx, act, problems) => {
    const state = await openCard(tx, input.personalId, problems);
    const next = state ? nextStart(state, act.on) : act.on;
    const term = readTerm({ ...input, validFrom: input.validFrom ?? next }, act.on, problems);
    if (state) demandRenewable(state, term?.from, problems);
    if (!state || !term || problems.found.length > 0) return undefined;
    const { card, last, terms } = state;
    const facts = { ...(terms.at(-1) ?? last), cardValidFrom: term.from, cardValidTo: term.to };
    await enterTerms(tx, entryOf(act), [{ cardId: card.id, last, terms: [facts] }]);
    return performedOn(state);
  });
}

/** First day of a further term: that after the last one, or today if that has passed or no term holds. */
function nextStart({ terms }: CardState, today: LegalDay): LegalDay {
  if (terms.length === 0) return today;
  const lastDay = terms.at(-1)?.cardValidTo ?? today;
  return lastDay < today ? today : addDays(lastDay, 1);
}

/** A card whose terms were all withdrawn may begin again. */
function demandRenewable({ terms, last }: CardState, from: LegalDay | undefined, problems: Problems): void {
  const term = terms.at(-1);
  const { objectCode, cardValidTo } = term ?? last;
  if (objectCode === "TE") problems.add(["personalId"], childCardNotRenewed());
  else if (!term) return;
  else if (cardValidTo === null) problems.add(["personalId"], renewalNotNeeded());
  else if (from && from <= cardValidTo) problems.add(["validFrom"], termOverlaps(addDays(cardValidTo, 1)));
}

/**
 * Ends a term before its last day and withdraws the later ones, which have not begun (báo giảm), or closes the card after a death (khóa
 * thẻ).
 */
export function endHealthInsurance(
  ctx: HealthInsuranceContext,
  input: HealthInsuranceEndInput,
  idempotencyKey: string,
): Promise<ActOutcome> {
  const kind = input.reason === "DEATH" ? ("CLOSING" as const) : ("END" as const);
  return performAct(ctx, { kind, input, idempotencyKey }, async (tx, act, problems) => {
    const lastDay = problems.take(["lastDay"], parseLegalDay(input.lastDay));
    const state = await openCard(tx, input.personalId, problems);
    if (lastDay && kind === "CLOSING" && lastDay > act.on) problems.add(["lastDay"], deathInFuture());
    const ended = lastDay && state && kind === "END" ? termsEndedBy(state, lastDay, act.on) : [];
    if (lastDay && state && kind === "END" && ended.length === 0) problems.add(["lastDay"], notValidOnDay());
    if (!lastDay || !state || problems.found.length > 0) return undefined;
    const { card, last } = state;
    if (kind === "CLOSING") await closeCard(tx, entryOf(act), state, lastDay);
    else await enterTerms(tx, entryOf(act), [{ cardId: card.id, last, terms: ended }]);
    return performedOn(state);
  });
}

/**
 * Terms of a card as they are if its last day is this one: the term of that day ends on it, and later ones have no day. None if nothing
 * ends, or if a later one has begun: its days are past and cannot be undone.
 */
function termsEndedBy(state: CardState, lastDay: LegalDay, today: LegalDay): TermFacts[] {
  const later = state.terms.filter(({ cardValidFrom }) => cardValidFrom > lastDay);
  if (later.some(({ cardValidFrom }) => cardValidFrom <= today)) return [];
  const withdrawn = later.map((term) => ({ ...term, cardValidTo: addDays(term.cardValidFrom, -1) }));
  const ended = termOn(state, lastDay);
  return ended && ended.cardValidTo !== lastDay ? [...withdrawn, { ...ended, cardValidTo: lastDay }] : withdrawn;
}

/** A person's card, locked, if it is not closed. Anything else becomes a problem. */
async function openCard(tx: Tx, personalId: string, problems: Problems): Promise<CardState | undefined> {
  const number = problems.take(["personalId"], parsePersonalId(personalId));
  const state = number && (await lockCard(tx, number));
  if (state && state.last.closedOn === null) return state;
  if (number) problems.add(["personalId"], state ? cardClosed() : participantUnknown());
  return undefined;
}

function performedOn({ card }: CardState): Performed {
  return { citizens: [card.personalId], changed: ["card_versions.*"] };
}
