import { latestVersion } from "../../_shared/registers/latest-version.ts";
import { temporaryResidences, temporaryResidenceVersions } from "./tables.ts";

/** Condition that leaves the last version of each temporary residence; the head table must be joined. */
export const currentTemporary = latestVersion(
  temporaryResidenceVersions.version,
  temporaryResidenceVersions.temporaryResidenceId,
  temporaryResidences.id,
);
