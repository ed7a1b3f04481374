import { sql } from "drizzle-orm";
import { boolean, check, date, foreignKey, index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { versionColumns } from "../../_shared/registers/columns.ts";
import { register } from "../../_shared/registers/register.ts";
import { actColumn, businesses, liveBusinesses } from "../tables.ts";
import { type LicenceKind, licenceKinds } from "./licence-kinds.ts";

export type LicenceVersionState = "VALID" | "REVOKED";

const KINDS = sql.raw(licenceKinds.map((kind) => `'${kind}'`).join(", "));

/** Licences to trade (giấy phép kinh doanh có điều kiện) of a business. */
export const licences = register(
  pgTable(
    "licences",
    {
      id: uuid("id").primaryKey(),
      number: text("number").notNull().unique(),
      businessId: uuid("business_id")
        .notNull()
        .references(() => businesses.id),
      kind: text("kind", { enum: licenceKinds }).notNull(),
    },
    (t) => [check("licences_kind", sql`${t.kind} in (${KINDS})`), index("licences_by_business").on(t.businessId)],
  ),
);

export const licenceVersions = register(
  pgTable(
    "licence_versions",
    {
      licenceId: uuid("licence_id")
        .notNull()
        .references(() => licences.id),
      ...versionColumns(),
      issuedOn: date("issued_on").$type<LegalDay>().notNull(),
      /** Null: no term. */
      expiresOn: date("expires_on").$type<LegalDay>(),
      /** Authority that issued it; null for entries of before it was kept. */
      issuer: text("issuer"),
      /** Last day on which its renewal is requested in time, by the rule when this version was entered. */
      renewBy: date("renew_by").$type<LegalDay>(),
      state: text("state").$type<LicenceVersionState>().notNull().default("VALID"),
      actId: actColumn(),
    },
    (t) => [
      primaryKey({ columns: [t.licenceId, t.version] }),
      index("licence_versions_by_time").using("brin", t.recordedAt).with({ autosummarize: true }),
      check("licence_versions_term", sql`${t.expiresOn} > ${t.issuedOn}`),
      check(
        "licence_versions_renewal",
        sql`(${t.expiresOn} is null) = (${t.renewBy} is null) and ${t.renewBy} between ${t.expiresOn} - 366 and ${t.expiresOn}`,
      ),
      check("licence_versions_state", sql`${t.state} = 'VALID' or (${t.state} = 'REVOKED' and ${t.version} > 1)`),
    ],
  ),
);

/**
 * The version of each licence that is in force, of businesses in force; its term may be over. Triggers on `licence_versions` and
 * `business_versions` write it and nobody else may.
 */
export const liveLicences = pgTable(
  "live_licences",
  {
    licenceId: uuid("licence_id")
      .primaryKey()
      .references(() => licences.id),
    version: integer("version").notNull(),
    businessId: uuid("business_id")
      .notNull()
      .references(() => liveBusinesses.businessId),
    kind: text("kind", { enum: licenceKinds }).notNull(),
    expiresOn: date("expires_on").$type<LegalDay>(),
    renewBy: date("renew_by").$type<LegalDay>(),
  },
  (t) => [
    foreignKey({
      name: "live_licences_version",
      columns: [t.licenceId, t.version],
      foreignColumns: [licenceVersions.licenceId, licenceVersions.version],
    }),
    index("live_licences_by_renewal").on(t.renewBy, t.licenceId),
    index("live_licences_by_business").on(t.businessId),
  ],
);

/** Rule of each kind of licence as configured. It is written at every start. */
export const licenceRules = pgTable(
  "licence_rules",
  {
    kind: text("kind").$type<LicenceKind>().primaryKey(),
    /** Longest term in months; null for a licence without a term. */
    validityMonths: integer("validity_months"),
    /** Days before the end of the term by which its renewal is requested. */
    renewBeforeDays: integer("renew_before_days").notNull(),
    /** Days before the last day of a request on which the reminder is due. */
    leadDays: integer("lead_days").notNull(),
    isIssued: boolean("is_issued").notNull(),
  },
  (t) => [
    check("licence_rules_kind", sql`${t.kind} in (${KINDS})`),
    check(
      "licence_rules_days",
      sql`${t.validityMonths} > 0 and ${t.renewBeforeDays} between 0 and 366 and ${t.leadDays} between 0 and 366`,
    ),
  ],
);
