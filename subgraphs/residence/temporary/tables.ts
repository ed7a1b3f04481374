import { sql } from "drizzle-orm";
import { check, date, foreignKey, index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { versionColumns } from "../../_shared/registers/columns.ts";
import { communes } from "../../_shared/registers/communes-table.ts";
import { register } from "../../_shared/registers/register.ts";
import { persons } from "../tables.ts";
import type { TemporaryEndReason } from "./end-reasons.ts";

/** Temporary residences (đăng ký tạm trú), Law on Residence 68/2020, art. 27 and 28: a person's stay at an address. */
export const temporaryResidences = register(
  pgTable(
    "temporary_residences",
    {
      id: uuid("id").primaryKey(),
      personId: uuid("person_id")
        .notNull()
        .references(() => persons.id),
      addressLine: text("address_line").notNull(),
      communeList: text("commune_list").notNull(),
      communeCode: text("commune_code").notNull(),
    },
    (t) => [
      foreignKey({
        name: "temporary_residences_commune",
        columns: [t.communeList, t.communeCode],
        foreignColumns: [communes.list, communes.code],
      }),
      index("temporary_residences_by_person").on(t.personId),
    ],
  ),
);

/** Terms of a temporary residence: each renewal is a version. The version that ends it early has an end (`valid_to`) and a reason. */
export const temporaryResidenceVersions = register(
  pgTable(
    "temporary_residence_versions",
    {
      temporaryResidenceId: uuid("temporary_residence_id").notNull(),
      ...versionColumns(),
      /** First and last day of the term. */
      startsOn: date("starts_on").$type<LegalDay>().notNull(),
      endsOn: date("ends_on").$type<LegalDay>().notNull(),
      endReason: text("end_reason").$type<TemporaryEndReason>(),
    },
    (t) => [
      primaryKey({ name: "temporary_residence_versions_pk", columns: [t.temporaryResidenceId, t.version] }),
      foreignKey({
        name: "temporary_residence_versions_of",
        columns: [t.temporaryResidenceId],
        foreignColumns: [temporaryResidences.id],
      }),
      // for the daily sweep of reminders
      index("temporary_residence_versions_by_end")
        .on(t.endsOn, t.temporaryResidenceId)
        .where(sql`${t.validTo} is null`),
      check(
        "temporary_residence_versions_term",
        sql`${t.startsOn} <= ${t.endsOn} and ${t.endsOn} <= ${t.startsOn} + interval '2 years'`,
      ),
      check(
        "temporary_residence_versions_end",
        sql`(${t.endReason} is null and ${t.validTo} is null) or (${t.endReason} is not null and ${t.validTo} is not null and ${t.version} > 1)`,
      ),
    ],
  ),
);
