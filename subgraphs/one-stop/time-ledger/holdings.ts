import type { AgencyCode } from "../../agency-registry.ts";
import type { DossierState, StepState } from "../saga/state.ts";
import { isEnded } from "../saga/state.ts";

/** Kind of holder of a dossier. OUTAGE: an agency does not respond. */
export const HOLDERS = ["DESK", "OFFICER", "AGENCY", "CITIZEN", "OUTAGE"] as const;
export type Holder = (typeof HOLDERS)[number];

/** Holder from an instant (ISO text) on; a null holder ends the ledger. */
export type Holding = {
  at: string;
  holder: Holder | null;
  agency: AgencyCode | null;
  officer: { id: string; name: string } | null;
};

type HeldStep = {
  agency: AgencyCode;
  state: StepState;
  failures: number;
  claimedBy: string | null;
  claimedName: string | null;
};
/** Facts of a dossier that determine its holder. */
export type HeldDossier = { state: DossierState; steps: readonly HeldStep[] };

/**
 * Holder of a dossier, exactly one at a time: the citizen while papers or a payment are awaited; else an officer who has
 * claimed a part; else an agency that has a part; else an unresponsive agency; else an agency that has been called; else the
 * desk.
 */
export function holderOf({ state, steps }: HeldDossier): Omit<Holding, "at"> {
  if (isEnded(state)) return { holder: null, agency: null, officer: null };
  if (state === "AWAITING_CITIZEN" || state === "AWAITING_PAYMENT") return held("CITIZEN");
  const open = steps.filter((step) => step.state === "PROCESSING");
  const claimed = open.find(({ claimedBy }) => claimedBy !== null);
  if (claimed?.claimedBy) {
    return held("OFFICER", claimed.agency, { id: claimed.claimedBy, name: claimed.claimedName ?? claimed.claimedBy });
  }
  const [first] = open;
  if (first) return first.agency === "ONE_STOP" ? held("DESK") : held("AGENCY", first.agency);
  const called = steps.filter((step) => step.state === "SENT" || (step.state === "READY" && step.failures > 0));
  const silent = called.find(({ failures }) => failures > 0);
  if (silent) return held("OUTAGE", silent.agency);
  return called[0] ? held("AGENCY", called[0].agency) : held("DESK");
}

/** Holdings after a change; one more if the holder has changed. */
export function holdingsAfter(holdings: readonly Holding[], dossier: HeldDossier, now: Date): readonly Holding[] {
  const next = holderOf(dossier);
  const last = holdings.at(-1);
  if (last?.holder === null || (last && isSame(last, next))) return holdings;
  return [...holdings, { at: now.toISOString(), ...next }];
}

function held(holder: Holder, agency: AgencyCode | null = null, officer: Holding["officer"] = null) {
  return { holder, agency, officer };
}

function isSame(a: Omit<Holding, "at">, b: Omit<Holding, "at">): boolean {
  return a.holder === b.holder && a.agency === b.agency && a.officer?.id === b.officer?.id;
}
