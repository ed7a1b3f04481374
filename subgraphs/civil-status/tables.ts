import { sql } from "drizzle-orm";
import {
  check,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { LegalDay } from "../_shared/reference/days.ts";
import type { PartialDate } from "../_shared/reference/partial-dates.ts";
import { dossierVersionColumns, provenanceColumns } from "../_shared/registers/columns.ts";
import { communes } from "../_shared/registers/communes-table.ts";
import { packedJson } from "../_shared/registers/packed-json.ts";
import { SHORT_PENDING_LIST } from "../_shared/registers/pending-list.ts";
import { numbersIn, personalNumbers } from "../_shared/registers/personal-numbers.ts";
import { register } from "../_shared/registers/register.ts";
import type { BirthPersons } from "./contents.ts";

export { receivedParts } from "../_shared/parts/tables.ts";
export { communes };

/**
 * Birth registrations (đăng ký khai sinh), Law on Civil Status 60/2014, art. 13 to 16. What makes a birth the same birth:
 * its notice, or its mother, day and order. Never changed; the facts that can be corrected are in the versions.
 */
export const births = register(
  pgTable(
    "births",
    {
      id: uuid("id").primaryKey(),
      /** The child as all agencies will know it; for a newborn it is minted here. */
      citizenId: uuid("citizen_id").notNull().unique("births_citizen"),
      registeredOn: date("registered_on").$type<LegalDay>().notNull(),
      birthNotice: text("birth_notice"),
      /** Identity of the mother: see `motherKey`. */
      motherKey: text("mother_key").notNull(),
      /** Year alone for some who were registered long ago. */
      dateOfBirth: text("date_of_birth").$type<PartialDate>().notNull(),
      /** Place among the children the mother bore on that day, from 1. */
      birthOrder: smallint("birth_order").notNull(),
      /** Number of children of a multiple birth as declared; null where none was declared. */
      multipleOf: smallint("multiple_of"),
      /** Digests of the keys under which births that may be the same are found: see `storedLikenessKeys`. */
      likenessKeys: integer("likeness_keys").array().notNull().default([]),
      /** Step of a dossier that entered it; at most one entry, by the primary key of the received parts. */
      partId: uuid("part_id"),
      ...provenanceColumns(),
      /** Personal numbers of the parents: who may read the entry as its guardian. */
      guardians: personalNumbers("guardians").notNull(),
    },
    (t) => [
      // births without a notice, such as those of long ago, take no room in it
      uniqueIndex("births_notice").on(t.birthNotice).where(sql`${t.birthNotice} is not null`),
      unique("births_mother_day_order").on(t.motherKey, t.dateOfBirth, t.birthOrder),
      // for the children of a parent
      index("births_by_guardian").using("gin", numbersIn(t.guardians)).with(SHORT_PENDING_LIST),
      index("births_likeness_keys").using("gin", t.likenessKeys).with(SHORT_PENDING_LIST),
      check("births_notice_shape", sql`${t.birthNotice} ~ '^\\d{5}\\.GCS\\.\\d{5}\\.\\d{2}$'`),
      check("births_date_shape", sql`${t.dateOfBirth} ~ '^\\d{4}(-\\d{2}){0,2}$'`),
      check("births_order_range", sql`${t.birthOrder} between 1 and 20`),
    ],
  ),
);

/** Official numbers n/yyyy, consecutive for each commune and year of registration. */
export const birthNumbers = register(
  pgTable(
    "birth_numbers",
    {
      communeList: text("commune_list").notNull(),
      commune: text("commune").notNull(),
      year: smallint("year").notNull(),
      number: integer("number").notNull(),
      birthId: uuid("birth_id")
        .notNull()
        .unique("birth_numbers_birth")
        .references(() => births.id),
    },
    (t) => [
      primaryKey({ name: "birth_numbers_pk", columns: [t.communeList, t.commune, t.year, t.number] }),
      foreignKey({
        name: "birth_numbers_commune",
        columns: [t.communeList, t.commune],
        foreignColumns: [communes.list, communes.code],
      }),
      check("birth_numbers_positive", sql`${t.number} > 0`),
    ],
  ),
);

/** Last number, one row for each commune and year, so that only registrations of one commune wait for one another. */
export const birthCounters = pgTable(
  "birth_counters",
  {
    communeList: text("commune_list").notNull(),
    commune: text("commune").notNull(),
    year: smallint("year").notNull(),
    last: integer("last").notNull(),
  },
  (t) => [primaryKey({ name: "birth_counters_pk", columns: [t.communeList, t.commune, t.year] })],
);

/** The facts of a birth as registered and corrected, art. 14. The highest version is in force. */
export const birthVersions = register(
  pgTable(
    "birth_versions",
    {
      birthId: uuid("birth_id")
        .notNull()
        .references(() => births.id),
      ...dossierVersionColumns(),
      fullName: text("full_name").notNull(),
      sex: text("sex", { enum: ["MALE", "FEMALE"] }).notNull(),
      dateOfBirth: text("date_of_birth").$type<PartialDate>().notNull(),
      ethnicity: text("ethnicity").notNull(),
      nationality: text("nationality").notNull(),
      communeList: text("commune_list").notNull(),
      /** Only of births of earlier releases: the others have it among their persons. */
      birthFacility: text("birth_facility"),
      /** Null for a birth abroad. */
      birthCommune: text("birth_commune"),
      /** Nationality code of the country, for a birth abroad. */
      birthCountry: text("birth_country"),
      homeCommune: text("home_commune"),
      /** Null until the notice of the population register. */
      personalId: text("personal_id"),
      /** Null where they are those of the version before: see `personsOfVersion`. */
      persons: packedJson<BirthPersons>("persons"),
    },
    (t) => [
      primaryKey({ name: "birth_versions_pk", columns: [t.birthId, t.version] }),
      foreignKey({
        name: "birth_versions_birth_commune",
        columns: [t.communeList, t.birthCommune],
        foreignColumns: [communes.list, communes.code],
      }),
      foreignKey({
        name: "birth_versions_home_commune",
        columns: [t.communeList, t.homeCommune],
        foreignColumns: [communes.list, communes.code],
      }),
      check("birth_versions_place", sql`(${t.birthCommune} is null) <> (${t.birthCountry} is null)`),
      check("birth_versions_sex", sql`${t.sex} in ('MALE', 'FEMALE')`),
      check("birth_versions_date_shape", sql`${t.dateOfBirth} ~ '^\\d{4}(-\\d{2}){0,2}$'`),
      check("birth_versions_persons", sql`${t.persons} is not null or ${t.version} > 1`),
      check("birth_versions_personal_id_shape", sql`${t.personalId} ~ '^\\d{12}$'`),
    ],
  ),
);

/** Personal numbers of registered children, one to one. */
export const citizenNumbers = register(
  pgTable(
    "citizen_numbers",
    {
      citizenId: uuid("citizen_id")
        .primaryKey()
        .references(() => births.citizenId),
      personalId: text("personal_id").notNull().unique("citizen_numbers_personal_id"),
    },
    (t) => [check("citizen_numbers_shape", sql`${t.personalId} ~ '^\\d{12}$'`)],
  ),
);
