import type { DossierState } from "../saga/state.ts";
import type { Block } from "./dossier-snapshot.ts";

/** A step by the two values that identify it within its dossier: `ThoiDiemXuLy` and `TrangThai`. */
export type StepKey = { at: string; status: string };

/** Dossier as the portal answers `TraCuuHoSo`. `steps` is null where the portal does not list them. */
export type PortalDossier = { snapshot: Block; steps: readonly StepKey[] | null };

/** Relation between the desk's steps of a dossier and those of the portal. */
export type StepComparison = {
  /** Number of the desk's steps up to the last one that the portal has. */
  reached: number;
  /** Steps before it that the portal lacks. */
  missing: number;
  /** Steps of the portal that the desk does not know. */
  unknown: number;
};

export function compareSteps(here: readonly StepKey[], there: readonly StepKey[]): StepComparison {
  const known = new Set(there.map(keyOf));
  const own = new Set(here.map(keyOf));
  const reached = here.findLastIndex((step) => known.has(keyOf(step))) + 1;
  return {
    reached,
    missing: here.slice(0, reached).filter((step) => !known.has(keyOf(step))).length,
    unknown: there.filter((step) => !own.has(keyOf(step))).length,
  };
}

function keyOf({ at, status }: StepKey): string {
  return `${at} ${status}`;
}

/** Names of the fields of the desk's snapshot that the portal answers with another value; fields that it does not answer are left out. */
export function differingFields(here: Block, there: Block): string[] {
  return Object.keys(here).filter((field) => {
    const answered = there[field];
    return answered !== undefined && JSON.stringify(answered) !== JSON.stringify(here[field]);
  });
}

/** Phases of a dossier by its status: within a phase a dossier may go to and fro, and it never goes back to an earlier one. */
const PHASES: Readonly<Record<DossierState, number>> = {
  ...{ RECEIVED: 1, IN_PROGRESS: 2, AWAITING_CITIZEN: 2, AWAITING_PAYMENT: 2 },
  ...{ COMPLETED: 3, RETURNED: 4, NOT_ACCEPTED: 4, WITHDRAWN: 4, STOPPED: 4 },
};

/** True if a citizen who sees the first state now would see the dossier go back with the second, or leave its end. */
export function goesBack(from: DossierState, to: DossierState): boolean {
  return PHASES[to] < PHASES[from] || (PHASES[from] === PHASES.RETURNED && from !== to);
}
