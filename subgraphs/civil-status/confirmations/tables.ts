import { sql } from "drizzle-orm";
import { check, date, index, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { provenanceColumns } from "../../_shared/registers/columns.ts";
import { packedJson } from "../../_shared/registers/packed-json.ts";
import { register } from "../../_shared/registers/register.ts";
import { acts } from "../acts/tables.ts";
import type { MaritalStatus } from "../marriages/marital-status.ts";
import { marriages } from "../marriages/tables.ts";
import type { ConfirmationDetails } from "./read-confirmation.ts";

/** Confirmations of the marital status (giấy xác nhận tình trạng hôn nhân), Decree 123/2015/NĐ-CP, art. 21 to 23. */
export const maritalConfirmations = register(
  pgTable(
    "marital_confirmations",
    {
      /** The same as that of the act that issued it. */
      id: uuid("id")
        .primaryKey()
        .references(() => acts.id),
      /** Identity of the person: see `personKey`. */
      personKey: text("person_key").notNull(),
      status: text("status").$type<MaritalStatus>().notNull(),
      /** The last marriage of the person that the register knows. */
      marriageId: uuid("marriage_id").references(() => marriages.id),
      issuedOn: date("issued_on").$type<LegalDay>().notNull(),
      /** Last day of its validity. */
      validTo: date("valid_to").$type<LegalDay>().notNull(),
      ...provenanceColumns(),
      details: packedJson<ConfirmationDetails>("details").notNull(),
    },
    (t) => [
      index("marital_confirmations_by_person").on(t.personKey),
      // for the daily sweep of reminders
      index("marital_confirmations_by_end").on(t.validTo, t.id),
      check("marital_confirmations_days", sql`${t.validTo} > ${t.issuedOn}`),
      check("marital_confirmations_status", sql`${t.status} in ('NEVER_MARRIED', 'MARRIED', 'DIVORCED', 'WIDOWED')`),
      check("marital_confirmations_marriage", sql`${t.marriageId} is not null or ${t.status} <> 'MARRIED'`),
    ],
  ),
);
