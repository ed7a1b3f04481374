import type { LegalDay } from "../../_shared/reference/days.ts";
import { insertMany } from "../../_shared/registers/insert-many.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import type { Entry } from "../acts/perform-act.ts";
import { cardVersions } from "../tables.ts";
import type { CardState, CardVersion } from "./card-state.ts";

/** Facts that a version of a card states. */
export type TermFacts = Omit<CardVersion, "cardId" | "version" | "recordedAt" | "validFrom" | "validTo" | OfEntry>;
type OfEntry = "recordedBy" | "ground" | "actId";

/** Terms that are entered for a card, after its last version; null for a new card. */
export type NewTerms = { cardId: string; last: CardVersion | null; terms: readonly TermFacts[] };

/** Enters the next versions of cards, each of which states a term: a changed one, or one that begins on another day. */
export function enterTerms(tx: Tx, { on, by, ground, actId }: Entry, entered: readonly NewTerms[]): Promise<void> {
  const entry = { validFrom: on, recordedBy: by, ground, actId };
  const rows = entered.flatMap(({ cardId, last, terms }) =>
    terms.map((facts, index) => ({ ...factsOf(facts), ...entry, cardId, version: (last?.version ?? 0) + 1 + index })),
  );
  return insertMany(tx, cardVersions, rows);
}

/** Facts alone, without the day, author and number of the version that states them. */
function factsOf(facts: TermFacts): TermFacts {
  const { facilityCode, cardValidFrom, cardValidTo, closedOn, benefit, objectCode, number } = facts;
  const { holderName, holderDateOfBirth, holderSound } = facts;
  return {
    ...{ facilityCode, cardValidFrom, cardValidTo, closedOn, benefit, objectCode, number },
    ...{ holderName, holderDateOfBirth, holderSound },
  };
}

/**
 * Closes a card after its holder's death: the term of that day ends on it at the latest, and later ones do not begin. A term always has
 * a day, also if the holder died before its first one.
 */
export function closeCard(tx: Tx, entry: Entry, { card, terms, last }: CardState, diedOn: LegalDay): Promise<void> {
  const day = diedOn > entry.on ? entry.on : diedOn;
  const term = terms.findLast(({ cardValidFrom }) => cardValidFrom <= day) ?? terms[0] ?? last;
  const { cardValidFrom, cardValidTo } = term;
  const lastDay = laterDay(day, cardValidFrom);
  const end = cardValidTo !== null && cardValidTo < lastDay ? cardValidTo : lastDay;
  const closed = { ...term, cardValidTo: end, closedOn: entry.on };
  return enterTerms(tx, entry, [{ cardId: card.id, last, terms: [closed] }]);
}

function laterDay(one: LegalDay, other: LegalDay): LegalDay {
  if (one < other) return other;
  return one;
}
