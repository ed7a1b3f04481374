import { and, asc, eq, inArray, isNotNull, or, sql } from "drizzle-orm";
import type { LegalDay } from "../../_shared/reference/days.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { cards, cardTerms, cardVersions } from "../tables.ts";

/** A version of a card, which states one of its terms. */
export type CardVersion = typeof cardVersions.$inferSelect;
/** A person's card: its terms that hold, in the order of days, each by its last version, and the last version of all. */
export type CardState = { card: typeof cards.$inferSelect; terms: CardVersion[]; last: CardVersion };
/** Reads a card by its holder's personal number, with or without a lock. */
export type ReadCard = typeof readCard;

/** A person's card, or undefined if the person has none. */
export async function readCard(tx: Tx, personalId: string): Promise<CardState | undefined> {
  return (await readCards(tx, [personalId])).get(personalId);
}

/** The same of a card that is locked until the transaction ends. */
export async function lockCard(tx: Tx, personalId: string): Promise<CardState | undefined> {
  return (await lockCards(tx, [personalId])).get(personalId);
}

/** Locks the cards of some persons until the transaction ends and reads them, by the holders' numbers. */
export async function lockCards(tx: Tx, personalIds: readonly string[]): Promise<ReadonlyMap<string, CardState>> {
  await tx
    .select({ id: cards.id })
    .from(cards)
    .where(inArray(cards.personalId, [...personalIds]))
    .orderBy(asc(cards.id))
    .for("update");
  return readCards(tx, personalIds); // a query of its own, because it must see what another act committed before the locks
}

async function readCards(tx: Tx, personalIds: readonly string[]): Promise<ReadonlyMap<string, CardState>> {
  const rows = await tx
    .select({ card: cards, version: cardVersions, startsOn: cardTerms.startsOn })
    .from(cards)
    .innerJoin(cardVersions, eq(cardVersions.cardId, cards.id))
    .leftJoin(cardTerms, and(eq(cardTerms.cardId, cards.id), eq(cardTerms.version, cardVersions.version)))
    // the last version states no term that holds if the term was withdrawn
    .where(and(inArray(cards.personalId, [...personalIds]), or(isNotNull(cardTerms.startsOn), isLastVersion)))
    .orderBy(asc(cardTerms.startsOn));
  const states = new Map<string, CardState>();
  for (const { card, version, startsOn } of rows) {
    const { terms, last } = states.get(card.personalId) ?? { terms: [], last: version };
    const latest = version.version > last.version ? version : last;
    states.set(card.personalId, { card, terms: startsOn === null ? terms : [...terms, version], last: latest });
  }
  return states;
}

const isLastVersion = sql`not exists (
  select from card_versions n where n.card_id = ${cardVersions.cardId} and n.version > ${cardVersions.version})`;

/** True if a term has days from this one on. */
export function lastsUntil({ cardValidTo }: CardVersion, day: LegalDay): boolean {
  return cardValidTo === null || cardValidTo >= day;
}

/** Terms that have days from this one on. */
export function termsFrom({ terms }: CardState, day: LegalDay): CardVersion[] {
  return terms.filter((term) => lastsUntil(term, day));
}

/** The term in which a day lies; undefined if the card is not valid on it. */
export function termOn(state: CardState, day: LegalDay): CardVersion | undefined {
  return termsFrom(state, day).find(({ cardValidFrom }) => cardValidFrom <= day);
}
