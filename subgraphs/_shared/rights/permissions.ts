/** Who calls: the roles a token may carry, the anonymous public, and one agency calling another. */
export const ROLES = [
  "anonymous",
  "clerk",
  "leader",
  "registrar",
  "police",
  "insurer",
  "land-officer",
  "business-officer",
  "portal",
  "citizen",
  "service",
] as const;
export type Role = (typeof ROLES)[number];

const OFFICERS = ["registrar", "police", "insurer", "land-officer", "business-officer"] as const;
const READERS = ["clerk", "leader", "citizen", "portal", ...OFFICERS] as const;

/**
 * The one registry of permissions and of the roles that may hold them. A caller has a permission when the token's scope
 * names it and the role is listed here. Rows are narrowed further by each agency, in SQL.
 */
export const PERMISSIONS = {
  "bundle:submit": { en: "Check and submit combined requests", roles: ["clerk", "citizen"] },
  "dossier:read": { en: "Read dossiers within the caller's reach", roles: READERS },
  "citizen:read": { en: "Look a citizen up and read identity and household", roles: READERS },
  "birth:read": { en: "Read birth registrations", roles: READERS },
  "health-insurance:read": { en: "Read health-insurance cards", roles: READERS },
  "land:read": { en: "Read land certificates", roles: ["clerk", "leader", "citizen", "land-officer"] },
  "business:read": { en: "Read businesses and licences", roles: ["clerk", "leader", "citizen", "business-officer"] },
  "part:check": { en: "Ask an agency whether a part would go through", roles: ["service"] },
  "part:deliver": { en: "Deliver a part of a dossier to an agency", roles: ["service"] },
  "part:status": { en: "Ask an agency what became of a part", roles: ["service"] },
  "part:cancel": { en: "Cancel a part at an agency", roles: ["service"] },
  "citizen:exists": { en: "Ask whether a personal number is in the population register", roles: ["service"] },
} as const satisfies Record<string, { en: string; roles: readonly Role[] }>;

export type Permission = keyof typeof PERMISSIONS;

function permissionNames(): Permission[] {
  return Object.keys(PERMISSIONS) as Permission[]; // the keys of a const object are exactly its key type
}

/** All permissions that the registry grants to a role. */
export function permissionsOf(role: Role): Permission[] {
  return permissionNames().filter((p) => (PERMISSIONS[p].roles as readonly Role[]).includes(role));
}

/** What a token's scope is worth for its role: the scopes the registry knows and allows to that role. */
export function effectivePermissions(role: Role, scope: string): Permission[] {
  const named = new Set(scope.split(" "));
  return permissionsOf(role).filter((p) => named.has(p));
}

/** The scopes of a token that the registry knows nothing of. */
export function otherScopes(scope: string): string[] {
  return [...new Set(scope.split(" "))].filter((each) => each !== "" && !Object.hasOwn(PERMISSIONS, each));
}
