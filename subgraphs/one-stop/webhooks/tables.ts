import { sql } from "drizzle-orm";
import { bigint, check, index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { instant } from "../instant-column.ts";
import type { DossierState } from "../saga/state.ts";
import { dossiers } from "../tables.ts";
import type { AttemptFailure } from "./attempt.ts";

export const PAUSE_REASONS = ["BY_HAND", "GONE", "FAILING"] as const;
export type PauseReason = (typeof PAUSE_REASONS)[number];

export type DeliveryKind = "CHANGE" | "PING";
export const WEBHOOK_DELIVERY_STATES = ["PENDING", "DELIVERED", "DEAD_LETTER"] as const;
export type WebhookDeliveryState = (typeof WEBHOOK_DELIVERY_STATES)[number];

/** Webhooks: addresses of receivers, each with a filter of changes. */
export const webhooks = pgTable(
  "webhooks",
  {
    id: uuid("id").primaryKey(),
    url: text("url").notNull(),
    /** Reach of the caller who created it, which bounds the changes: an office, or a province. */
    reachOffice: text("reach_office"),
    reachProvince: text("reach_province"),
    /** Filter; null does not filter. */
    filterProvince: text("filter_province"),
    filterOffice: text("filter_office"),
    filterProcedure: text("filter_procedure"),
    /** Business time. */
    pausedAt: instant("paused_at"),
    pauseReason: text("pause_reason").$type<PauseReason>(),
    /** Attempts that failed since the last one that succeeded. */
    failures: integer("failures").notNull().default(0),
    /** Time of the first of these failures, by the database's clock; null where there is none. */
    failingSince: instant("failing_since"),
    /** Time before which the receiver wants no request (Retry-After), by the database's clock. */
    notBefore: instant("not_before"),
    /** Subject of the token that created it. Owner and idempotency key identify a repeated request. */
    owner: text("owner").notNull(),
    idempotencyKey: text("idempotency_key").notNull(),
    bodyHash: text("body_hash").notNull(),
    /** Business time. */
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    unique("webhooks_owner_key").on(t.owner, t.idempotencyKey),
    check("webhooks_reach", sql`(${t.reachOffice} is null) <> (${t.reachProvince} is null)`),
    check("webhooks_paused", sql`(${t.pausedAt} is null) = (${t.pauseReason} is null)`),
    index("webhooks_by_office").on(t.reachOffice),
    index("webhooks_by_province").on(t.reachProvince),
  ],
);

const webhookId = () =>
  uuid("webhook_id")
    .notNull()
    .references(() => webhooks.id, { onDelete: "cascade" });

/** Secrets that sign the deliveries of a webhook. Each but the newest has an end. Times are those of the database's clock. */
export const webhookSecrets = pgTable(
  "webhook_secrets",
  {
    number: bigint("number", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    webhookId: webhookId(),
    secret: text("secret").notNull(),
    /** Key of the request that made it, so that a repeated request makes no other one. */
    idempotencyKey: text("idempotency_key").notNull(),
    endsAt: instant("ends_at"),
  },
  (t) => [unique("webhook_secrets_key").on(t.webhookId, t.idempotencyKey)],
);

/** Deliveries of webhooks. Pending ones are the outbox. Times are those of the database's clock, except `at`. */
export const webhookDeliveries = pgTable(
  "webhook_deliveries",
  {
    /** The `webhook-id` of every attempt. */
    id: uuid("id").primaryKey(),
    /** Order of the list. */
    number: bigint("number", { mode: "number" }).notNull().generatedAlwaysAsIdentity(),
    webhookId: webhookId(),
    kind: text("kind").$type<DeliveryKind>().notNull(),
    /** The change: its dossier, its place in the stream, and the dossier's state right after it; null for a ping. */
    dossierId: uuid("dossier_id").references(() => dossiers.id),
    code: text("code"),
    row: bigint("row", { mode: "number" }),
    place: integer("place"),
    dossierState: text("dossier_state").$type<DossierState>(),
    /** Business time of the change or ping. */
    at: instant("at").notNull(),
    state: text("state").$type<WebhookDeliveryState>().notNull().default("PENDING"),
    attempts: integer("attempts").notNull().default(0),
    nextAttemptAt: instant("next_attempt_at").notNull().defaultNow(),
    /** End of the lease. The worker that wrote `fencing_token` holds it. */
    leaseUntil: instant("lease_until"),
    fencingToken: bigint("fencing_token", { mode: "number" }).notNull().default(0),
    lastAttemptAt: instant("last_attempt_at"),
    lastStatus: integer("last_status"),
    lastFailure: text("last_failure").$type<AttemptFailure>(),
  },
  (t) => [
    index("webhook_deliveries_list").on(t.webhookId, t.number),
    index("webhook_deliveries_dead").on(t.webhookId, t.number).where(sql`${t.state} = 'DEAD_LETTER'`),
    index("webhook_deliveries_due").on(t.webhookId, t.nextAttemptAt, t.number).where(sql`${t.state} = 'PENDING'`),
    // the earlier changes of a dossier, which a later one waits for
    index("webhook_deliveries_order").on(t.webhookId, t.dossierId, t.row, t.place).where(sql`${t.state} = 'PENDING'`),
    index("webhook_deliveries_ended").on(t.state, t.lastAttemptAt).where(sql`${t.state} <> 'PENDING'`),
  ],
);
