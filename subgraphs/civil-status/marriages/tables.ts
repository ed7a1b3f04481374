import { sql } from "drizzle-orm";
import { check, date, index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { LegalDay } from "../../_shared/reference/days.ts";
import type { PartialDate } from "../../_shared/reference/partial-dates.ts";
import { provenanceColumns, versionColumns } from "../../_shared/registers/columns.ts";
import { packedJson } from "../../_shared/registers/packed-json.ts";
import { register } from "../../_shared/registers/register.ts";
import { acts } from "../acts/tables.ts";
import type { RegistrationKind } from "../persons/registration-kinds.ts";
import type { MarriageDetails } from "./read-marriage.ts";

export type MarriageEndCause = "DIVORCE" | "ANNULMENT" | "DEATH";

/**
 * Marriages (đăng ký kết hôn), Law on Civil Status 60/2014, art. 17 and 18. The id is that of the act that registered it. Never changed;
 * the facts that can be corrected are in the versions.
 */
export const marriages = register(
  pgTable(
    "marriages",
    {
      id: uuid("id")
        .primaryKey()
        .references(() => acts.id),
      kind: text("kind").$type<RegistrationKind>().notNull(),
      registeredOn: date("registered_on").$type<LegalDay>().notNull(),
      /** Day from which the marriage has effect. */
      marriedOn: date("married_on").$type<LegalDay>().notNull(),
      /** Identities of the spouses: see `personKey`. */
      husbandKey: text("husband_key").notNull(),
      wifeKey: text("wife_key").notNull(),
      ...provenanceColumns(),
    },
    (t) => [
      index("marriages_by_husband").on(t.husbandKey),
      index("marriages_by_wife").on(t.wifeKey),
      index("marriages_by_day").on(t.registeredOn, t.id),
      check("marriages_two_persons", sql`${t.husbandKey} <> ${t.wifeKey}`),
      check("marriages_kind", sql`${t.kind} in ('REGISTERED', 'REREGISTERED', 'NOTED')`),
      check("marriages_days", sql`${t.marriedOn} <= ${t.registeredOn}`),
    ],
  ),
);

/** The facts of a marriage as registered and corrected. The highest version is in force. */
export const marriageVersions = register(
  pgTable(
    "marriage_versions",
    {
      marriageId: uuid("marriage_id")
        .notNull()
        .references(() => marriages.id),
      ...versionColumns(),
      actId: uuid("act_id")
        .notNull()
        .references(() => acts.id),
      husbandName: text("husband_name").notNull(),
      wifeName: text("wife_name").notNull(),
      /** All that is read as a whole. */
      details: packedJson<MarriageDetails>("details").notNull(),
    },
    (t) => [primaryKey({ name: "marriage_versions_pk", columns: [t.marriageId, t.version] })],
  ),
);

/** Ends of marriages: at most one each. */
export const marriageEnds = register(
  pgTable(
    "marriage_ends",
    {
      marriageId: uuid("marriage_id")
        .primaryKey()
        .references(() => marriages.id),
      actId: uuid("act_id")
        .notNull()
        .references(() => acts.id),
      cause: text("cause").$type<MarriageEndCause>().notNull(),
      /** Day of the death, or from which the decision has effect. */
      endedOn: text("ended_on").$type<PartialDate>().notNull(),
      /** Number and court of the decision; null for a death. */
      decision: text("decision"),
    },
    (t) => [
      check("marriage_ends_cause", sql`${t.cause} in ('DIVORCE', 'ANNULMENT', 'DEATH')`),
      check("marriage_ends_decision", sql`(${t.cause} = 'DEATH') = (${t.decision} is null)`),
    ],
  ),
);

/**
 * Persons who are married, each with the one marriage in force. Triggers on `marriages` and `marriage_ends` write it and nobody else
 * may. Its primary key is why nobody has two spouses.
 */
export const currentSpouses = pgTable(
  "current_spouses",
  {
    personKey: text("person_key").primaryKey(),
    marriageId: uuid("marriage_id")
      .notNull()
      .references(() => marriages.id),
  },
  (t) => [index("current_spouses_by_marriage").on(t.marriageId)],
);
