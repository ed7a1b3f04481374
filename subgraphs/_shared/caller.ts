import { forbidden, unauthenticated } from "./errors.ts";
import type { Permission, Role } from "./permissions.ts";

/** Who asks, as the gateway (or an agency's own service) vouches for in the signed identity of each request. */
export type Caller = {
  /** `sub` of the token, or `service:one-stop`. */
  subject: string;
  role: Role;
  permissions: Permission[];
  /** Scopes of the token that are no permission of the registry; a supergraph of somebody else may ask for them. */
  otherScopes?: string[];
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

export function anonymous(requestId: string): Caller {
  return { subject: "anonymous", role: "anonymous", permissions: [], requestId };
}

/** @throws UNAUTHENTICATED for the anonymous public, FORBIDDEN for a caller who lacks the permission. */
export function demand(caller: Caller, permission: Permission): void {
  if (caller.permissions.includes(permission)) return;
  if (caller.role === "anonymous") throw unauthenticated();
  throw forbidden(permission);
}
