import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { check, date, foreignKey, index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { LegalDay } from "../_shared/reference/days.ts";
import type { PartialDate } from "../_shared/reference/partial-dates.ts";
import { dossierVersionColumns, provenanceColumns } from "../_shared/registers/columns.ts";
import { communes } from "../_shared/registers/communes-table.ts";
import { SHORT_PENDING_LIST } from "../_shared/registers/pending-list.ts";
import { numbersIn, personalNumbers } from "../_shared/registers/personal-numbers.ts";
import { register } from "../_shared/registers/register.ts";
import { acts } from "./acts/tables.ts";
import { insuredGroups } from "./groups/tables.ts";

export { receivedParts } from "../_shared/parts/tables.ts";
export { communes };

/** Facilities of first medical care (cơ sở khám chữa bệnh ban đầu), Law on Health Insurance 25/2008/QH12, art. 26. */
export const careFacilities = pgTable(
  "care_facilities",
  {
    code: text("code").primaryKey(),
    name: text("name").notNull(),
    communeList: text("commune_list").notNull(),
    communeCode: text("commune_code").notNull(),
  },
  (t) => [
    foreignKey({
      name: "care_facilities_commune",
      columns: [t.communeList, t.communeCode],
      foreignColumns: [communes.list, communes.code],
    }),
    check("care_facilities_code", sql`${t.code} ~ '^[0-9]{5}$'`),
  ],
);

/** Health-insurance cards (thẻ bảo hiểm y tế): one chain for one person, Law on Health Insurance, art. 16 cl. 2. */
export const cards = register(
  pgTable(
    "cards",
    {
      id: uuid("id").primaryKey(),
      /** Number of the first card, 15 characters; Decision 1351/QĐ-BHXH. */
      number: text("number").notNull(),
      /** The last ten digits are unique to the person, independent of the characters before them; so is the whole number. */
      insuranceNumber: text("insurance_number").notNull().generatedAlwaysAs(sql`substr("number", 6)`).unique(),
      personalId: text("personal_id").notNull().unique(),
      /** Step of a dossier that issued the card; at most one, by the primary key of the received parts. */
      partId: uuid("part_id"),
      /** Personal numbers of the parents, who may see their child's card. */
      guardians: personalNumbers("guardians").notNull().default(sql`''`),
      ...provenanceColumns(),
    },
    (t) => [
      index("cards_by_guardian").using("gin", numbersIn(t.guardians)).with(SHORT_PENDING_LIST),
      check("cards_number", sql`${t.number} ~ '^[A-Z]{2}[1-5][0-9]{12}$' and ${t.number} !~ '^TE[2-5]'`),
      check("cards_personal_id", sql`${t.personalId} ~ '^[0-9]{12}$'`),
    ],
  ),
);

/** `validFrom` and `validTo` are the validity of a version; `cardValidFrom` and `cardValidTo` that of the card. */
export const cardVersions = register(
  pgTable(
    "card_versions",
    {
      cardId: uuid("card_id")
        .notNull()
        .references(() => cards.id),
      ...dossierVersionColumns(),
      facilityCode: text("facility_code")
        .notNull()
        .references(() => careFacilities.code),
      cardValidFrom: date("card_valid_from").$type<LegalDay>().notNull(),
      /** Null: as long as contributions are paid. */
      cardValidTo: date("card_valid_to").$type<LegalDay>(),
      /** Day on which the card was closed, because its holder has died: it has an end since. */
      closedOn: date("closed_on").$type<LegalDay>(),
      benefit: integer("benefit").notNull(),
      objectCode: text("object_code").notNull(),
      /** Number of a card of another group than the first; null for the number of the head. */
      number: text("number"),
      /** Name of the holder as printed; null on cards entered before the register kept names. */
      holderName: text("holder_name"),
      /** `yyyy`, `yyyy-MM` or `yyyy-MM-dd`. */
      holderDateOfBirth: text("holder_date_of_birth").$type<PartialDate>(),
      /** Sound of the name, for the search of possible duplicates. */
      holderSound: text("holder_sound"),
      /** Act of an officer by which the version came; null for one that came by a dossier. */
      actId: uuid("act_id").references(() => acts.id),
    },
    (t) => [
      primaryKey({ columns: [t.cardId, t.version] }),
      index("card_versions_by_holder").on(t.holderDateOfBirth, t.holderSound),
      index("card_versions_by_act").on(t.actId).where(sql`${t.actId} is not null`),
      // a term that ends before its first day is withdrawn
      check("card_versions_validity", sql`${t.cardValidTo} >= ${t.cardValidFrom} - 1`),
      check("card_versions_closed", sql`${t.closedOn} is null or ${t.cardValidTo} is not null`),
      check(
        "card_versions_benefit",
        sql`${t.benefit} between 1 and 5 and (${t.objectCode} <> 'TE' or ${t.benefit} = 1)`,
      ),
      check("card_versions_object_code", sql`${t.objectCode} ~ '^[A-Z]{2}$'`),
      foreignKey({
        name: "card_versions_group",
        columns: [t.objectCode, t.benefit],
        foreignColumns: [insuredGroups.code, insuredGroups.benefit],
      }),
    ],
  ),
);

/**
 * Terms of cards, with the version that states each last. A trigger of `card_versions` writes it and nobody else may. It
 * removes a term that is withdrawn, and refuses one in the days of another one (`card_terms_apart`): as a person has one card, each day has one valid card of a person.
 */
export const cardTerms = pgTable(
  "card_terms",
  {
    cardId: uuid("card_id").notNull(),
    startsOn: date("starts_on").$type<LegalDay>().notNull(),
    /** Null: as long as contributions are paid. */
    endsOn: date("ends_on").$type<LegalDay>(),
    version: integer("version").notNull(),
  },
  (t) => [
    primaryKey({ name: "card_terms_pk", columns: [t.cardId, t.startsOn] }),
    foreignKey({
      name: "card_terms_version",
      columns: [t.cardId, t.version],
      foreignColumns: [cardVersions.cardId, cardVersions.version],
    }),
    index("card_terms_by_end").on(lastDayOf(t.endsOn), t.cardId),
  ],
);

/** The last day of a term in the order of days: a term without an end comes last. */
export function lastDayOf(endsOn: SQLWrapper): SQL {
  return sql`coalesce(${endsOn}, 'infinity'::date)`;
}
