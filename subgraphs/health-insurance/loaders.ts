import DataLoader from "dataloader";
import { and, eq, inArray, type SQL } from "drizzle-orm";
import type { Caller } from "../_shared/identity/caller.ts";
import { isUuid } from "../_shared/reference/uuid.ts";
import { communeOf } from "../_shared/registers/commune-type.ts";
import { latestVersion } from "../_shared/registers/latest-version.ts";
import type { Context } from "../_shared/serving/context.ts";
import type { Database } from "../_shared/serving/database.ts";
import { visibleCards } from "./rights.ts";
import { cards, cardVersions, careFacilities } from "./tables.ts";
import type { HealthInsuranceCard } from "./types.ts";

export type HealthInsuranceLoaders = ReturnType<typeof healthInsuranceLoaders>;
export type HealthInsuranceContext = Context<HealthInsuranceLoaders>;
/** Card with its holder and its dossier. */
export type HeldCard = HealthInsuranceCard & { holder: string; dossier: string | null };

export function healthInsuranceLoaders({ db, caller }: Pick<Context, "db" | "caller">) {
  return {
    /** Current cards by the holder's personal number. */
    cardByHolder: new DataLoader<string, HeldCard | null>(async (holders) => {
      const found = await currentCards(db, caller, inArray(cards.personalId, [...holders]));
      const byHolder = new Map(found.map((card) => [card.holder, card]));
      return holders.map((holder) => byHolder.get(holder) ?? null);
    }),
    /** Current cards by the id of the register entry. */
    cardById: new DataLoader<string, HeldCard | null>(async (ids) => {
      const found = await currentCards(db, caller, inArray(cards.id, ids.filter(isUuid)));
      const byId = new Map(found.map((card) => [card.id, card]));
      return ids.map((id) => byId.get(id) ?? null);
    }),
  };
}

async function currentCards(db: Database, caller: Caller, which: SQL): Promise<HeldCard[]> {
  const rows = await db
    .select({
      id: cards.id,
      holder: cards.personalId,
      dossier: cards.dossier,
      number: cards.number,
      validFrom: cardVersions.cardValidFrom,
      validTo: cardVersions.cardValidTo,
      benefit: cardVersions.benefit,
      objectCode: cardVersions.objectCode,
      facility: { code: careFacilities.code, name: careFacilities.name, communeCode: careFacilities.communeCode },
    })
    .from(cards)
    .innerJoin(cardVersions, eq(cardVersions.cardId, cards.id))
    .innerJoin(careFacilities, eq(careFacilities.code, cardVersions.facilityCode))
    .where(and(which, visibleCards(caller), latestVersion(cardVersions.version, cardVersions.cardId, cards.id)));
  return rows.map(({ facility: { communeCode, ...facility }, ...card }) => ({
    ...card,
    facility: { ...facility, commune: communeOf(communeCode) },
  }));
}
