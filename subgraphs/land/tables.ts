import { sql } from "drizzle-orm";
import {
  check,
  date,
  foreignKey,
  index,
  integer,
  numeric,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import type { LegalDay } from "../_shared/reference/days.ts";
import { versionColumns } from "../_shared/registers/columns.ts";
import { communes } from "../_shared/registers/communes-table.ts";
import { SHORT_PENDING_LIST } from "../_shared/registers/pending-list.ts";
import { register } from "../_shared/registers/register.ts";
import { acts } from "./acts/tables.ts";

export { receivedParts } from "../_shared/parts/tables.ts";
export { communes };

/** State of a parcel. A parcel ends when others are made of it. */
export type ParcelState = "LIVE" | "SPLIT" | "MERGED";
export type CertificateState = "LIVE" | "ENDED";

/** Act that made a version; null for entries of before acts were kept. */
const actColumn = () => uuid("act_id").references(() => acts.id);

/** Land parcels (thửa đất). The id is the 12-character GeoHash of Circular 09/2024/TT-BTNMT. */
export const parcels = register(
  pgTable("parcels", { id: text("id").primaryKey() }, (t) => [
    check("parcels_id_geohash", sql`${t.id} ~ '^w[0-9b-hjkmnp-z]{11}$'`),
  ]),
);

/** Parcels that an act concerns. */
export const actParcels = register(
  pgTable(
    "act_parcels",
    {
      actId: uuid("act_id")
        .notNull()
        .references(() => acts.id),
      parcelId: text("parcel_id")
        .notNull()
        .references(() => parcels.id),
    },
    (t) => [
      primaryKey({ name: "act_parcels_pk", columns: [t.parcelId, t.actId] }),
      index("act_parcels_by_act").on(t.actId),
    ],
  ),
);

export const parcelVersions = register(
  pgTable(
    "parcel_versions",
    {
      parcelId: text("parcel_id")
        .notNull()
        .references(() => parcels.id),
      ...versionColumns(),
      communeList: text("commune_list").notNull(),
      communeCode: text("commune_code").notNull(),
      sheetNo: integer("sheet_no").notNull(),
      parcelNo: integer("parcel_no").notNull(),
      areaM2: numeric("area_m2", { precision: 12, scale: 1, mode: "number" }).notNull(),
      purpose: text("purpose").notNull(),
      /** Last day of the term of use; null for long-term use (ổn định lâu dài). */
      termEndsOn: date("term_ends_on").$type<LegalDay>(),
      state: text("state").$type<ParcelState>().notNull().default("LIVE"),
      actId: actColumn(),
    },
    (t) => [
      primaryKey({ columns: [t.parcelId, t.version] }),
      foreignKey({
        name: "parcel_versions_commune",
        columns: [t.communeList, t.communeCode],
        foreignColumns: [communes.list, communes.code],
      }),
      index("parcel_versions_by_act").on(t.actId),
      check("parcel_versions_area", sql`${t.areaM2} > 0`),
      check("parcel_versions_numbers", sql`${t.sheetNo} > 0 and ${t.parcelNo} > 0`),
      check("parcel_versions_purpose", sql`${t.purpose} ~ '^[A-Z]{3}$'`),
      check(
        "parcel_versions_state",
        sql`${t.state} = 'LIVE' or (${t.state} in ('SPLIT', 'MERGED') and ${t.version} > 1)`,
      ),
    ],
  ),
);

/** Parcels of which others were made, by a split or a merge. */
export const parcelAncestry = register(
  pgTable(
    "parcel_ancestry",
    {
      childId: text("child_id")
        .notNull()
        .references(() => parcels.id),
      parentId: text("parent_id")
        .notNull()
        .references(() => parcels.id),
      actId: uuid("act_id")
        .notNull()
        .references(() => acts.id),
    },
    (t) => [
      primaryKey({ name: "parcel_ancestry_pk", columns: [t.childId, t.parentId] }),
      index("parcel_ancestry_by_parent").on(t.parentId),
      index("parcel_ancestry_by_act").on(t.actId),
      check("parcel_ancestry_itself", sql`${t.childId} <> ${t.parentId}`),
    ],
  ),
);

/** The version of each parcel that is in force. Triggers on `parcel_versions` write it and nobody else may. */
export const liveParcels = pgTable(
  "live_parcels",
  {
    parcelId: text("parcel_id")
      .primaryKey()
      .references(() => parcels.id),
    version: integer("version").notNull(),
    communeCode: text("commune_code").notNull(),
    sheetNo: integer("sheet_no").notNull(),
    parcelNo: integer("parcel_no").notNull(),
  },
  (t) => [
    unique("live_parcels_place").on(t.communeCode, t.sheetNo, t.parcelNo),
    foreignKey({
      name: "live_parcels_version",
      columns: [t.parcelId, t.version],
      foreignColumns: [parcelVersions.parcelId, parcelVersions.version],
    }),
  ],
);

/** Land-use certificates (giấy chứng nhận quyền sử dụng đất), Land Law 31/2024, art. 134. */
export const certificates = register(
  pgTable(
    "certificates",
    {
      id: uuid("id").primaryKey(),
      serial: text("serial").notNull().unique(),
      parcelId: text("parcel_id")
        .notNull()
        .references(() => parcels.id),
    },
    (t) => [
      check("certificates_serial", sql`${t.serial} ~ '^[A-ZĐ]{2} ([0-9]{6}|[0-9]{8})$'`),
      index("certificates_by_parcel").on(t.parcelId),
    ],
  ),
);

export const certificateVersions = register(
  pgTable(
    "certificate_versions",
    {
      certificateId: uuid("certificate_id")
        .notNull()
        .references(() => certificates.id),
      ...versionColumns(),
      issuedOn: date("issued_on").$type<LegalDay>().notNull(),
      /** Number in the book of certificates (số vào sổ); null for entries of before it was kept. */
      bookNumber: text("book_number"),
      state: text("state").$type<CertificateState>().notNull().default("LIVE"),
      /** Common denominator of the holders' shares; 0 in the version that ends the certificate, which has no holders. */
      shareTotal: integer("share_total").notNull(),
      actId: actColumn(),
    },
    (t) => [
      primaryKey({ columns: [t.certificateId, t.version] }),
      index("certificate_versions_by_book").on(t.bookNumber),
      check(
        "certificate_versions_state",
        sql`(${t.state} = 'LIVE' and ${t.shareTotal} between 1 and 1000000)
         or (${t.state} = 'ENDED' and ${t.shareTotal} = 0 and ${t.version} > 1)`,
      ),
    ],
  ),
);

/** Holders of the right in a version of a certificate; co-owners are several rows, whose shares add up to its `share_total`. */
export const certificateHolders = register(
  pgTable(
    "certificate_holders",
    {
      certificateId: uuid("certificate_id").notNull(),
      version: integer("version").notNull(),
      personalId: text("personal_id").notNull(),
      /** As on the certificate; null for holders who were entered before names were kept. */
      fullName: text("full_name"),
      /** Words of the name without diacritics, for the search. */
      nameWords: text("name_words").array(),
      /** Numerator of the share; the denominator is the version's `share_total`. */
      shares: integer("shares").notNull(),
    },
    (t) => [
      primaryKey({ name: "certificate_holders_pk", columns: [t.certificateId, t.version, t.personalId] }),
      check("certificate_holders_person", sql`${t.personalId} ~ '^[0-9]{12}$'`),
      check("certificate_holders_shares", sql`${t.shares} > 0`),
      foreignKey({
        name: "certificate_holders_version",
        columns: [t.certificateId, t.version],
        foreignColumns: [certificateVersions.certificateId, certificateVersions.version],
      }),
      index("certificate_holders_by_person").on(t.personalId),
      index("certificate_holders_by_name").using("gin", t.nameWords).with(SHORT_PENDING_LIST),
    ],
  ),
);

/**
 * The one certificate of each parcel that is in force, with its version. Triggers on `certificate_versions` write it and nobody
 * else may. Its primary key is why a parcel never has two live certificates.
 */
export const liveCertificates = pgTable(
  "live_certificates",
  {
    parcelId: text("parcel_id")
      .primaryKey()
      .references(() => liveParcels.parcelId),
    certificateId: uuid("certificate_id").notNull().unique(),
    version: integer("version").notNull(),
    serial: text("serial").notNull(),
    issuedOn: date("issued_on").$type<LegalDay>().notNull(),
  },
  (t) => [
    foreignKey({
      name: "live_certificates_version",
      columns: [t.certificateId, t.version],
      foreignColumns: [certificateVersions.certificateId, certificateVersions.version],
    }),
    index("live_certificates_by_day").on(t.issuedOn, t.serial),
  ],
);
