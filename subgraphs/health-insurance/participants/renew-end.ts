import { addDays, type LegalDay, parseLegalDay } from "../../_shared/reference/days.ts";
import { parsePersonalId } from "../../_shared/reference/identifiers/personal-id.ts";
import type { Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { type ActOutcome, entryOf, type Performed, performAct } from "../acts/perform-act.ts";
import { type CardState, lockCard, termOn } from "../cards/card-state.ts";
import { cardClosed, participantUnknown } from "../cards/errors.ts";
import { closeCard, enterTerms } from "../cards/new-versions.ts";
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

/** First day of a further term: that after the last one, or today if that has passed. */
function nextStart({ terms }: CardState, today: LegalDay): LegalDay {
  const lastDay = terms.at(-1)?.cardValidTo ?? today;
  return lastDay < today ? today : addDays(lastDay, 1);
}

function demandRenewable({ terms }: CardState, from: LegalDay | undefined, problems: Problems): void {
  const { objectCode, cardValidTo = null } = terms.at(-1) ?? {};
  if (objectCode === "TE") problems.add(["personalId"], childCardNotRenewed());
  else if (cardValidTo === null) problems.add(["personalId"], renewalNotNeeded());
  else if (from && from <= cardValidTo) problems.add(["validFrom"], termOverlaps(addDays(cardValidTo, 1)));
}

/** Ends a term before its last day (báo giảm), or closes the card after a death (khóa thẻ). */
export function endHealthInsurance(
  ctx: HealthInsuranceContext,
  input: HealthInsuranceEndInput,
  idempotencyKey: string,
): Promise<ActOutcome> {
  const kind = input.reason === "DEATH" ? ("CLOSING" as const) : ("END" as const);
  return performAct(ctx, { kind, input, idempotencyKey }, async (tx, act, problems) => {
    const lastDay = problems.take(["lastDay"], parseLegalDay(input.lastDay));
    const state = await openCard(tx, input.personalId, problems);
    const ended = lastDay && state && (kind === "END" ? termOn(state, lastDay) : state.last);
    if (lastDay && kind === "CLOSING" && lastDay > act.on) problems.add(["lastDay"], deathInFuture());
    if (lastDay && state && kind === "END" && (!ended || ended.cardValidTo === lastDay))
      problems.add(["lastDay"], notValidOnDay());
    if (!lastDay || !state || !ended || problems.found.length > 0) return undefined;
    const { card, last } = state;
    if (kind === "CLOSING") await closeCard(tx, entryOf(act), state, lastDay);
    else await enterTerms(tx, entryOf(act), [{ cardId: card.id, last, terms: [{ ...ended, cardValidTo: lastDay }] }]);
    return performedOn(state);
  });
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
