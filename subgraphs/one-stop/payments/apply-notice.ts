import type postgres from "postgres";
import { uuidv7 } from "uuidv7";
import * as z from "zod";
import type { LiveRules } from "../clock-rules/rules-log.ts";
import type { OneStopConfiguration } from "../configuration.ts";
import type { DossierKinds } from "../definitions/dossier-kind.ts";
import { loadDossier } from "../saga/dossier.ts";
import type { Progress } from "../saga/progress.ts";
import type { SagaEvent } from "../saga/state.ts";
import { writeTransition } from "../saga/store.ts";
import { transition } from "../saga/transition.ts";
import { lockDossier } from "./lock-dossier.ts";
import type { Notice, NoticeProblem, NoticeSource } from "./notice.ts";
import { dong, isHeld, isOwed, type PaymentState } from "./payment.ts";

export type PaymentContext = {
  sql: postgres.Sql;
  kinds: DossierKinds;
  configuration: OneStopConfiguration;
  progress: Progress;
  rules: LiveRules;
  now: () => Date;
};

/** Effect of a notice. PROBLEM: a person has to review it. */
export type NoticeEffect = "APPLIED" | "REPEATED" | "PROBLEM";

type Order = {
  id: string;
  dossierId: string;
  state: PaymentState;
  amountVnd: number;
  refundedVnd: number;
  transaction: string | null;
};
type Assessment = { problem: NoticeProblem | null; event: SagaEvent | null };

/** Thrown inside a transaction to roll it back and read again: another process was faster. */
class StaleRead extends Error {}

/**
 * Applies a genuine notice of the provider and records it in the same transaction. Each notice counts once, even if several processes
 * receive it. A notice that does not fit its order is kept as a payment discrepancy.
 */
export async function applyNotice(
  paymentContext: PaymentContext,
  notice: Notice,
  source: NoticeSource,
): Promise<NoticeEffect> {
  const { sql, configuration } = paymentContext;
  for (;;) {
    if (await isKnown(sql, notice)) return "REPEATED";
    try {
      // the same functions, on one connection
      const applied = await sql.begin((transaction) =>
        applyLocked(paymentContext, transaction as unknown as postgres.Sql, notice, source),
      );
      await configuration.failpoints("after-commit", "PAYMENT");
      if (applied) paymentContext.progress.notify(applied);
      return applied ? "APPLIED" : "PROBLEM";
    } catch (error) {
      if (!(error instanceof StaleRead)) throw error;
    }
  }
}

/** Assesses and applies a notice while the order's dossier is locked: another notice of the order may arrive at the same time. */
async function applyLocked(paymentContext: PaymentContext, tx: postgres.Sql, notice: Notice, source: NoticeSource) {
  const found = await orderOf(tx, notice.order);
  if (found) await lockDossier(tx, found.dossierId);
  const order = found && (await orderOf(tx, notice.order));
  const { problem, event } = await assess(tx, order, notice);
  await insertNotice(tx, notice, { source, order, problem, at: paymentContext.now() });
  const changed = order && event ? await change(paymentContext, tx, order, notice, event) : null;
  await paymentContext.configuration.failpoints("before-commit", "PAYMENT");
  return changed;
}

async function isKnown(sql: postgres.Sql, { transaction, kind, order, amountVnd }: Notice): Promise<boolean> {
  const found = await sql`
    select 1 from payment_notices
     where transaction = ${transaction} and kind = ${kind} and order_number = ${order} and amount_vnd = ${amountVnd}`;
  return found.length > 0;
}

async function orderOf(sql: postgres.Sql, id: string): Promise<Order | null> {
  if (!z.uuid().safeParse(id).success) return null;
  const [found] = await sql<Order[]>`
    select id, dossier_id as "dossierId", state, amount_vnd::float8 as "amountVnd", refunded_vnd::float8 as "refundedVnd",
           transaction from payments where id = ${id}`;
  return found ?? null;
}

async function assess(sql: postgres.Sql, order: Order | null, notice: Notice): Promise<Assessment> {
  const problem = (reason: NoticeProblem): Assessment => ({ problem: reason, event: null });
  if (!order) return problem("ORDER_UNKNOWN");
  if (notice.kind === "REFUSED_REFUND") return problem("REFUND_REFUSED");
  if (notice.kind === "PAID_REFUND") return problem("REFUND_NOT_DUE");
  if (notice.amountVnd !== order.amountVnd) return problem("AMOUNT_DIFFERS");
  const sum = dong(notice.amountVnd);
  if (notice.kind === "REVERSED") {
    // the reversal of a second payment of the order does not concern the first
    if (!isHeld(order.state) || order.transaction !== notice.transaction) return problem("PAYMENT_UNKNOWN");
    const note = `Giao dịch nộp ${sum} bị đảo; đề nghị nộp lại phí, lệ phí`;
    return { problem: "REVERSED", event: { kind: "PAYMENT_REVERSED", note } };
  }
  if (!isOwed(order.state) && order.state !== "EXPIRED") return problem("NOT_OWED");
  const [known] = await sql<{ used: boolean; reversed: boolean }[]>`
    select exists (select 1 from payments where transaction = ${notice.transaction}) as used,
           exists (select 1 from payment_notices where transaction = ${notice.transaction} and kind = 'REVERSED') as reversed`;
  if (known?.reversed) return problem("REVERSED"); // the notice of the reversal arrived before that of the payment
  if (known?.used) return problem("TRANSACTION_USED");
  const note = `Đã nộp trực tuyến ${sum}, mã giao dịch ${notice.transaction}`;
  return { problem: null, event: { kind: "PAID", note } };
}

/** @throws StaleRead if another process has recorded the notice */
async function insertNotice(
  tx: postgres.Sql,
  { transaction, kind, order: number, amountVnd }: Notice,
  {
    source,
    order,
    problem,
    at,
  }: { source: NoticeSource; order: Order | null; problem: NoticeProblem | null; at: Date },
): Promise<void> {
  const inserted = await tx`
    insert into payment_notices (id, transaction, kind, source, order_number, payment_id, amount_vnd, at, problem)
    values (${uuidv7()}, ${transaction}, ${kind}, ${source}, ${number}, ${order?.id ?? null}, ${amountVnd}, ${at}, ${problem})
    on conflict do nothing returning id`;
  if (inserted.length === 0) throw new StaleRead();
}

/** Applies an event to the order's dossier. @throws StaleRead if another process has changed the dossier */
async function change(
  paymentContext: PaymentContext,
  tx: postgres.Sql,
  order: Order,
  { transaction }: Notice,
  event: SagaEvent,
) {
  const { kinds, configuration, rules } = paymentContext;
  const dossier = await loadDossier(tx, kinds, order.dossierId);
  if (dossier?.payment?.state !== order.state) throw new StaleRead();
  await rules.reach(dossier.rulesRevision);
  const now = paymentContext.now();
  if (event.kind === "PAID")
    await tx`
      update payments set payment_method = 'ELECTRONIC', transaction = ${transaction}, paid_at = ${now}, receipt = null
       where id = ${order.id}`;
  else await tx`delete from payment_refunds where payment_id = ${order.id} and done_at is null`;
  const next = transition(dossier, [event], null, {
    ...{ now, jitter: 0, backoff: configuration.backoff, actor: "ONE_STOP", leaseFollowUps: false, rules },
  });
  const written = await writeTransition(tx, dossier, next, now, configuration.leaseMs);
  if (!written) throw new StaleRead();
  return written.dossier;
}
