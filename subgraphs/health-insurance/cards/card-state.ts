import { and, asc, eq, inArray } from "drizzle-orm";
import type { LegalDay } from "../../_shared/reference/days.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { cards, cardTerms, cardVersions } from "../tables.ts";

/** A version of a card, which states one of its terms. */
export type CardVersion = typeof cardVersions.$inferSelect;
/** A person's card: its terms in the order of days, each by its last version, and the last version of all. */
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
    .select({ card: cards, version: cardVersions })
    .from(cards)
    .innerJoin(cardTerms, eq(cardTerms.cardId, cards.id))
    .innerJoin(cardVersions, and(eq(cardVersions.cardId, cards.id), eq(cardVersions.version, cardTerms.version)))
    .where(inArray(cards.personalId, [...personalIds]))
    .orderBy(asc(cardTerms.startsOn));
  const states = new Map<string, CardState>();
  for (const { card, version } of rows) {
    const { terms, last } = states.get(card.personalId) ?? { terms: [], last: version };
    const latest = version.version > last.version ? version : last;
    states.set(card.personalId, { card, terms: [...terms, version], last: latest });
  }
  return states;
}

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
