import type { Caller } from "../../subgraphs/_shared/caller.ts";
import { unauthenticated } from "../../subgraphs/_shared/errors.ts";
import type { Denial } from "./denial.ts";
import type { Policies } from "./policies.ts";
import { type Requirement, setsOf } from "./requirement.ts";

/** What a caller is told who lacks what a requirement demands. */
export function denialFor(requirement: Requirement, caller: Caller, policies: Policies): Denial {
  const scopes = named(requirement, "scope:");
  const asked = named(requirement, "policy:");
  const unknown = [...new Set(asked.flat())].filter((policy) => !policies.has(policy));
  const isAnonymous = caller.role === "anonymous";
  const first = isAnonymous
    ? unauthenticated().message
    : `This needs ${[counted("permission", scopes), counted("policy", asked)].filter(Boolean).join(" and ")}`;
  const rest = unknown.length > 0 ? `; nothing here decides ${unknown.join(", ")}, so it is denied` : "";
  return {
    code: isAnonymous ? "UNAUTHENTICATED" : "FORBIDDEN",
    message: first + rest,
    ...(scopes.length > 0 && { scopes }),
    ...(asked.length > 0 && { policies: asked }),
  };
}

/** The sets that would do, as far as they are of one sort. */
function named(requirement: Requirement, prefix: "scope:" | "policy:"): string[][] {
  const sets = setsOf(requirement)
    .map((set) => set.filter((atom) => atom.startsWith(prefix)).map((atom) => atom.slice(prefix.length)))
    .filter((set) => set.length > 0);
  return [...new Map(sets.map((set) => [JSON.stringify(set), set])).values()];
}

/** `the permission a`, `the permissions a and b`, with `or` between the sets. */
function counted(noun: string, sets: string[][]): string {
  return sets.map((set) => `the ${set.length > 1 ? plural(noun) : noun} ${set.join(" and ")}`).join(" or ");
}

function plural(noun: string): string {
  return noun.endsWith("y") ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}
