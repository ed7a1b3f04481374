import type { BirthRequest } from "../bundles/birth/birth-request.ts";
import type { BranchRequest } from "../bundles/birth/branches.ts";
import { bundle as birth } from "../bundles/birth/bundle.ts";
import { branchOf, refileBirth, refileBranch } from "../bundles/birth/refiling.ts";
import { bundles } from "../bundles/bundles.ts";
import { bundle as businessStart } from "../bundles/business-start/bundle.ts";
import type { BusinessStartRequest } from "../bundles/business-start/business-start-request.ts";
import { refileBusinessStart } from "../bundles/business-start/refiling.ts";
import { bundle as landTransfer } from "../bundles/land-transfer/bundle.ts";
import type { SingleRequest } from "../single-procedures/read-dossier.ts";
import { refileSingle } from "../single-procedures/refile-single.ts";
import type { RefiledPart, Refiling } from "./refiling.ts";

/** New request for a part of a dossier of this kind. The stored request has the shape of its kind. */
export function refilingOf(kindId: string, part: RefiledPart<object>): Refiling {
  if (kindId === birth.id) return refileBirth(part as RefiledPart<BirthRequest>);
  const branch = branchOf(kindId);
  if (branch) return refileBranch(branch, part as RefiledPart<BranchRequest>);
  if (kindId === businessStart.id) return refileBusinessStart(part as RefiledPart<BusinessStartRequest>);
  if (kindId === landTransfer.id && part.stepKey !== "REGISTRATION") return { kind: "AT_AGENCY" };
  if (bundles.some(({ id }) => id === kindId)) return { kind: "ANEW" };
  return refileSingle(kindId, part as RefiledPart<SingleRequest>);
}
