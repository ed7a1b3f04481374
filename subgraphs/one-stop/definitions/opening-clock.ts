import { extendClock, type StoredClock } from "../clock/stored-clock.ts";
import type { DossierDefinition } from "./definition.ts";

/** Clock of a new dossier: the longer limit applies if an agency has something to verify (Decree 63/2024/NĐ-CP). */
export function openingClock({ groupWorkingDays }: DossierDefinition, verified: boolean): StoredClock | null {
  const by = groupWorkingDays ? groupWorkingDays.verified - groupWorkingDays.plain : 0;
  return verified && by > 0 ? extendClock(null, { by, reason: "VERIFICATION" }) : null;
}
