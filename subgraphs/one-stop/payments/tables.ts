import { sql } from "drizzle-orm";
import { bigint, check, index, integer, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { instant } from "../instant-column.ts";
import { dossiers } from "../tables.ts";
import type { NoticeKind, NoticeProblem, NoticeSource } from "./notice.ts";
import type { FeeLine, PaymentMethod, PaymentState } from "./payment.ts";

const vnd = (name: string) => bigint(name, { mode: "number" });

/** Payment orders (yêu cầu thực hiện nghĩa vụ tài chính): one for each dossier with a fee. Amounts are in dong. */
export const payments = pgTable(
  "payments",
  {
    /** Also the order's number at the provider. */
    id: uuid("id").primaryKey(),
    dossierId: uuid("dossier_id")
      .notNull()
      .unique()
      .references(() => dossiers.id),
    state: text("state").$type<PaymentState>().notNull(),
    amountVnd: vnd("amount_vnd").notNull(),
    lines: jsonb("lines").$type<readonly FeeLine[]>().notNull(),
    /** End of the term to pay, where the work waits for the payment. Business time. */
    payBy: instant("pay_by"),
    /** Address of the provider's page; null until the provider has given it. */
    payUrl: text("pay_url"),
    paymentMethod: text("payment_method").$type<PaymentMethod>(),
    /** The provider's number of the transaction that paid the order. */
    transaction: text("transaction").unique(),
    /** Business time. */
    paidAt: instant("paid_at"),
    /** Number of the receipt for cash. */
    receipt: text("receipt"),
    /** Legal basis of a waiver. */
    waiverBasis: text("waiver_basis"),
    /** Clerk who received the cash or recorded the waiver. */
    recordedBy: text("recorded_by"),
    recordedName: text("recorded_name"),
    refundVnd: vnd("refund_vnd").notNull().default(0),
    refundedVnd: vnd("refunded_vnd").notNull().default(0),
    /** Queries that the provider has answered in this state. */
    queries: integer("queries").notNull().default(0),
    /** Calls since the last one that the provider answered. */
    failures: integer("failures").notNull().default(0),
    /** Time of the next call; null without a provider, and a month after the order has ended. */
    nextAttemptAt: instant("next_attempt_at"),
  },
  (t) => [
    check("payments_amount", sql`${t.amountVnd} > 0`),
    check(
      "payments_refunds",
      sql`0 <= ${t.refundedVnd} and ${t.refundedVnd} <= ${t.refundVnd} and ${t.refundVnd} <= ${t.amountVnd}`,
    ),
    check(
      "payments_held",
      sql`${t.state} not in ('PAID', 'REFUND_DUE', 'REFUNDED') or (${t.paymentMethod} is not null and ${t.paidAt} is not null)`,
    ),
    check(
      "payments_cash",
      sql`${t.paymentMethod} <> 'CASH' or (${t.receipt} is not null and ${t.recordedBy} is not null)`,
    ),
    check("payments_waived", sql`${t.state} <> 'WAIVED' or ${t.waiverBasis} is not null`),
    index("payments_due").on(t.nextAttemptAt).where(sql`${t.nextAttemptAt} is not null`),
  ],
);

/** Refunds, one row for each. The id is the idempotency key at the provider. */
export const paymentRefunds = pgTable(
  "payment_refunds",
  {
    id: uuid("id").primaryKey(),
    paymentId: uuid("payment_id")
      .notNull()
      .references(() => payments.id),
    amountVnd: vnd("amount_vnd").notNull(),
    /** Business time at which the refund became due. */
    at: instant("at").notNull(),
    /** Business time of the payout; null while it is due. */
    doneAt: instant("done_at"),
    /** The provider's number of the refund, or that of the payment slip for cash. */
    receipt: text("receipt"),
    /** Calls that the provider has not answered. */
    failures: integer("failures").notNull().default(0),
    /** Time of the next call of the provider; null for cash, after the payout, and after the provider refused it. */
    nextAttemptAt: instant("next_attempt_at"),
  },
  (t) => [
    check("payment_refunds_amount", sql`${t.amountVnd} > 0`),
    check("payment_refunds_done", sql`(${t.doneAt} is null) = (${t.receipt} is null)`),
    index("payment_refunds_by_payment").on(t.paymentId),
    index("payment_refunds_due").on(t.nextAttemptAt).where(sql`${t.nextAttemptAt} is not null`),
  ],
);

/** Notices of the provider, each once. A person reviews those with a problem. */
export const paymentNotices = pgTable(
  "payment_notices",
  {
    id: uuid("id").primaryKey(),
    /** The provider's number of the transaction; for a refused refund, the refund's id. */
    transaction: text("transaction").notNull(),
    kind: text("kind").$type<NoticeKind>().notNull(),
    source: text("source").$type<NoticeSource>().notNull(),
    /** The order's number as the provider gave it. */
    orderNumber: text("order_number").notNull(),
    paymentId: uuid("payment_id").references(() => payments.id),
    amountVnd: vnd("amount_vnd").notNull(),
    /** Business time. */
    at: instant("at").notNull(),
    problem: text("problem").$type<NoticeProblem>(),
    settledAt: instant("settled_at"),
    settledBy: text("settled_by"),
    settledName: text("settled_name"),
    settlement: text("settlement"),
    settledKey: text("settled_key"),
  },
  (t) => [
    unique("payment_notices_once").on(t.transaction, t.kind, t.orderNumber, t.amountVnd),
    check("payment_notices_settled", sql`(${t.settledAt} is null) = (${t.settlement} is null)`),
    index("payment_notices_open").on(t.at, t.id).where(sql`${t.problem} is not null and ${t.settledAt} is null`),
    index("payment_notices_by_payment").on(t.paymentId),
  ],
);
