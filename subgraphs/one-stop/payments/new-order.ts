import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { PgInsertValue } from "drizzle-orm/pg-core";
import type postgres from "postgres";
import { uuidv7 } from "uuidv7";
import type { Application } from "../acceptance/application.ts";
import { explainDue } from "../clock/due.ts";
import type { ClockRules } from "../clock/rules.ts";
import type { DossierDefinition } from "../definitions/definition.ts";
import type { PaymentConfiguration } from "./configuration.ts";
import { feesOf } from "./fees.ts";
import { type Owed, orderOf, type SagaPayment } from "./payment.ts";
import type { payments } from "./tables.ts";

/** Order of a new dossier. */
export type NewOrder = {
  payment: SagaPayment;
  /** True if the work begins only after the fee is paid. */
  payFirst: boolean;
  payBy: Date | null;
  /** True if the order is opened at a provider. */
  electronic: boolean;
};

type Moment = { now: Date; office: string; rules: ClockRules };

/**
 * Order for the fees of a new dossier; null for a free one. With a provider, the fee of an online dossier is paid before the work
 * begins. For the other channels the work begins at once.
 */
export function newOrder(
  definition: DossierDefinition,
  channel: Application["channel"],
  request: object,
  { provider, termDays }: PaymentConfiguration,
  moment: Moment,
): NewOrder | null {
  const lines = feesOf(definition, channel, request);
  if (lines.length === 0) return null;
  const payFirst = provider !== null && channel === "ONLINE";
  const payBy = payFirst && termDays > 0 ? endOfTerm(termDays, moment) : null;
  return { payment: orderOf(lines), payFirst, payBy, electronic: provider !== null };
}

/**
 * Order that a dossier gets for what an agency has stated to be paid, by the day of its notice; null if it gets none. A later payment
 * is late by the tax law, and still awaited. It is opened at the provider, if there is one.
 */
export function statedOrder(
  before: { code: string; payment: SagaPayment | null },
  { payment }: { payment: SagaPayment | null },
  owed: Owed | null,
  paying: Pick<PaymentConfiguration, "provider"> | undefined,
): NewOrder | null {
  if (before.payment || !payment || !owed) return null;
  if (!paying) throw new Error(`Dossier ${before.code} has an answer that states a payment, without its rules`);
  const payBy = owed.dueOn === null ? null : new Date(`${owed.dueOn}T${END_OF_DAY}+07:00`);
  return { payment, payFirst: false, payBy, electronic: paying.provider !== null };
}

export function orderRow(dossierId: string, { payment, payBy, electronic }: NewOrder): PgInsertValue<typeof payments> {
  return { id: uuidv7(), dossierId, ...payment, payBy, nextAttemptAt: electronic ? sql`now()` : null };
}

const POLL_MS = 50;
const END_OF_DAY = "23:59:59";

/** Waits, for at most `ms`, until the provider has given the address at which the fee is paid. */
export async function waitForPayUrl(db: postgres.Sql, dossierId: string, ms: number): Promise<void> {
  for (const deadline = Date.now() + ms; Date.now() < deadline; await sleep(POLL_MS)) {
    const [open] = await db`
      select 1 from payments p join dossiers d on d.id = p.dossier_id
       where d.id = ${dossierId} and d.state = 'AWAITING_PAYMENT' and p.state = 'PENDING' and p.pay_url is null`;
    if (!open) return;
  }
}

function endOfTerm(days: number, { now, office, rules }: Moment): Date | null {
  const calendar = rules.calendarAt({ agency: "ONE_STOP", office });
  return explainDue({ receivedAt: now, term: { quantity: days, unit: "WORKING_DAY" }, cutoff: null, calendar }).dueAt;
}
