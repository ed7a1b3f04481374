import DataLoader from "dataloader";
import { asc, inArray } from "drizzle-orm";
import type { Database } from "../../_shared/serving/database.ts";
import { paymentRefunds, payments } from "./tables.ts";
import type { PaymentRow, RefundRow } from "./types.ts";

export function paymentLoaders(db: Database) {
  return {
    /** Payment orders of dossiers; null for a free dossier. */
    paymentByDossier: new DataLoader<string, PaymentRow | null>(async (ids) => {
      const rows = await db
        .select()
        .from(payments)
        .where(inArray(payments.dossierId, [...ids]));
      return ids.map((id) => rows.find((row) => row.dossierId === id) ?? null);
    }),
    /** Refunds of a payment in their order. */
    refundsByPayment: new DataLoader<string, RefundRow[]>(async (ids) => {
      const rows = await db
        .select()
        .from(paymentRefunds)
        .where(inArray(paymentRefunds.paymentId, [...ids]))
        .orderBy(asc(paymentRefunds.at), asc(paymentRefunds.id));
      return ids.map((id) => rows.filter(({ paymentId }) => paymentId === id));
    }),
  };
}
