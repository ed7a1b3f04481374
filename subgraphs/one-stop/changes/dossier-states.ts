import { and, asc, inArray, lt } from "drizzle-orm";
import type { Tx } from "../../_shared/serving/database.ts";
import { DOSSIER_STATES, type DossierState, type RecordedState } from "../saga/state.ts";
import type { StoredEntry } from "../saga/stored-history.ts";
import { history } from "../tables.ts";

const STATES: ReadonlySet<string> = new Set(DOSSIER_STATES);

/** State of the dossier after an entry of its history: an entry without a step has it, unless it is about a payment. */
export function stateAfter(before: DossierState, [stepKey, state]: StoredEntry): DossierState {
  return stepKey === null && isDossierState(state) ? state : before;
}

/** True if the state of the dossier before this entry does not matter. */
export function tellsState([stepKey, state]: StoredEntry): boolean {
  return stepKey === null && isDossierState(state);
}

function isDossierState(state: RecordedState): state is DossierState {
  return STATES.has(state);
}

/** States of dossiers before a row of the history, from their own earlier rows. */
export async function statesBefore(
  db: Tx,
  dossiers: readonly string[],
  row: number,
): Promise<Map<string, DossierState>> {
  const states = new Map<string, DossierState>();
  if (dossiers.length === 0) return states;
  const earlier = await db
    .select({ dossierId: history.dossierId, entries: history.entries })
    .from(history)
    .where(and(inArray(history.dossierId, [...dossiers]), lt(history.id, row)))
    .orderBy(asc(history.id));
  for (const { dossierId, entries } of earlier)
    for (const entry of entries) states.set(dossierId, stateAfter(states.get(dossierId) ?? "RECEIVED", entry));
  return states;
}
