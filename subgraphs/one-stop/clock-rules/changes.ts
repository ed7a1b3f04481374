import { and, desc, eq, inArray, lt } from "drizzle-orm";
import type postgres from "postgres";
import * as z from "zod";
import { cursorNumber, decodeCursor, pageOf, pageSize } from "../../_shared/registers/pages.ts";
import { bodyHash, demandIdempotencyKey } from "../../_shared/serving/idempotency.ts";
import { idempotencyConflict, ownProblem, type Problem, Problems } from "../acceptance/problems.ts";
import type { OneStopContext } from "../loaders.ts";
import type { ClockRulesInput } from "./input.ts";
import { readChange } from "./read-change.ts";
import { lockRules } from "./rules-log.ts";
import { clockRuleChanges, clockRules } from "./tables.ts";

export type ChangeRow = typeof clockRuleChanges.$inferSelect;
export type Changed = { change: ChangeRow | null; problems: Problem[] };

/** Changes rules of the clock once, with a record of who changed what. The workers date the running dossiers again. */
export async function changeRules(
  ctx: OneStopContext,
  input: ClockRulesInput,
  idempotencyKey: string,
): Promise<Changed> {
  demandIdempotencyKey(idempotencyKey);
  const found = new Problems();
  const changes = readChange(input, found);
  if (found.found.length > 0) return { change: null, problems: found.found };
  const hash = bodyHash(input);
  const { subject, role } = ctx.caller;
  const id = await ctx.database.sql.begin(async (transaction) => {
    const tx = transaction as unknown as postgres.Sql; // the same functions, on one connection
    await lockRules(tx);
    const [change] = await tx<{ id: number }[]>`
      insert into clock_rule_changes (changed_by, role, at, reason, idempotency_key, body_hash)
      values (${subject}, ${role}, ${ctx.now}, ${input.reason.trim()}, ${idempotencyKey}, ${hash})
      on conflict (changed_by, idempotency_key) do nothing returning id::int`;
    if (!change) return null;
    for (const { key, value } of changes) {
      await tx`
        insert into clock_rules (key, value, change_id) values (${key}, ${value && tx.json(value as never)}, ${change.id})`;
    }
    return change.id;
  });
  const own = and(eq(clockRuleChanges.changedBy, subject), eq(clockRuleChanges.idempotencyKey, idempotencyKey));
  const [change] = await ctx.db.select().from(clockRuleChanges).where(own);
  if (id === null && change?.bodyHash !== hash) {
    return { change: null, problems: [ownProblem(["idempotencyKey"], idempotencyConflict())] };
  }
  await ctx.loaders.desk().rules.refresh();
  return { change: change ?? null, problems: [] };
}

const changeCursor = z.tuple([cursorNumber]);

/** A page of the changes, the newest first. */
export async function changesOfRules({ db }: OneStopContext, first: number, after: string | null) {
  const size = pageSize(first);
  const before = after ? lt(clockRuleChanges.id, decodeCursor(after, changeCursor)[0]) : undefined;
  const rows = await db
    .select()
    .from(clockRuleChanges)
    .where(before)
    .orderBy(desc(clockRuleChanges.id))
    .limit(size + 1);
  return pageOf(rows, size, (row) => [row.id]);
}

/** Keys that a change set, each with its value before and after. */
export async function changedRules({ db }: OneStopContext, changeId: number) {
  const after = await db.select().from(clockRules).where(eq(clockRules.changeId, changeId)).orderBy(clockRules.id);
  const keys = after.map(({ key }) => key);
  const all =
    keys.length === 0
      ? []
      : await db.select().from(clockRules).where(inArray(clockRules.key, keys)).orderBy(clockRules.id);
  return after.map(({ id, key, value }) => ({
    key,
    before: all.findLast((row) => row.key === key && row.id < id)?.value ?? null,
    after: value,
  }));
}
