import { bigint, index, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import type { PartInstruction } from "../../_shared/parts/procedure.ts";
import { instant } from "../instant-column.ts";
import { dossiers, steps } from "../tables.ts";

/** Acts of people on dossiers: decisions, answers, withdrawals, handovers. Append-only; one row for each idempotency key. */
export const acts = pgTable(
  "acts",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    dossierId: uuid("dossier_id")
      .notNull()
      .references(() => dossiers.id),
    stepId: uuid("step_id").references(() => steps.id),
    kind: text("kind").notNull(),
    owner: text("owner").notNull(),
    role: text("role").notNull(),
    office: text("office"),
    idempotencyKey: text("idempotency_key").notNull(),
    bodyHash: text("body_hash").notNull(),
    at: instant("at").notNull(),
    /** Instruction for the agency, where the act has one. */
    instruction: jsonb("instruction").$type<PartInstruction>(),
    details: jsonb("details").$type<object>().notNull(),
  },
  (t) => [
    unique("acts_owner_key").on(t.owner, t.idempotencyKey),
    index("acts_by_step").on(t.stepId, t.id),
    index("acts_by_dossier").on(t.dossierId, t.id),
  ],
);
