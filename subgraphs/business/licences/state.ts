import type { LegalDay } from "../../_shared/reference/days.ts";
import type { LicenceState } from "../types.ts";
import type { LoadedLicence } from "./loaders.ts";

type Licence = Pick<LoadedLicence, "versionState" | "liveVersion" | "expiresOn">;

/** State on a day: a term ends when its last day ends, and a licence ends with its business. */
export function licenceStateOn(day: LegalDay, { versionState, liveVersion, expiresOn }: Licence): LicenceState {
  if (versionState === "REVOKED") return "REVOKED";
  return liveVersion === null || (expiresOn !== null && expiresOn < day) ? "EXPIRED" : "VALID";
}
