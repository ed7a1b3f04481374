import type { Caller } from "../../../subgraphs/_shared/identity/caller.ts";
import { namedSets, type Requirement } from "../../../subgraphs/_shared/rights/requirement.ts";
import { eitherOf, unauthenticated } from "../../../subgraphs/_shared/serving/errors.ts";
import type { Denial } from "../../executor/denials.ts";
import type { Policies } from "./policies.ts";

/** Denial for a caller that does not meet a requirement. */
export function denialFor(requirement: Requirement, caller: Caller, policies: Policies): Denial {
  const scopes = namedSets(requirement, "scope");
  const asked = namedSets(requirement, "policy");
  const unknown = [...new Set(asked.flat())].filter((policy) => !policies.has(policy));
  const isAnonymous = caller.role === "anonymous";
  const needed = [eitherOf("permission", scopes), eitherOf("policy", asked)]
    .filter((each) => each !== "")
    .join(" and ");
  const message = isAnonymous ? unauthenticated(scopes).message : `This needs ${needed}`;
  return {
    code: isAnonymous ? "UNAUTHENTICATED" : "FORBIDDEN",
    message: unknown.length > 0 ? `${message}; nothing here decides ${unknown.join(", ")}, so it is denied` : message,
    ...(scopes.length > 0 && { scopes }),
    ...(asked.length > 0 && { policies: asked }),
  };
}
