import type postgres from "postgres";
import type { Database } from "../../_shared/serving/database.ts";
import { type ClockRules, RELEASE_RULES, type RulesLog } from "../clock/rules.ts";
import { keyOf, type RuleRow, releaseEntries, rulesOf } from "./rule-entries.ts";
import { clockRules } from "./tables.ts";

/** Serialises additions, so that a reader who has seen a revision has seen all before it. */
const ADDITIONS_LOCK = 4_106_014;

/** The log of a process: it grows as the table does. */
export type LiveRules = RulesLog & {
  /** Reads what was added since. */
  refresh(): Promise<void>;
  /** Reads what was added since, if the revision is not known yet. */
  reach(revision: number): Promise<void>;
};

export function liveRules(sql: postgres.Sql): LiveRules {
  const rows: RuleRow[] = [];
  const known = new Map<number, ClockRules>([[0, RELEASE_RULES]]);
  const newest = () => rows.at(-1)?.id ?? 0;
  const at = (revision: number): ClockRules => {
    const rules = known.get(revision) ?? rulesOf(rows, revision);
    known.set(revision, rules);
    return rules;
  };
  const refresh = async () => {
    const since = newest();
    const added = await sql<RuleRow[]>`
      select id::int, key, value from clock_rules where id > ${since} order by clock_rules.id`;
    rows.push(...added.filter(({ id }) => id > newest()));
  };
  return {
    at,
    current: () => at(newest()),
    refresh,
    async reach(revision) {
      if (revision > newest()) await refresh();
    },
  };
}

/** Locks the log for additions until the transaction ends. */
export async function lockRules(sql: postgres.Sql): Promise<void> {
  await sql`select pg_advisory_xact_lock(${ADDITIONS_LOCK})`;
}

/** Adds the rules of the release that the log does not have. What an administrator has changed stays. */
export async function loadReleaseRules(db: Database): Promise<void> {
  const stored = new Map<string, { value: unknown; changeId: number | null }>();
  for (const { key, value, changeId } of await db.select().from(clockRules).orderBy(clockRules.id))
    stored.set(key, { value, changeId });
  const added = releaseEntries().filter((entry) => {
    const last = stored.get(keyOf(entry));
    return !last || (last.changeId === null && canonical(last.value) !== canonical(entry));
  });
  if (added.length === 0) return;
  await db.insert(clockRules).values(added.map((value) => ({ key: keyOf(value), value })));
}

/** Text of a JSON value that does not depend on the order of its members, which jsonb does not keep. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value ?? null);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, each]) => `${name}:${canonical(each)}`).join()}}`;
}
