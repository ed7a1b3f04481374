import type postgres from "postgres";
import type { Change } from "../../../subgraphs/one-stop/changes/types.ts";
import { DOSSIER_STATES, NATIONAL_STATUS } from "../../../subgraphs/one-stop/saga/state.ts";
import { wholeFeed } from "../changes/whole-feed.ts";

const SHOWN = ["PROCESSING", "SUPPLEMENT_NEEDED", "GRANTED", "REFUSED", "CANCELLED"];

/** True if the portal has a step for the change. */
export function isStep({ stepKey, state }: Change): boolean {
  return stepKey === null ? (DOSSIER_STATES as readonly string[]).includes(state) : SHOWN.includes(state);
}

/** Statuses of the steps of every dossier, by its code, as a reader of the whole stream of changes sees them. */
export async function statusesOfFeed(sql: postgres.Sql): Promise<Map<string, string[]>> {
  const statuses = new Map<string, string[]>();
  for (const change of await wholeFeed(sql)) {
    const own = statuses.get(change.code) ?? [];
    if (isStep(change)) own.push(String(NATIONAL_STATUS[change.dossierState]));
    statuses.set(change.code, own);
  }
  return statuses;
}
