import { stateAfter, tellsState } from "../changes/dossier-states.ts";
import type { DossierState, RecordedState } from "../saga/state.ts";
import type { StoredEntry } from "../saga/stored-history.ts";
import { type PortalTime, portalTime } from "./portal-time.ts";

/** A change of a dossier as one processing step (bước tiến độ) of the exchange. */
export type ProgressStep = {
  /** Time of the step; later than that of the step before, so that time and status identify it. */
  at: PortalTime;
  /** Time of the step before, or its own for the first one. */
  since: PortalTime;
  /** State of the dossier right after the change. */
  dossierState: DossierState;
  /** Part that the change is about; null for the whole dossier. */
  part: string | null;
  state: RecordedState;
  actor: string;
};

export type HistoryOfDossier = readonly { at: Date; entries: readonly StoredEntry[] }[];

/** States of parts that a citizen sees; the others tell about deliveries between the desk and an agency. */
const SHOWN_PART_STATES: ReadonlySet<string> = new Set([
  "PROCESSING",
  "SUPPLEMENT_NEEDED",
  "GRANTED",
  "REFUSED",
  "CANCELLED",
]);
const SECOND_MS = 1_000;

/**
 * Every step of a dossier, from its whole history: none is left out or put together with another. The times follow from the
 * history alone: a step in the same second as the one before is a second later.
 *
 * @param parts keys of the steps that are parts of the dossier
 */
export function progressSteps(history: HistoryOfDossier, parts: ReadonlySet<string>): ProgressStep[] {
  const steps: ProgressStep[] = [];
  let dossierState: DossierState = "RECEIVED";
  let last = Number.NEGATIVE_INFINITY;
  for (const { at, entries } of history) {
    for (const entry of entries) {
      dossierState = stateAfter(dossierState, entry);
      const [part, state, actor] = entry;
      const isShown = part === null ? tellsState(entry) : parts.has(part) && SHOWN_PART_STATES.has(state);
      if (!isShown) continue;
      last = Math.max(Math.floor(at.getTime() / SECOND_MS), last + 1);
      const time = portalTime(new Date(last * SECOND_MS));
      steps.push({ at: time, since: steps.at(-1)?.at ?? time, dossierState, part, state, actor });
    }
  }
  return steps;
}
