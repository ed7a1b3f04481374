import { pathOutside, type RefiledPart, type Refiling, refiling } from "../../refiling/refiling.ts";
import type { BirthRequest } from "./birth-request.ts";
import { type Branch, type BranchRequest, identityCardBranch, insuranceBranch, residenceBranch } from "./branches.ts";
import { bundle } from "./bundle.ts";
import type { BirthBundleInput } from "./input.ts";

type BranchField = "residence" | "insurance" | "identityCard";

/** Each branch that is refiled alone: its step, and its field in the request. */
const BRANCHES: readonly { kind: Branch; step: string; field: BranchField }[] = [
  { kind: residenceBranch, step: "RESIDENCE", field: "residence" },
  { kind: insuranceBranch, step: "INSURANCE", field: "insurance" },
  { kind: identityCardBranch, step: "ID_CARD", field: "identityCard" },
];

/** Request for a part of a birth bundle alone; the birth itself brings its branches along. */
export function refileBirth({ stepKey, request, facts, changes }: RefiledPart<BirthRequest>): Refiling {
  const branch = BRANCHES.find(({ step }) => step === stepKey);
  if (branch) return refileBranch(branch.kind, { request: { birth: request, facts }, changes });
  const outside = pathOutside(changes, ["birthBundle"]);
  return outside ?? refiling(bundle, changes.birthBundle ?? asInput(request), "birthBundle");
}

/** Request for a branch that was refiled before, or of a bundle. */
export function refileBranch(
  kind: Branch,
  { request: { birth, facts }, changes }: Pick<RefiledPart<BranchRequest>, "request" | "changes">,
): Refiling {
  const field = fieldOf(kind);
  const outside = pathOutside(changes, [field]);
  if (outside) return outside;
  const earlier = asInput(birth);
  const asked = { residence: null, insurance: null, identityCard: null, [field]: changes[field] ?? earlier[field] };
  return refiling(kind, { birth: { ...earlier, ...asked }, facts });
}

function fieldOf(kind: Branch): BranchField {
  const branch = BRANCHES.find((each) => each.kind === kind);
  if (!branch) throw new Error(`${kind.id} is no branch of a birth`);
  return branch.field;
}

/** Kind of a branch that is refiled alone, by its id. */
export function branchOf(kindId: string): Branch | undefined {
  return BRANCHES.find(({ kind }) => kind.id === kindId)?.kind;
}

/** A stored request has the shape of the input that it was read from, so that it can be read again by today's rules. */
function asInput(request: BirthRequest): BirthBundleInput {
  return request;
}
