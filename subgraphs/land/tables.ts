import { sql } from "drizzle-orm";
import { check, date, foreignKey, index, integer, numeric, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { LegalDay } from "../_shared/reference/days.ts";
import { versionColumns } from "../_shared/registers/columns.ts";
import { communes } from "../_shared/registers/communes-table.ts";
import { register } from "../_shared/registers/register.ts";

export { communes };

/** Land parcels (thửa đất). The id is the 12-character GeoHash of Circular 09/2024/TT-BTNMT. */
export const parcels = register(
  pgTable("parcels", { id: text("id").primaryKey() }, (t) => [
    check("parcels_id_geohash", sql`${t.id} ~ '^w[0-9b-hjkmnp-z]{11}$'`),
  ]),
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
    },
    (t) => [
      primaryKey({ columns: [t.parcelId, t.version] }),
      foreignKey({
        name: "parcel_versions_commune",
        columns: [t.communeList, t.communeCode],
        foreignColumns: [communes.list, communes.code],
      }),
      check("parcel_versions_area", sql`${t.areaM2} > 0`),
      check("parcel_versions_numbers", sql`${t.sheetNo} > 0 and ${t.parcelNo} > 0`),
      check("parcel_versions_purpose", sql`${t.purpose} ~ '^[A-Z]{3}$'`),
    ],
  ),
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
    (t) => [check("certificates_serial", sql`${t.serial} ~ '^[A-ZĐ]{2} ([0-9]{6}|[0-9]{8})$'`)],
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
    },
    (t) => [primaryKey({ columns: [t.certificateId, t.version] })],
  ),
);

/** Holders of the right in a version of a certificate; co-owners are several rows. */
export const certificateHolders = register(
  pgTable(
    "certificate_holders",
    {
      certificateId: uuid("certificate_id").notNull(),
      version: integer("version").notNull(),
      personalId: text("personal_id").notNull(),
    },
    (t) => [
      primaryKey({ name: "certificate_holders_pk", columns: [t.certificateId, t.version, t.personalId] }),
      check("certificate_holders_person", sql`${t.personalId} ~ '^[0-9]{12}$'`),
      foreignKey({
        name: "certificate_holders_version",
        columns: [t.certificateId, t.version],
        foreignColumns: [certificateVersions.certificateId, certificateVersions.version],
      }),
      index("certificate_holders_by_person").on(t.personalId),
    ],
  ),
);
