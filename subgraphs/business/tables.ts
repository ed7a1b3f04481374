import { type SQL, sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  bigint,
  check,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import type { LegalDay } from "../_shared/reference/days.ts";
import { TAX_CODE_WEIGHTS } from "../_shared/reference/identifiers/tax-code.ts";
import { versionColumns } from "../_shared/registers/columns.ts";
import { communes } from "../_shared/registers/communes-table.ts";
import { SHORT_PENDING_LIST } from "../_shared/registers/pending-list.ts";
import { register } from "../_shared/registers/register.ts";
import { acts } from "./acts/tables.ts";

export { receivedParts } from "../_shared/parts/tables.ts";
export { communes };

export type BusinessKind = "HOUSEHOLD" | "ENTERPRISE" | "BRANCH";
/** Form of an enterprise, Law on Enterprises 59/2020/QH14. */
export type EnterpriseForm = "PRIVATE" | "LLC_ONE_MEMBER" | "LLC" | "JOINT_STOCK" | "PARTNERSHIP";
/** State of a version. A suspension is a period of an active version, so that it ends without an act. */
export type VersionState = "ACTIVE" | "ENDED";
export type PersonRole = "OWNER" | "MEMBER" | "REPRESENTATIVE" | "HEAD";
/** Lists of industries: `2018` of Decision 27/2018/QĐ-TTg, `2025` of Decision 36/2025/QĐ-TTg. */
export type IndustryList = "2018" | "2025";

/** Act that made a version; null for entries of before acts were kept. */
export const actColumn = () => uuid("act_id").references(() => acts.id);

/** A tax code whose tenth digit is 10 minus the weighted sum modulo 11, as `parseTaxCode` reads it. */
function rightCheckDigit(code: AnyPgColumn): SQL {
  const terms = TAX_CODE_WEIGHTS.map((weight, i) => `${weight} * substr("code", ${i + 1}, 1)::int`).join(" + ");
  return sql`10 - (${sql.raw(terms)}) % 11 = substr(${code}, 10, 1)::int`;
}

/**
 * Enterprises, their branches and household businesses (doanh nghiệp, chi nhánh, hộ kinh doanh). The code is a tax code, or of a
 * household its owner's personal number (since 1 July 2025) or an older certificate number.
 */
export const businesses = register(
  pgTable(
    "businesses",
    {
      id: uuid("id").primaryKey(),
      code: text("code").notNull().unique(),
      /** The enterprise of a branch. */
      parentId: uuid("parent_id").references((): AnyPgColumn => businesses.id),
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
      index("businesses_by_parent").on(t.parentId),
    ],
  ),
);

/** Businesses that an act concerns. */
export const actBusinesses = register(
  pgTable(
    "act_businesses",
    {
      actId: uuid("act_id")
        .notNull()
        .references(() => acts.id),
      businessId: uuid("business_id")
        .notNull()
        .references(() => businesses.id),
    },
    (t) => [
      primaryKey({ name: "act_businesses_pk", columns: [t.businessId, t.actId] }),
      index("act_businesses_by_act").on(t.actId),
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
      kind: text("kind").$type<BusinessKind>().notNull(),
      communeList: text("commune_list").notNull(),
      communeCode: text("commune_code").notNull(),
      addressLine: text("address_line").notNull(),
      registeredOn: date("registered_on").$type<LegalDay>().notNull(),
      /** Words of the name without diacritics, for the search; null for entries of before they were kept. */
      nameWords: text("name_words").array(),
      foreignName: text("foreign_name"),
      shortName: text("short_name"),
      /** Of an enterprise; null for entries of before it was kept. */
      form: text("form").$type<EnterpriseForm>(),
      /** Business or charter capital in dong; null if it was not declared. */
      capital: bigint("capital", { mode: "number" }),
      state: text("state").$type<VersionState>().notNull().default("ACTIVE"),
      suspendedFrom: date("suspended_from").$type<LegalDay>(),
      /** Last day of the suspension; null for a household that stated none. */
      suspendedTo: date("suspended_to").$type<LegalDay>(),
      /** Number of changes that were registered so far (đăng ký thay đổi lần thứ). */
      changeNumber: integer("change_number").notNull().default(0),
      /** Numbers of rows in `business_people` and `business_lines`, so that none is added to a version later. */
      peopleCount: integer("people_count").notNull(),
      lineCount: integer("line_count").notNull(),
      actId: actColumn(),
    },
    (t) => [
      primaryKey({ columns: [t.businessId, t.version] }),
      foreignKey({
        name: "business_versions_commune",
        columns: [t.communeList, t.communeCode],
        foreignColumns: [communes.list, communes.code],
      }),
      index("business_versions_by_time").using("brin", t.recordedAt).with({ autosummarize: true }),
      index("business_versions_by_name").using("gin", t.nameWords).with(SHORT_PENDING_LIST),
      check("business_versions_kind", sql`${t.kind} in ('HOUSEHOLD', 'ENTERPRISE', 'BRANCH')`),
      check(
        "business_versions_form",
        sql`${t.form} is null or (${t.kind} = 'ENTERPRISE'
         and ${t.form} in ('PRIVATE', 'LLC_ONE_MEMBER', 'LLC', 'JOINT_STOCK', 'PARTNERSHIP'))`,
      ),
      check("business_versions_capital", sql`${t.capital} > 0`),
      check(
        "business_versions_state",
        sql`${t.state} = 'ACTIVE' or (${t.state} = 'ENDED' and ${t.version} > 1 and ${t.suspendedFrom} is null)`,
      ),
      check("business_versions_counts", sql`${t.peopleCount} > 0 and ${t.lineCount} > 0`),
      check(
        "business_versions_suspension",
        sql`(${t.suspendedTo} is null or ${t.suspendedFrom} is not null) and ${t.suspendedFrom} <= ${t.suspendedTo}
         and (${t.kind} = 'HOUSEHOLD' or ${t.suspendedFrom} is null or ${t.suspendedTo} is not null)`,
      ),
    ],
  ),
);

const ofVersion = () => ({ businessId: uuid("business_id").notNull(), version: integer("version").notNull() });

/** Owner, members, representatives or head in a version of a business. */
export const businessPeople = register(
  pgTable(
    "business_people",
    {
      ...ofVersion(),
      role: text("role").$type<PersonRole>().notNull(),
      personalId: text("personal_id").notNull(),
      /** Null for persons who were entered before names were kept. */
      fullName: text("full_name"),
      nameWords: text("name_words").array(),
    },
    (t) => [
      primaryKey({ name: "business_people_pk", columns: [t.businessId, t.version, t.role, t.personalId] }),
      foreignKey({
        name: "business_people_version",
        columns: [t.businessId, t.version],
        foreignColumns: [businessVersions.businessId, businessVersions.version],
      }),
      check("business_people_role", sql`${t.role} in ('OWNER', 'MEMBER', 'REPRESENTATIVE', 'HEAD')`),
      check("business_people_person", sql`${t.personalId} ~ '^[0-9]{12}$'`),
      index("business_people_by_person").on(t.personalId),
      index("business_people_by_name").using("gin", t.nameWords).with(SHORT_PENDING_LIST),
    ],
  ),
);

/** Lines of business (ngành, nghề kinh doanh) in a version of a business, VSIC level 4; the first is the main one. */
export const businessLines = register(
  pgTable(
    "business_lines",
    {
      ...ofVersion(),
      place: integer("place").notNull(),
      list: text("list").$type<IndustryList>().notNull(),
      code: text("code").notNull(),
    },
    (t) => [
      primaryKey({ name: "business_lines_pk", columns: [t.businessId, t.version, t.place] }),
      unique("business_lines_once").on(t.businessId, t.version, t.code),
      foreignKey({
        name: "business_lines_version",
        columns: [t.businessId, t.version],
        foreignColumns: [businessVersions.businessId, businessVersions.version],
      }),
      check("business_lines_list", sql`${t.list} in ('2018', '2025')`),
      check("business_lines_code", sql`${t.code} ~ '^[0-9]{4}$'`),
      check("business_lines_place", sql`${t.place} > 0`),
    ],
  ),
);

/** The version of each business that is in force. Triggers on `business_versions` write it and nobody else may. */
export const liveBusinesses = pgTable(
  "live_businesses",
  {
    businessId: uuid("business_id")
      .primaryKey()
      .references(() => businesses.id),
    version: integer("version").notNull(),
    kind: text("kind").$type<BusinessKind>().notNull(),
    communeCode: text("commune_code").notNull(),
    registeredOn: date("registered_on").$type<LegalDay>().notNull(),
    /** Owner of a household business, who has one at most. */
    householdOwner: text("household_owner").unique("live_businesses_household_owner"),
  },
  (t) => [
    foreignKey({
      name: "live_businesses_version",
      columns: [t.businessId, t.version],
      foreignColumns: [businessVersions.businessId, businessVersions.version],
    }),
    index("live_businesses_by_day").on(t.registeredOn, t.businessId),
    index("live_businesses_by_commune").on(t.communeCode, t.registeredOn, t.businessId),
  ],
);
