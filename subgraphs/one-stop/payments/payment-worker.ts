import type { Logger } from "pino";
import type postgres from "postgres";
import { backoffMs } from "../saga/backoff.ts";
import { packEntries } from "../saga/stored-history.ts";
import { applyNotice, type PaymentContext } from "./apply-notice.ts";
import { lockDossier } from "./lock-dossier.ts";
import { dong, type PaymentState } from "./payment.ts";
import { type PaymentProvider, type ProviderOrder, ProviderRefusal, ProviderUnavailable } from "./provider.ts";
import { type DueRefund, payOut } from "./refunds.ts";

export type PaymentWorkerOptions = {
  paymentContext: PaymentContext;
  provider: PaymentProvider;
  log: Logger;
};

type QueriedOrder = {
  id: string;
  amountVnd: number;
  code: string;
  payUrl: string | null;
  state: PaymentState;
  queries: number;
  failures: number;
};

/** Largest number of orders, and of refunds, that one poll takes. */
const BATCH_SIZE = 20;
/** Longest pause between two queries of a pending order, and between two calls that are not answered. */
const LONGEST_PAUSE_MS = 600_000;
/** Longest pause between two queries of an order that has ended. */
const LONGEST_PAUSE_AFTER_END_MS = 86_400_000;
/**
 * Queries of an order that has ended, about a month: it may be paid although nothing is owed, or its payment may be reversed, and
 * the notice may be lost.
 */
const QUERIES_AFTER_END = 40;

/**
 * Opens orders at the provider, queries their state, and pays refunds out. Any number of processes may run it: a process
 * takes a row by moving its `next_attempt_at`, and a repeated call changes nothing.
 */
export function startPayments(options: PaymentWorkerOptions): { stop(): Promise<void> } {
  const { pollMs, concurrency } = options.paymentContext.configuration;
  let isStopping = false;
  let wake = () => {};
  const work = async () => {
    while (!isStopping) {
      const worked = await pollOnce(options).catch((error: unknown) => {
        options.log.warn({ err: error }, "Polling for due payments failed");
        return 0;
      });
      if (worked === 0)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, pollMs);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
    }
  };
  const working = concurrency > 0 ? work() : Promise.resolve();
  return {
    async stop() {
      isStopping = true;
      wake();
      await working;
    },
  };
}

async function pollOnce(options: PaymentWorkerOptions): Promise<number> {
  const { sql, configuration } = options.paymentContext;
  const leaseMs = Math.max(configuration.leaseMs, configuration.deliveryTimeoutMs * 2);
  const orders = await sql<QueriedOrder[]>`
    update payments p set next_attempt_at = now() + ${leaseMs} * interval '1 millisecond'
      from dossiers d where d.id = p.dossier_id and p.id in (
       select id from payments where next_attempt_at <= now() order by next_attempt_at limit ${BATCH_SIZE} for update skip locked)
    returning p.id, p.amount_vnd::float8 as "amountVnd", d.code, p.pay_url as "payUrl", p.state, p.queries, p.failures`;
  const refunds = await sql<(DueRefund & { failures: number })[]>`
    update payment_refunds r set next_attempt_at = now() + ${leaseMs} * interval '1 millisecond'
     where r.id in (
       select id from payment_refunds where next_attempt_at <= now() order by next_attempt_at limit ${BATCH_SIZE} for update skip locked)
    returning r.id, r.payment_id as payment, r.amount_vnd::float8 as "amountVnd", r.failures`;
  await Promise.all([
    ...orders.map((order) => attempt(options, "payments", order, () => openOrQuery(options, order))),
    ...refunds.map((refund) =>
      attempt(options, "payment_refunds", refund, () => payOut(options.paymentContext, options.provider, refund)),
    ),
  ]);
  return orders.length + refunds.length;
}

/** Makes one call. The pause grows with each call in a row that is not answered. */
async function attempt(
  { paymentContext, log }: PaymentWorkerOptions,
  table: "payments" | "payment_refunds",
  { id, failures }: { id: string; failures: number },
  call: () => Promise<void>,
): Promise<void> {
  const { sql, configuration } = paymentContext;
  try {
    await call();
  } catch (error) {
    if (error instanceof ProviderUnavailable) {
      const pace = { baseMs: configuration.backoff.deliver.baseMs, capMs: LONGEST_PAUSE_MS };
      const ms = backoffMs(failures, Math.random(), pace);
      log.warn({ payment: id, reason: error.message }, "The payment provider does not respond");
      await sql`
        update ${sql(table)} set next_attempt_at = now() + ${ms} * interval '1 millisecond', failures = failures + 1
         where id = ${id} and next_attempt_at is not null`;
    } else log.error({ err: error, payment: id }, "A call of the payment provider failed"); // repeated when its lease ends
  }
}

/** Opens an order, or queries its state. */
async function openOrQuery(
  { paymentContext, provider, log }: PaymentWorkerOptions,
  order: QueriedOrder,
): Promise<void> {
  const { sql, configuration } = paymentContext;
  try {
    const known = order.payUrl === null ? null : await provider.find(order.id);
    if (!known && order.state !== "PENDING") return await stopQueries(sql, order);
    const found = known ?? (await provider.open(order.id, order.amountVnd, `Phí, lệ phí hồ sơ ${order.code}`));
    await applyOrderState(paymentContext, order, found);
    await scheduleQuery(sql, order, configuration.payments.queryMs);
    if (order.payUrl === null) await recordPayUrl(paymentContext, order, found.payUrl);
  } catch (error) {
    if (!(error instanceof ProviderRefusal)) throw error;
    log.error({ payment: order.id, reason: error.message }, "The payment provider rejects an order");
    await stopQueries(sql, order);
  }
}

/** Sets the time of the next query. An order whose state has changed meanwhile has its own time already. */
async function scheduleQuery(sql: postgres.Sql, { id, state, queries }: QueriedOrder, queryMs: number): Promise<void> {
  const capMs = state === "PENDING" ? LONGEST_PAUSE_MS : LONGEST_PAUSE_AFTER_END_MS;
  const ms = backoffMs(queries, 1, { baseMs: queryMs, capMs: Math.max(capMs, queryMs) });
  const isLast = state !== "PENDING" && queries + 1 >= QUERIES_AFTER_END;
  await sql`
    update payments set queries = queries + 1, failures = 0,
           next_attempt_at = ${isLast ? null : sql`now() + ${ms} * interval '1 millisecond'`}
     where id = ${id} and state = ${state} and next_attempt_at is not null`;
}

async function stopQueries(sql: postgres.Sql, { id }: QueriedOrder): Promise<void> {
  await sql`update payments set next_attempt_at = null where id = ${id}`;
}

async function applyOrderState(
  paymentContext: PaymentContext,
  { id }: QueriedOrder,
  found: ProviderOrder,
): Promise<void> {
  if (found.state === "OPEN" || found.transaction === null) return;
  const notice = { kind: found.state, transaction: found.transaction, order: id, amountVnd: found.amountVnd };
  await applyNotice(paymentContext, notice, "QUERY");
}

/** Records the address of the provider's page once. The entry in the history wakes readers that wait for it. */
async function recordPayUrl(
  { sql, now, progress }: PaymentContext,
  { id, amountVnd }: QueriedOrder,
  payUrl: string,
): Promise<void> {
  const note = `Đề nghị nộp ${dong(amountVnd)} tại ${payUrl}`;
  await sql.begin(async (transaction) => {
    const tx = transaction as unknown as postgres.Sql; // the same functions, on one connection
    const [order] = await tx<{ dossier: string }[]>`select dossier_id as dossier from payments where id = ${id}`;
    if (!order) return;
    await lockDossier(tx, order.dossier);
    const first = await tx`
      update payments set pay_url = ${payUrl} where id = ${id} and pay_url is null and state = 'PENDING' returning id`;
    if (first.length === 0) return;
    await tx`
      update dossiers set revision = revision + 1, updated_at = ${now()} where id = ${order.dossier}`;
    await tx`
      insert into history (dossier_id, at, entries)
      values (${order.dossier}, ${now()}, ${packEntries([{ stepKey: null, state: "PENDING", actor: "ONE_STOP", note }])})`;
  });
  progress.changed();
}
