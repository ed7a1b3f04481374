import { drizzle } from "drizzle-orm/postgres-js";
import type postgres from "postgres";
import { afterRow } from "../../../subgraphs/one-stop/changes/position.ts";
import { readChanges } from "../../../subgraphs/one-stop/changes/read-changes.ts";
import { settleChanges } from "../../../subgraphs/one-stop/changes/settle-changes.ts";
import { DOSSIER_STATES, NATIONAL_STATUS } from "../../../subgraphs/one-stop/saga/state.ts";

const SHOWN = ["PROCESSING", "SUPPLEMENT_NEEDED", "GRANTED", "REFUSED", "CANCELLED"];

/** Statuses of the steps of every dossier, by its code, as a reader of the whole stream of changes sees them. */
export async function statusesOfFeed(sql: postgres.Sql): Promise<Map<string, string[]>> {
  await settleChanges(sql);
  const [stream] = await sql<{ settled: string }[]>`select settled from change_stream`;
  const statuses = new Map<string, string[]>();
  const db = drizzle(sql);
  for (let from = afterRow(0), more = true; more; ) {
    const page = await readChanges(db, { wanted: undefined, from, settled: Number(stream?.settled), first: 5_000 });
    for (const { code, stepKey, state, dossierState } of page.nodes) {
      const isShown = stepKey === null ? (DOSSIER_STATES as readonly string[]).includes(state) : SHOWN.includes(state);
      const own = statuses.get(code) ?? [];
      statuses.set(code, isShown ? [...own, String(NATIONAL_STATUS[dossierState])] : own);
    }
    from = page.end;
    more = page.hasNextPage;
  }
  return statuses;
}
