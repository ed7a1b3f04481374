import { sql } from "drizzle-orm";
import { bigint, check, index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { instant } from "../instant-column.ts";
import { dossiers } from "../tables.ts";
import type { DeliveryProblem } from "./delivery-problem.ts";

/**
 * Deliveries of dossiers to the national portal: one row for each dossier with a change that the consumer has taken. What is to be
 * sent is the dossier's history; the row only tells that there may be something.
 */
export const portalDeliveries = pgTable(
  "portal_deliveries",
  {
    dossierId: uuid("dossier_id")
      .primaryKey()
      .references(() => dossiers.id),
    /** Number of the newest row of the history that the consumer has taken. */
    takenRow: bigint("taken_row", { mode: "number" }).notNull(),
    /** Number of steps that the portal has acknowledged. */
    sentSteps: integer("sent_steps").notNull().default(0),
    /** Time of the last delivery that left nothing to send; by the database's clock. */
    deliveredAt: instant("delivered_at"),
    /** Reason for which a person has to act; null while the delivery goes on by itself. */
    problem: text("problem").$type<DeliveryProblem>(),
    /** Details: the portal's own words, or the missing entry of the mappings. */
    words: text("words"),
    problemAt: instant("problem_at"),
    /** Steps in which portal and desk differ at the last comparison, and how many of them a person has accepted. */
    differences: integer("differences").notNull().default(0),
    acceptedDifferences: integer("accepted_differences").notNull().default(0),
    /** Reason of the person who accepted them; it stands in the text of a step that takes the status back. */
    correction: text("correction"),
    /** Turns in a row that the portal has not answered. */
    failures: integer("failures").notNull().default(0),
    /** Refusals since the last delivery, or since a person acted. */
    refusals: integer("refusals").notNull().default(0),
    /** Time of the next turn; null where nothing is to be sent, or a person has to act. */
    nextAttemptAt: instant("next_attempt_at"),
    /** End of the lease, by the database's clock. The worker that wrote `fencing_token` holds it. */
    leaseUntil: instant("lease_until"),
    fencingToken: bigint("fencing_token", { mode: "number" }).notNull().default(0),
  },
  (t) => [
    check("portal_deliveries_problem", sql`(${t.problem} is null) = (${t.problemAt} is null)`),
    check("portal_deliveries_stopped", sql`${t.problem} is null or ${t.nextAttemptAt} is null`),
    index("portal_deliveries_due").on(t.nextAttemptAt).where(sql`${t.nextAttemptAt} is not null`),
    index("portal_deliveries_stuck").on(t.problemAt, t.dossierId).where(sql`${t.problem} is not null`),
  ],
);
