import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { instant } from "../instant-column.ts";
import { dossiers } from "../tables.ts";

/** Keys of the cases of open and granted dossiers: two desks cannot both be acknowledged for the same case. */
export const duplicateKeys = pgTable("dossier_duplicate_keys", {
  /** Digest of `<kind>:<key of the case>`, where kinds of the same cases have one name: see `storedKey`. */
  key: uuid("key").primaryKey(),
  dossierId: uuid("dossier_id")
    .notNull()
    .references(() => dossiers.id),
});

/** Last number in an office's dossier codes of a day. */
export const codeCounters = pgTable(
  "code_counters",
  { agencyCode: text("agency_code").notNull(), day: text("day").notNull(), last: integer("last").notNull() },
  (t) => [primaryKey({ columns: [t.agencyCode, t.day] })],
);

/** Blocks of codes that desks have reserved for offline hours. One row for each idempotency key. */
export const codeReservations = pgTable(
  "code_reservations",
  {
    owner: text("owner").notNull(),
    idempotencyKey: text("idempotency_key").notNull(),
    bodyHash: text("body_hash").notNull(),
    office: text("office").notNull(),
    /** Business time. */
    at: instant("at").notNull(),
    validUntil: instant("valid_until").notNull(),
  },
  (t) => [primaryKey({ columns: [t.owner, t.idempotencyKey] })],
);

/** Reserved codes. Each ends as used by one dossier, or as void. */
export const reservedCodes = pgTable(
  "reserved_codes",
  {
    code: text("code").primaryKey(),
    owner: text("owner").notNull(),
    idempotencyKey: text("idempotency_key").notNull(),
    office: text("office").notNull(),
    validUntil: instant("valid_until").notNull(),
    dossierId: uuid("dossier_id")
      .unique()
      .references(() => dossiers.id),
    usedAt: instant("used_at"),
    voidAt: instant("void_at"),
    /** Subject of the clerk who made it void, with the key of the request; null where the term has ended. */
    voidBy: text("void_by"),
    voidKey: text("void_key"),
    voidReason: text("void_reason"),
  },
  (t) => [
    foreignKey({
      name: "reserved_codes_reservation",
      columns: [t.owner, t.idempotencyKey],
      foreignColumns: [codeReservations.owner, codeReservations.idempotencyKey],
    }),
    unique("reserved_codes_void_key").on(t.voidBy, t.voidKey),
    check("reserved_codes_end", sql`${t.dossierId} is null or ${t.voidAt} is null`),
    index("reserved_codes_open").on(t.validUntil).where(sql`${t.dossierId} is null and ${t.voidAt} is null`),
  ],
);
