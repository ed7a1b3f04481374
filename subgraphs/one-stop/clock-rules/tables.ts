import { bigint, index, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import { register } from "../../_shared/registers/register.ts";
import { instant } from "../instant-column.ts";
import type { RuleEntry } from "./rule-entries.ts";

/** Changes of the clock's rules by administrators: who, when and why. */
export const clockRuleChanges = register(
  pgTable(
    "clock_rule_changes",
    {
      id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
      changedBy: text("changed_by").notNull(),
      role: text("role").notNull(),
      /** Business time. */
      at: instant("at").notNull(),
      reason: text("reason").notNull(),
      idempotencyKey: text("idempotency_key").notNull(),
      bodyHash: text("body_hash").notNull(),
    },
    (t) => [unique("clock_rule_changes_key").on(t.changedBy, t.idempotencyKey)],
  ),
);

/** Rules of the clock: the last row of a key is in force, a null value ends it. The id is the revision of all rules. */
export const clockRules = register(
  pgTable(
    "clock_rules",
    {
      id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
      key: text("key").notNull(),
      value: jsonb("value").$type<RuleEntry>(),
      /** Null for the rules that a release brings along. */
      changeId: bigint("change_id", { mode: "number" }).references(() => clockRuleChanges.id),
    },
    (t) => [index("clock_rules_change").on(t.changeId)],
  ),
);
