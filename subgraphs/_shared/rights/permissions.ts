import type { OfficerFacts, PermissionFacts, PermissionHolder } from "../../agency-definition.ts";
import { type AgencyCode, type Subgraph, subgraphs } from "../../agency-registry.ts";

type OfficerRole = Extract<Subgraph, { officer: OfficerFacts }>["officer"]["role"];
/**
 * Role of a caller: the roles that a token may name, the anonymous public, the bearer of a token that names none of them
 * (`authenticated`), and one agency that calls another (`service`).
 */
export type Role =
  | "anonymous"
  | "authenticated"
  | "clerk"
  | "leader"
  | OfficerRole
  | "administrator"
  | "portal"
  | "citizen"
  | "service";

/** An officer's role, the agency it belongs to, and the place that its token must name. */
export type Officer = Omit<OfficerFacts, "role"> & { readonly role: OfficerRole; readonly agency: AgencyCode };

export const officers: readonly Officer[] = subgraphs.flatMap((each) =>
  "officer" in each ? { ...each.officer, agency: each.agency } : [],
);

export const ROLES: readonly Role[] = [
  "anonymous",
  "authenticated",
  "clerk",
  "leader",
  ...officers.map(({ role }) => role),
  "administrator",
  "portal",
  "citizen",
  "service",
];

/** The agency whose officer a role is; undefined for all other roles, and for a role that does not exist. */
export function officerOf(role: string): Officer | undefined {
  return officers.find((officer) => officer.role === role);
}

/** Permissions of the protocol between the one-stop desk and the agencies. */
const DESK_PERMISSIONS = {
  "part:check": {
    en: "Ask an agency whether a part would go through",
    vi: "Kiểm tra trước một phần việc tại cơ quan giải quyết",
    holders: ["service"],
  },
  "part:deliver": {
    en: "Deliver a part of a dossier to an agency",
    vi: "Chuyển một phần việc của hồ sơ đến cơ quan giải quyết",
    holders: ["service"],
  },
  "part:status": {
    en: "Ask an agency for the state of a part",
    vi: "Tra cứu tình trạng giải quyết một phần việc",
    holders: ["service"],
  },
  "part:cancel": {
    en: "Cancel a part at an agency",
    vi: "Hủy một phần việc tại cơ quan giải quyết",
    holders: ["service"],
  },
  "paper-held:read": {
    en: "Ask an agency whether it holds a paper of a person",
    vi: "Kiểm tra cơ quan đã có giấy tờ của một người hay chưa",
    holders: ["service"],
  },
  "reminder:collect": {
    en: "Collect entries whose renewal is due from an agency",
    vi: "Nhận danh sách giấy tờ sắp hết hạn từ cơ quan quản lý",
    holders: ["service"],
  },
} as const satisfies Record<string, PermissionFacts>;

type KeysOfEach<T> = T extends unknown ? keyof T : never;
/** Name of a permission that an agency's `agency.ts` or the protocol with the desk defines. */
export type Permission = KeysOfEach<Subgraph["permissions"]> | keyof typeof DESK_PERMISSIONS;

type RegisteredPermission = { readonly en: string; readonly vi: string; readonly roles: readonly Role[] };

/**
 * The registry of permissions, collected from the agencies, and of the roles that may hold them. A caller has a permission
 * if the token's scope names it and the role is listed here. Each agency narrows the rows further, in SQL.
 */
export const PERMISSIONS = Object.fromEntries([
  ...subgraphs.flatMap(({ agency, permissions }) =>
    Object.entries<PermissionFacts>(permissions).map((each) => registered(each, agency)),
  ),
  ...Object.entries<PermissionFacts>(DESK_PERMISSIONS).map((each) => registered(each)),
]) as Readonly<Record<Permission, RegisteredPermission>>; // the entries are those of the type's own sources

function registered([name, facts]: [string, PermissionFacts], agency?: AgencyCode) {
  const { en, vi, holders } = facts;
  return [name, { en, vi, roles: ROLES.filter((role) => holders.some((holder) => isHeldBy(holder, role, agency))) }];
}

function isHeldBy(holder: PermissionHolder, role: Role, agency: AgencyCode | undefined): boolean {
  const officer = officerOf(role);
  if (!officer) return holder === role;
  return holder === "every-officer" || (holder === "officer" && officer.agency === agency);
}

function permissionNames(): Permission[] {
  return Object.keys(PERMISSIONS) as Permission[]; // the keys of a record are exactly its key type
}

/** All permissions that the registry grants to a role. */
export function permissionsOf(role: Role): Permission[] {
  return permissionNames().filter((p) => PERMISSIONS[p].roles.includes(role));
}

/** The permissions of a token's scope that the registry knows and grants to the role. */
export function effectivePermissions(role: Role, scope: string): Permission[] {
  const named = new Set(scope.split(" "));
  return permissionsOf(role).filter((p) => named.has(p));
}

/** The scopes of a token that are not in the registry. */
export function otherScopes(scope: string): string[] {
  return [...new Set(scope.split(" "))].filter((each) => each !== "" && !Object.hasOwn(PERMISSIONS, each));
}
