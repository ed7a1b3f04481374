import DataLoader from "dataloader";
import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { type LegalDay, legalDayOf } from "../../_shared/reference/days.ts";
import { isUuid } from "../../_shared/reference/uuid.ts";
import { communeOf } from "../../_shared/registers/commune-type.ts";
import type { RecordedPerson } from "../../_shared/registers/recorded-person-type.ts";
import type { Context } from "../../_shared/serving/context.ts";
import { visibleCards } from "../rights.ts";
import { cards, cardTerms, cardVersions, careFacilities } from "../tables.ts";
import type { CareFacility, HealthInsuranceCard } from "../types.ts";

type Source = Pick<Context, "db" | "caller" | "now">;
/** Card with its holder, as named on it, and its dossier. */
export type HeldCard = HealthInsuranceCard & { holder: string; recorded: RecordedPerson; dossier: string | null };

export function cardLoaders(source: Source) {
  return {
    /** Cards by the holder's personal number. */
    cardByHolder: new DataLoader<string, HeldCard | null>(async (holders) => {
      const found = await cardsWhere(source, inArray(cards.personalId, [...holders]));
      const byHolder = new Map(found.map((card) => [card.holder, card]));
      return holders.map((holder) => byHolder.get(holder) ?? null);
    }),
    /** Cards by the id of the register entry. */
    cardById: new DataLoader<string, HeldCard | null>(async (ids) => {
      const found = await cardsWhere(source, inArray(cards.id, ids.filter(isUuid)));
      const byId = new Map(found.map((card) => [card.id, card]));
      return ids.map((id) => byId.get(id) ?? null);
    }),
  };
}

const facilityColumns = {
  code: careFacilities.code,
  name: careFacilities.name,
  communeCode: careFacilities.communeCode,
};

/** Facts of a card by its version. For statements that read `cards`, `card_versions` and `care_facilities`. */
export const termColumns = {
  number: sql<string>`coalesce(${cardVersions.number}, ${cards.number})`,
  validFrom: cardVersions.cardValidFrom,
  validTo: cardVersions.cardValidTo,
  closedOn: cardVersions.closedOn,
  benefit: cardVersions.benefit,
  objectCode: cardVersions.objectCode,
  facility: facilityColumns,
};

export const cardColumns = {
  ...{ id: cards.id, holder: cards.personalId, dossier: cards.dossier, ...termColumns },
  recorded: { fullName: cardVersions.holderName, dateOfBirth: cardVersions.holderDateOfBirth },
};

type FacilityRow = { code: string; name: string; communeCode: string };

/** A row of such columns with the facility as clients see it. */
export function withFacility<Row extends { facility: FacilityRow }>({ facility, ...row }: Row) {
  const { communeCode, code, name } = facility;
  return { ...row, facility: { code, name, commune: communeOf(communeCode) } satisfies CareFacility };
}

/** The term that a card shows on a day: the last that has begun, or else the first. For statements that read `card_terms`. */
export function isShownTerm(day: LegalDay): SQL {
  return sql`${cardTerms.startsOn} = (
    select coalesce(max(t.starts_on) filter (where t.starts_on <= ${day}), min(t.starts_on))
      from card_terms t where t.card_id = ${cardTerms.cardId})`;
}

/** The version that states a term last. */
export const versionOfTerm = and(
  eq(cardVersions.cardId, cardTerms.cardId),
  eq(cardVersions.version, cardTerms.version),
);

async function cardsWhere({ db, caller, now }: Source, which: SQL): Promise<HeldCard[]> {
  const rows = await db
    .select(cardColumns)
    .from(cards)
    .innerJoin(cardTerms, and(eq(cardTerms.cardId, cards.id), isShownTerm(legalDayOf(now))))
    .innerJoin(cardVersions, versionOfTerm)
    .innerJoin(careFacilities, eq(careFacilities.code, cardVersions.facilityCode))
    .where(and(which, visibleCards(caller)));
  return rows.map(withFacility);
}
