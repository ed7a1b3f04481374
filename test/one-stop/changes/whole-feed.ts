import { drizzle } from "drizzle-orm/postgres-js";
import type postgres from "postgres";
import { afterRow } from "../../../subgraphs/one-stop/changes/position.ts";
import { readChanges } from "../../../subgraphs/one-stop/changes/read-changes.ts";
import { settleChanges } from "../../../subgraphs/one-stop/changes/settle-changes.ts";
import type { Change } from "../../../subgraphs/one-stop/changes/types.ts";

/** All changes, as a reader of the whole stream sees them, page by page. */
export async function wholeFeed(sql: postgres.Sql): Promise<Change[]> {
  await settleChanges(sql);
  const [stream] = await sql<{ settled: string }[]>`select settled from change_stream`;
  const changes: Change[] = [];
  const db = drizzle(sql);
  for (let from = afterRow(0), more = true; more; ) {
    const page = await readChanges(db, { wanted: undefined, from, settled: Number(stream?.settled), first: 5_000 });
    changes.push(...page.nodes);
    from = page.end;
    more = page.hasNextPage;
  }
  return changes;
}
