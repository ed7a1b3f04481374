import { sql } from "drizzle-orm";
import { bigint, check, date, index, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { register } from "../../_shared/registers/register.ts";
import { acts } from "../acts/tables.ts";
import { parcels } from "../tables.ts";

export type ObligationKind = "PERSONAL_INCOME_TAX" | "REGISTRATION_FEE" | "LAND_USE_FEE" | "LAND_RENT";
export type SettlementOutcome = "PAID" | "EXEMPTED" | "WITHDRAWN";

/** Financial obligations as the tax office has notified them. The id is that of the act that entered it. */
export const obligations = register(
  pgTable(
    "obligations",
    {
      id: uuid("id")
        .primaryKey()
        .references(() => acts.id),
      parcelId: text("parcel_id")
        .notNull()
        .references(() => parcels.id),
      debtor: text("debtor").notNull(),
      kind: text("kind").$type<ObligationKind>().notNull(),
      /** In dong. */
      amount: bigint("amount", { mode: "number" }).notNull(),
      dueOn: date("due_on").$type<LegalDay>().notNull(),
    },
    (t) => [
      check("obligations_amount", sql`${t.amount} > 0`),
      check("obligations_debtor", sql`${t.debtor} ~ '^[0-9]{12}$'`),
      check(
        "obligations_kind",
        sql`${t.kind} in ('PERSONAL_INCOME_TAX', 'REGISTRATION_FEE', 'LAND_USE_FEE', 'LAND_RENT')`,
      ),
      index("obligations_by_parcel").on(t.parcelId),
    ],
  ),
);

/** Ends of obligations: at most one each. */
export const obligationSettlements = register(
  pgTable(
    "obligation_settlements",
    {
      obligationId: uuid("obligation_id")
        .primaryKey()
        .references(() => obligations.id),
      actId: uuid("act_id")
        .notNull()
        .references(() => acts.id),
      outcome: text("outcome").$type<SettlementOutcome>().notNull(),
    },
    (t) => [check("obligation_settlements_outcome", sql`${t.outcome} in ('PAID', 'EXEMPTED', 'WITHDRAWN')`)],
  ),
);
