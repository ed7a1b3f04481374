import type { LegalDay } from "../../_shared/reference/days.ts";
import type { VersionState } from "../tables.ts";
import type { BusinessState, BusinessSuspension } from "../types.ts";

/** State on a day: a suspension begins and ends by itself. */
export function stateOn(day: LegalDay, state: VersionState, suspension: BusinessSuspension | null): BusinessState {
  if (state === "ENDED") return "ENDED";
  if (!suspension || day < suspension.from) return "ACTIVE";
  return suspension.to === null || day <= suspension.to ? "SUSPENDED" : "ACTIVE";
}

type Suspended = { suspendedFrom: LegalDay | null; suspendedTo: LegalDay | null };

/** True if a suspension is under way on the day, or begins later. */
export function isSuspendedFrom({ suspendedFrom, suspendedTo }: Suspended, day: LegalDay): boolean {
  return suspendedFrom !== null && (suspendedTo === null || day <= suspendedTo);
}
