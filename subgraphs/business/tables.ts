import { type SQL, sql } from "drizzle-orm";
import { type AnyPgColumn, check, date, foreignKey, index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { LegalDay } from "../_shared/reference/days.ts";
import { TAX_CODE_WEIGHTS } from "../_shared/reference/identifiers/tax-code.ts";
import { versionColumns } from "../_shared/registers/columns.ts";
import { communes } from "../_shared/registers/communes-table.ts";
import { register } from "../_shared/registers/register.ts";
import { licenceKinds } from "./licence-kinds.ts";

export { communes };

/** A tax code whose tenth digit is 10 minus the weighted sum modulo 11, as `parseTaxCode` reads it. */
function rightCheckDigit(code: AnyPgColumn): SQL {
  const terms = TAX_CODE_WEIGHTS.map((weight, i) => `${weight} * substr("code", ${i + 1}, 1)::int`).join(" + ");
  return sql`10 - (${sql.raw(terms)}) % 11 = substr(${code}, 10, 1)::int`;
}

/**
 * Enterprises and household businesses (doanh nghiệp, hộ kinh doanh). The code is a tax code, or of a household its owner's
 * personal number (since 1 July 2025) or an older certificate number.
 */
export const businesses = register(
  pgTable(
    "businesses",
    {
      id: uuid("id").primaryKey(),
      code: text("code").notNull().unique(),
    },
    (t) => [
      check(
        "businesses_code",
        sql`${t.code} ~ '^([0-9]{12}|(?!00|[0-9]{2}0{7})[0-9]{10}(-(?!000)[0-9]{3})?|[0-9]{2}[A-Z][0-9]{7})$'`,
      ),
      check(
        "businesses_code_check_digit",
        sql`case when ${t.code} ~ '^[0-9]{10}(-[0-9]{3})?$' then ${rightCheckDigit(t.code)} else true end`,
      ),
    ],
  ),
);

export const businessVersions = register(
  pgTable(
    "business_versions",
    {
      businessId: uuid("business_id")
        .notNull()
        .references(() => businesses.id),
      ...versionColumns(),
      name: text("name").notNull(),
      kind: text("kind", { enum: ["HOUSEHOLD", "ENTERPRISE"] }).notNull(),
      /** Personal number of the owner, or of the legal representative of an enterprise. */
      ownerPersonalId: text("owner_personal_id").notNull(),
      communeList: text("commune_list").notNull(),
      communeCode: text("commune_code").notNull(),
      addressLine: text("address_line").notNull(),
      /** VSIC level 4; Decision 36/2025/QĐ-TTg. */
      industry: text("industry").notNull(),
      registeredOn: date("registered_on").$type<LegalDay>().notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.businessId, t.version] }),
      foreignKey({
        name: "business_versions_commune",
        columns: [t.communeList, t.communeCode],
        foreignColumns: [communes.list, communes.code],
      }),
      check("business_versions_kind", sql`${t.kind} in ('HOUSEHOLD', 'ENTERPRISE')`),
      check("business_versions_industry", sql`${t.industry} ~ '^[0-9]{4}$'`),
      check("business_versions_owner", sql`${t.ownerPersonalId} ~ '^[0-9]{12}$'`),
      index("business_versions_by_owner").on(t.ownerPersonalId),
    ],
  ),
);

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
    (t) => [
      check("licences_kind", sql`${t.kind} in (${sql.raw(licenceKinds.map((kind) => `'${kind}'`).join(", "))})`),
      index("licences_by_business").on(t.businessId),
    ],
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
    },
    (t) => [
      primaryKey({ columns: [t.licenceId, t.version] }),
      check("licence_versions_term", sql`${t.expiresOn} > ${t.issuedOn}`),
    ],
  ),
);
