import { pathOutside, type RefiledPart, type Refiling, refiling } from "../../refiling/refiling.ts";
import type { BirthRequest } from "./birth-request.ts";
import { type Branch, type BranchRequest, insuranceBranch, residenceBranch } from "./branches.ts";
import { bundle } from "./bundle.ts";
import type { BirthBundleInput } from "./input.ts";

/** Request for a part of a birth bundle alone; the birth itself brings its branches along. */
export function refileBirth({ stepKey, request, facts, changes }: RefiledPart<BirthRequest>): Refiling {
  if (stepKey === "RESIDENCE") return refileBranch(residenceBranch, { request: { birth: request, facts }, changes });
  if (stepKey === "INSURANCE") return refileBranch(insuranceBranch, { request: { birth: request, facts }, changes });
  const outside = pathOutside(changes, ["birthBundle"]);
  return outside ?? refiling(bundle, changes.birthBundle ?? asInput(request), "birthBundle");
}

/** Request for a branch that was refiled before, or of a bundle. */
export function refileBranch(
  kind: Branch,
  { request: { birth, facts }, changes }: Pick<RefiledPart<BranchRequest>, "request" | "changes">,
): Refiling {
  const isResidence = kind === residenceBranch;
  const outside = pathOutside(changes, [isResidence ? "residence" : "insurance"]);
  if (outside) return outside;
  const { residence, insurance } = asInput(birth);
  const asked = isResidence
    ? { residence: changes.residence ?? residence, insurance: null }
    : { residence: null, insurance: changes.insurance ?? insurance };
  return refiling(kind, { birth: { ...asInput(birth), ...asked }, facts });
}

/** A stored request has the shape of the input that it was read from, so that it can be read again by today's rules. */
function asInput(request: BirthRequest): BirthBundleInput {
  return request;
}
