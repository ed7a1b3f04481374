import { sql } from "drizzle-orm";
import { check, index, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { register } from "../../_shared/registers/register.ts";
import { acts } from "../acts/tables.ts";
import { parcels } from "../tables.ts";

export type EncumbranceKind = "MORTGAGE" | "DISPUTE" | "BLOCK";

/** Mortgages, disputes and blocks of parcels. The id is that of the act that registered it. */
export const encumbrances = register(
  pgTable(
    "encumbrances",
    {
      id: uuid("id")
        .primaryKey()
        .references(() => acts.id),
      parcelId: text("parcel_id")
        .notNull()
        .references(() => parcels.id),
      kind: text("kind").$type<EncumbranceKind>().notNull(),
      /** Mortgagee, claimant, or the authority that blocks. */
      party: text("party").notNull(),
    },
    (t) => [
      check("encumbrances_kind", sql`${t.kind} in ('MORTGAGE', 'DISPUTE', 'BLOCK')`),
      index("encumbrances_by_parcel").on(t.parcelId),
    ],
  ),
);

/** Ends of encumbrances: at most one each. */
export const encumbranceEnds = register(
  pgTable("encumbrance_ends", {
    encumbranceId: uuid("encumbrance_id")
      .primaryKey()
      .references(() => encumbrances.id),
    actId: uuid("act_id")
      .notNull()
      .references(() => acts.id),
  }),
);
