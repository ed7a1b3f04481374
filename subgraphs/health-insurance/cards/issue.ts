import { eq, inArray } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { soundOf } from "../../_shared/reference/name-likeness.ts";
import type { PartialDate } from "../../_shared/reference/partial-dates.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { cards, cardVersions } from "../tables.ts";

type Head = typeof cards.$inferInsert;
export type NewCard = Omit<Head, "id" | "number"> & Omit<typeof cardVersions.$inferInsert, "cardId" | "version">;

const FIRST_INSURANCE_NUMBER = 1_000_000_000;
/** Upper bound 8999999999, because numbers that begin with 90 belong to the demo population. */
const INSURANCE_NUMBERS = 8_000_000_000;
const DRAWS = 20;

/** Dossier of a person's card (null: none), or undefined if the person has no card. */
export async function cardOf(tx: Tx, personalId: string): Promise<{ dossier: string | null } | undefined> {
  const [found] = await tx.select({ dossier: cards.dossier }).from(cards).where(eq(cards.personalId, personalId));
  return found;
}

/**
 * Enters a card under a new number: object code, benefit, two-digit province, and ten digits that `random` (0 ≤ x < 1) draws
 * until they are free; Decision 1351/QĐ-BHXH. A person or part that already has a card violates a unique constraint.
 */
export async function issueCard(
  tx: Tx,
  card: NewCard,
  province: string,
  random: () => number,
): Promise<{ id: string; number: string }> {
  const id = uuidv7();
  const number = await enterHead(tx, { ...card, id }, `${card.objectCode}${card.benefit}${province}`, random);
  await tx.insert(cardVersions).values({ ...card, cardId: id });
  return { id, number };
}

/** Enters a card that the register has lost under its former number, because its holder has the card. */
export async function issueCardAgain(tx: Tx, card: NewCard, former: string): Promise<{ id: string; number: string }> {
  const id = uuidv7();
  await tx.insert(cards).values({ ...card, id, number: former });
  await tx.insert(cardVersions).values({ ...card, cardId: id });
  return { id, number: former };
}

/** True if the ten personal digits of this card number are free. */
export async function isFreeNumber(tx: Tx, number: string): Promise<boolean> {
  const [holder] = await tx
    .select({ id: cards.id })
    .from(cards)
    .where(eq(cards.insuranceNumber, number.slice(5)));
  return holder === undefined;
}

async function enterHead(tx: Tx, head: Omit<Head, "number">, beginning: string, random: () => number): Promise<string> {
  for (let draw = 1; draw <= DRAWS; draw++) {
    const number = `${beginning}${drawnNumber(random)}`;
    const [entered] = await tx
      .insert(cards)
      .values({ ...head, number })
      .onConflictDoNothing({ target: cards.insuranceNumber })
      .returning({ id: cards.id });
    if (entered) return number;
  }
  throw noFreeNumber();
}

/** Draws different insurance numbers that are free now; another transaction that takes one meanwhile violates a unique constraint. */
export async function drawInsuranceNumbers(tx: Tx, count: number, random: () => number): Promise<string[]> {
  const free = new Set<string>();
  for (let draw = 1; draw <= DRAWS && free.size < count; draw++) {
    const drawn = Array.from({ length: count - free.size }, () => drawnNumber(random));
    const taken = await tx
      .select({ number: cards.insuranceNumber })
      .from(cards)
      .where(inArray(cards.insuranceNumber, drawn));
    for (const number of drawn) if (!taken.some((each) => each.number === number)) free.add(number);
  }
  if (free.size < count) throw noFreeNumber();
  return [...free];
}

function drawnNumber(random: () => number): string {
  return String(FIRST_INSURANCE_NUMBER + Math.floor(random() * INSURANCE_NUMBERS));
}

function noFreeNumber(): Error {
  return new Error(`No free insurance number in ${DRAWS} draws: check the source of random numbers`);
}

/** Facts of the holder that a card shows, with the key of the search for like holders. */
export function holderFacts({ fullName, dateOfBirth }: { fullName?: string | undefined; dateOfBirth: string }) {
  return {
    holderName: fullName ?? null,
    holderDateOfBirth: dateOfBirth as PartialDate, // a parsed day, or one of the seeds
    holderSound: fullName === undefined ? null : soundOf(fullName),
  };
}

/** Card of a newborn: group TE, benefit 1, valid from birth (Law on Health Insurance, art. 16 cl. 3). */
export function childCard(dateOfBirth: LegalDay, lastDay: LegalDay) {
  return { objectCode: "TE", benefit: 1, cardValidFrom: dateOfBirth, cardValidTo: lastDay };
}
