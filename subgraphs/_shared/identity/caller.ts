import { PERMISSIONS, type Permission, type Role } from "../rights/permissions.ts";
import { type Atom, anyOf, holds, namedSets, type Requirement } from "../rights/requirement.ts";
import { forbidden, unauthenticated } from "../serving/errors.ts";

/** Subject of the one-stop desk's own service. */
export const DESK_SERVICE = "service:one-stop";

/** Caller of a request, as stated in the signed identity by the gateway or by an agency's own service. */
export type Caller = {
  /** `sub` of the token, or `service:one-stop`. */
  subject: string;
  role: Role;
  permissions: readonly Permission[];
  /** Scopes of the token that are no permission of the registry; a foreign supergraph may require them. */
  otherScopes?: readonly string[];
  /** Commune code of the caller's one-stop desk. */
  office?: string;
  province?: string;
  agency?: string;
  personalId?: string;
  requestId: string;
  /** Code of the dossier that is the reason for the request. */
  purpose?: string;
  /** Subject of the person on whose behalf an agency's service acts. */
  onBehalfOf?: string;
};

const NONE: readonly Permission[] = [];

export function anonymous(requestId: string): Caller {
  return { subject: "anonymous", role: "anonymous", permissions: NONE, requestId };
}

/** Requires a permission that no directive can state, because it depends on the path to a field. @throws as `enforce` */
export function demand(caller: Caller, permission: Permission): void {
  enforce(caller, anyOf([[`scope:${permission}`]]));
}

/** @throws UNAUTHENTICATED for the anonymous public, FORBIDDEN for a caller who does not meet the requirement */
export function enforce(caller: Caller, required: Requirement): void {
  if (holds(required, (atom) => hasAtom(caller, atom) && !isUngranted(caller, atom))) return;
  const scopes = namedSets(required, "scope");
  throw caller.role === "anonymous" ? unauthenticated(scopes) : forbidden(scopes);
}

/** True for a permission of the registry that is only a scope of the token, so that no role was looked at. */
function isUngranted({ permissions }: Caller, atom: Atom): boolean {
  const scope = atom.slice("scope:".length);
  return Object.hasOwn(PERMISSIONS, scope) && !permissions.some((each) => each === scope);
}

/** True if a caller has the scope or the authentication that an atom names; no caller of an agency has a policy. */
export function hasAtom({ role, permissions, otherScopes = [] }: Caller, atom: Atom): boolean {
  if (atom === "authenticated") return role !== "anonymous";
  if (!atom.startsWith("scope:")) return false;
  const scope = atom.slice("scope:".length);
  return permissions.some((each) => each === scope) || otherScopes.includes(scope);
}
