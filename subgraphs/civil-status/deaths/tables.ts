import { sql } from "drizzle-orm";
import { check, date, index, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import type { LegalDay } from "../../_shared/reference/days.ts";
import type { PartialDate } from "../../_shared/reference/partial-dates.ts";
import { provenanceColumns, versionColumns } from "../../_shared/registers/columns.ts";
import { packedJson } from "../../_shared/registers/packed-json.ts";
import { register } from "../../_shared/registers/register.ts";
import { acts } from "../acts/tables.ts";
import type { RegistrationKind } from "../persons/registration-kinds.ts";
import type { DeathDetails } from "./read-death.ts";

/**
 * Deaths (đăng ký khai tử), Law on Civil Status 60/2014, art. 32 to 34. The id is that of the act that registered it. Never changed;
 * the facts that can be corrected are in the versions.
 */
export const deaths = register(
  pgTable(
    "deaths",
    {
      id: uuid("id")
        .primaryKey()
        .references(() => acts.id),
      kind: text("kind").$type<RegistrationKind>().notNull(),
      registeredOn: date("registered_on").$type<LegalDay>().notNull(),
      /** Identity of the deceased, which is the personal number where there is one: see `deceasedKey` in `register-death.ts`. */
      deceasedKey: text("deceased_key").notNull(),
      personalId: text("personal_id"),
      /** Personal number of the declarant, who may read the entry. */
      declarant: text("declarant"),
      ...provenanceColumns(),
    },
    (t) => [
      unique("deaths_deceased").on(t.deceasedKey),
      index("deaths_by_day").on(t.registeredOn, t.id),
      check("deaths_personal_id_shape", sql`${t.personalId} ~ '^\\d{12}$'`),
      check("deaths_kind", sql`${t.kind} in ('REGISTERED', 'REREGISTERED', 'NOTED')`),
    ],
  ),
);

/** The facts of a death as registered and corrected. The highest version is in force. */
export const deathVersions = register(
  pgTable(
    "death_versions",
    {
      deathId: uuid("death_id")
        .notNull()
        .references(() => deaths.id),
      ...versionColumns(),
      actId: uuid("act_id")
        .notNull()
        .references(() => acts.id),
      fullName: text("full_name").notNull(),
      sex: text("sex", { enum: ["MALE", "FEMALE"] }).notNull(),
      dateOfBirth: text("date_of_birth").$type<PartialDate>().notNull(),
      /** Day, or only month or year where no more is known. */
      diedOn: text("died_on").$type<PartialDate>().notNull(),
      /** All that is read as a whole. */
      details: packedJson<DeathDetails>("details").notNull(),
    },
    (t) => [
      primaryKey({ name: "death_versions_pk", columns: [t.deathId, t.version] }),
      check("death_versions_sex", sql`${t.sex} in ('MALE', 'FEMALE')`),
      check(
        "death_versions_dates",
        sql`${t.diedOn} ~ '^\\d{4}(-\\d{2}){0,2}$' and ${t.dateOfBirth} ~ '^\\d{4}(-\\d{2}){0,2}$'`,
      ),
    ],
  ),
);
