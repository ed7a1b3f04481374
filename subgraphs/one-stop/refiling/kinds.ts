import type { BirthRequest } from "../bundles/birth/birth-request.ts";
import { type BranchRequest, insuranceBranch, residenceBranch } from "../bundles/birth/branches.ts";
import { bundle as birth } from "../bundles/birth/bundle.ts";
import { refileBirth, refileBranch } from "../bundles/birth/refiling.ts";
import type { SingleRequest } from "../single-procedures/read-dossier.ts";
import { refileSingle } from "../single-procedures/refile-single.ts";
import type { RefiledPart, Refiling } from "./refiling.ts";

/** New request for a part of a dossier of this kind. The stored request has the shape of its kind. */
export function refilingOf(kindId: string, part: RefiledPart<object>): Refiling {
  if (kindId === birth.id) return refileBirth(part as RefiledPart<BirthRequest>);
  const branch = [residenceBranch, insuranceBranch].find(({ id }) => id === kindId);
  if (branch) return refileBranch(branch, part as RefiledPart<BranchRequest>);
  return refileSingle(kindId, part as RefiledPart<SingleRequest>);
}
