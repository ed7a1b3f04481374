import { sql } from "drizzle-orm";
import { check, date, foreignKey, index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { LegalDay } from "../_shared/reference/days.ts";
import type { PartialDate } from "../_shared/reference/partial-dates.ts";
import type { Relation } from "../_shared/reference/relations.ts";
import { dossierVersionColumns, provenanceColumns, versionColumns } from "../_shared/registers/columns.ts";
import { communes } from "../_shared/registers/communes-table.ts";
import { numberIn, personalNumbers } from "../_shared/registers/personal-numbers.ts";
import { register } from "../_shared/registers/register.ts";
import { acts } from "./acts/tables.ts";
import type { StrikeOffReason } from "./residencies/strike-off-reasons.ts";

export { receivedParts } from "../_shared/parts/tables.ts";
export { communes };

/** Personal numbers of the parents at the time of entry: whose own business an entry is beside the person's. */
const guardians = () => personalNumbers("guardians").notNull().default(sql`''`);

/**
 * The population register (cơ sở dữ liệu quốc gia về dân cư), Law on Identity 26/2023, art. 9. The id of a newborn is
 * the one civil status minted; all others are minted here.
 */
export const persons = register(
  pgTable(
    "persons",
    {
      id: uuid("id").primaryKey(),
      personalId: text("personal_id").notNull().unique(),
      /** Step of a dossier that issued the number; at most one, by the primary key of the received parts. */
      partId: uuid("part_id"),
      ...provenanceColumns(),
      guardians: guardians(),
    },
    (t) => [check("persons_personal_id", sql`${t.personalId} ~ '^[0-9]{12}$'`)],
  ),
);

export const personVersions = register(
  pgTable(
    "person_versions",
    {
      personId: uuid("person_id")
        .notNull()
        .references(() => persons.id),
      ...dossierVersionColumns(),
      fullName: text("full_name").notNull(),
      /** `yyyy`, `yyyy-MM` or `yyyy-MM-dd`: what is unknown stays unknown. */
      dateOfBirth: text("date_of_birth").$type<PartialDate>().notNull(),
      sex: text("sex", { enum: ["MALE", "FEMALE"] }).notNull(),
      ethnicity: text("ethnicity").notNull(),
      nationality: text("nationality").notNull(),
      motherPersonalId: text("mother_personal_id"),
      fatherPersonalId: text("father_personal_id"),
      /** Sound of the name, for the search of possible duplicates. */
      nameSound: text("name_sound").notNull().default(""),
    },
    (t) => [
      primaryKey({ columns: [t.personId, t.version] }),
      index("person_versions_by_mother").on(numberIn(t.motherPersonalId)).where(sql`${t.motherPersonalId} is not null`),
      index("person_versions_by_father").on(numberIn(t.fatherPersonalId)).where(sql`${t.fatherPersonalId} is not null`),
      index("person_versions_by_birth").on(t.dateOfBirth, t.nameSound),
      check("person_versions_date_of_birth", sql`${t.dateOfBirth} ~ '^[0-9]{4}(-[0-9]{2}){0,2}$'`),
      check("person_versions_sex", sql`${t.sex} in ('MALE', 'FEMALE')`),
    ],
  ),
);

/**
 * Households (hộ gia đình), Law on Residence 68/2020, art. 10. The last version of a household that has no members any more has an
 * end (`valid_to`).
 */
export const households = register(
  pgTable("households", {
    id: uuid("id").primaryKey(),
    code: text("code").notNull().unique(),
  }),
);

export const householdVersions = register(
  pgTable(
    "household_versions",
    {
      householdId: uuid("household_id")
        .notNull()
        .references(() => households.id),
      ...versionColumns(),
      headPersonId: uuid("head_person_id")
        .notNull()
        .references(() => persons.id),
      addressLine: text("address_line").notNull(),
      communeList: text("commune_list").notNull(),
      communeCode: text("commune_code").notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.householdId, t.version] }),
      foreignKey({
        name: "household_versions_commune",
        columns: [t.communeList, t.communeCode],
        foreignColumns: [communes.list, communes.code],
      }),
      index("household_versions_by_head").on(t.headPersonId),
      index("household_versions_by_commune").on(t.communeCode, t.householdId),
    ],
  ),
);

/**
 * Permanent residence (đăng ký thường trú), Law on Residence 68/2020, art. 20: one chain of versions for each person, so
 * no person is ever registered in two places. The version that strikes a person off has an end (`valid_to`) and a reason.
 */
export const residencies = register(
  pgTable("residencies", {
    id: uuid("id").primaryKey(),
    personId: uuid("person_id")
      .notNull()
      .unique()
      .references(() => persons.id),
    partId: uuid("part_id"),
    ...provenanceColumns(),
    guardians: guardians(),
  }),
);

export const residencyVersions = register(
  pgTable(
    "residency_versions",
    {
      residencyId: uuid("residency_id")
        .notNull()
        .references(() => residencies.id),
      ...dossierVersionColumns(),
      householdId: uuid("household_id")
        .notNull()
        .references(() => households.id),
      relationToHead: text("relation_to_head").$type<Relation>().notNull(),
      kind: text("kind", { enum: ["PERMANENT"] }).notNull(),
      registeredOn: date("registered_on").$type<LegalDay>().notNull(),
      /** Reason of the strike-off (xóa đăng ký thường trú), art. 24; null while registered. */
      strikeOff: text("strike_off").$type<StrikeOffReason>(),
    },
    (t) => [
      primaryKey({ columns: [t.residencyId, t.version] }),
      check("residency_versions_kind", sql`${t.kind} in ('PERMANENT')`),
      check(
        "residency_versions_strike_off",
        sql`(${t.strikeOff} is null and ${t.validTo} is null) or (${t.strikeOff} is not null and ${t.validTo} is not null and ${t.version} > 1)`,
      ),
      index("residency_versions_by_household").on(t.householdId),
    ],
  ),
);

/** Persons whom an act concerns. */
export const actPersons = register(
  pgTable(
    "act_persons",
    {
      actId: uuid("act_id")
        .notNull()
        .references(() => acts.id),
      personId: uuid("person_id")
        .notNull()
        .references(() => persons.id),
    },
    (t) => [
      primaryKey({ name: "act_persons_pk", columns: [t.personId, t.actId] }),
      index("act_persons_by_act").on(t.actId),
    ],
  ),
);

/** Households that an act concerns. */
export const actHouseholds = register(
  pgTable(
    "act_households",
    {
      actId: uuid("act_id")
        .notNull()
        .references(() => acts.id),
      householdId: uuid("household_id")
        .notNull()
        .references(() => households.id),
    },
    (t) => [
      primaryKey({ name: "act_households_pk", columns: [t.householdId, t.actId] }),
      index("act_households_by_act").on(t.actId),
    ],
  ),
);
