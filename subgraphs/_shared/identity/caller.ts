import type { Permission, Role } from "../rights/permissions.ts";
import { type Atom, anyOf, holds, namedSets, type Requirement } from "../rights/requirement.ts";
import { forbidden, unauthenticated } from "../serving/errors.ts";

/** Who asks, as the gateway (or an agency's own service) vouches for in the signed identity of each request. */
export type Caller = {
  /** `sub` of the token, or `service:one-stop`. */
  subject: string;
  role: Role;
  permissions: readonly Permission[];
  /** Scopes of the token that are no permission of the registry; a supergraph of somebody else may ask for them. */
  otherScopes?: readonly string[];
  /** Commune code of the one-stop desk the caller works at. */
  office?: string;
  province?: string;
  agency?: string;
  personalId?: string;
  requestId: string;
  /** Code of the dossier that is the reason for the request. */
  purpose?: string;
  /** The person an agency's service acts for. */
  onBehalfOf?: string;
};

const NONE: readonly Permission[] = [];

export function anonymous(requestId: string): Caller {
  return { subject: "anonymous", role: "anonymous", permissions: NONE, requestId };
}

/** For what no directive can state: a right that depends on how a field is reached. @throws as `enforce`. */
export function demand(caller: Caller, permission: Permission): void {
  enforce(caller, anyOf([[`scope:${permission}`]]));
}

/** @throws UNAUTHENTICATED for the anonymous public, FORBIDDEN for a caller who lacks what is required. */
export function enforce(caller: Caller, required: Requirement): void {
  if (holds(required, (atom) => hasAtom(caller, atom))) return;
  const scopes = namedSets(required, "scope");
  throw caller.role === "anonymous" ? unauthenticated(scopes) : forbidden(scopes);
}

/** True if a caller has what an atom names; no caller of an agency has a policy. */
export function hasAtom({ role, permissions, otherScopes = [] }: Caller, atom: Atom): boolean {
  if (atom === "authenticated") return role !== "anonymous";
  if (!atom.startsWith("scope:")) return false;
  const scope = atom.slice("scope:".length);
  return permissions.some((each) => each === scope) || otherScopes.includes(scope);
}
