import { sql } from "drizzle-orm";
import { check, date, foreignKey, index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { LegalDay } from "../_shared/reference/days.ts";
import type { PartialDate } from "../_shared/reference/partial-dates.ts";
import { provenanceColumns, versionColumns } from "../_shared/registers/columns.ts";
import { communes } from "../_shared/registers/communes-table.ts";
import { SHORT_PENDING_LIST } from "../_shared/registers/pending-list.ts";
import { register } from "../_shared/registers/register.ts";

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
      /** 15 characters; Decision 1351/QĐ-BHXH. */
      number: text("number").notNull(),
      /** The last ten digits are unique to the person, independent of the characters before them; so is the whole number. */
      insuranceNumber: text("insurance_number").notNull().generatedAlwaysAs(sql`substr("number", 6)`).unique(),
      personalId: text("personal_id").notNull().unique(),
      /** Step of a dossier that issued the card; at most one, by the primary key of the received parts. */
      partId: uuid("part_id"),
      /** Personal numbers of the parents, who may see their child's card. */
      guardians: text("guardians").array().notNull().default([]),
      ...provenanceColumns(),
    },
    (t) => [
      index("cards_by_guardian").using("gin", t.guardians).with(SHORT_PENDING_LIST),
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
      ...versionColumns(),
      facilityCode: text("facility_code")
        .notNull()
        .references(() => careFacilities.code),
      cardValidFrom: date("card_valid_from").$type<LegalDay>().notNull(),
      /** Null: as long as contributions are paid. */
      cardValidTo: date("card_valid_to").$type<LegalDay>(),
      benefit: integer("benefit").notNull(),
      objectCode: text("object_code").notNull(),
      /** Name of the holder as printed; null on cards entered before the register kept names. */
      holderName: text("holder_name"),
      /** `yyyy`, `yyyy-MM` or `yyyy-MM-dd`. */
      holderDateOfBirth: text("holder_date_of_birth").$type<PartialDate>(),
      /** Sound of the name, for the search of possible duplicates. */
      holderSound: text("holder_sound"),
    },
    (t) => [
      primaryKey({ columns: [t.cardId, t.version] }),
      index("card_versions_by_holder").on(t.holderDateOfBirth, t.holderSound),
      check("card_versions_validity", sql`${t.cardValidTo} >= ${t.cardValidFrom}`),
      check(
        "card_versions_benefit",
        sql`${t.benefit} between 1 and 5 and (${t.objectCode} <> 'TE' or ${t.benefit} = 1)`,
      ),
      check("card_versions_object_code", sql`${t.objectCode} ~ '^[A-Z]{2}$'`),
    ],
  ),
);
