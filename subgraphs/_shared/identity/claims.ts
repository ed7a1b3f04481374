import type { OfficerPlace } from "../../agency-definition.ts";
import { effectivePermissions, officerOf, otherScopes, ROLES, type Role } from "../rights/permissions.ts";
import type { Caller } from "./caller.ts";
import { type ClaimPlaces, OWN_CLAIMS, type SingleClaim } from "./claim-places.ts";
import { type JsonPointer, valueAt } from "./json-pointer.ts";

/** Caller as described by a token; each request adds its own id. */
export type TokenIdentity = Omit<Caller, "requestId">;

type TokenRole = Exclude<Role, "anonymous" | "authenticated" | "service">;
type PlaceClaim = "office" | "province" | "personalId";

const OFFICER_CLAIMS: Record<OfficerPlace, readonly PlaceClaim[]> = {
  office: ["office"],
  province: ["province"],
  agency: [],
};

/** Claims that a role requires, because rights by row depend on them. A leader of a whole province has no office. */
function requiredClaims(role: TokenRole, hasProvince: boolean): readonly PlaceClaim[] {
  const officer = officerOf(role);
  if (officer) return OFFICER_CLAIMS[officer.place];
  if (role === "citizen") return ["personalId"];
  if (role === "administrator") return [];
  if (role === "leader" && hasProvince) return [];
  return role === "portal" ? ["province"] : ["office"];
}

/** Roles that a token may name. `anonymous` and `service` are reserved. */
const TOKEN_ROLES = ROLES.filter(isTokenRole);
const RESERVED: ReadonlySet<unknown> = new Set<Role>(["anonymous", "service"]);

function isTokenRole(role: Role): role is TokenRole {
  return role !== "anonymous" && role !== "authenticated" && role !== "service";
}

const MOST_SCOPES = 4_000;
const DIGITS: Record<PlaceClaim, number> = { office: 5, province: 2, personalId: 12 };

/**
 * Identity of verified claims, or their fault, which repeats no value since a value may be personal. The role of a token
 * without a known role is `authenticated`: a caller with scopes, but without an office, province or personal number.
 */
export function identityOfClaims(
  payload: unknown,
  places: ClaimPlaces = OWN_CLAIMS,
): TokenIdentity | { fault: string } {
  const faults: string[] = [];
  const subject = subjectOf(payload, places, faults);
  const role = roleOf(payload, places, faults);
  const scope = scopesOf(payload, places, faults).join(" ");
  const permissions = places.usesRegistry ? effectivePermissions(role, scope) : [];
  const own: Partial<Caller> = isTokenRole(role) ? placeOf(role, payload, places, faults) : {};
  if (faults.length > 0) return { fault: faults.join("; ") };
  const others = places.usesRegistry ? otherScopes(scope) : scope.split(" ").filter((each) => each !== "");
  return { subject, role, permissions, ...(others.length > 0 && { otherScopes: others }), ...own };
}

function subjectOf(payload: unknown, places: ClaimPlaces, faults: string[]): string {
  const subject = claimOf(payload, places.subject);
  if (typeof subject === "string" && subject !== "" && subject.length <= 200) return subject;
  const name = nameOf(places, "subject");
  faults.push(
    subject === undefined || subject === "" ? `${name} is required` : `${name} must be a text of 200 characters`,
  );
  return "";
}

/** Role that a token names, alone or in a list with the roles of other systems. */
function roleOf(payload: unknown, places: ClaimPlaces, faults: string[]): Role {
  const given = claimOf(payload, places.role);
  const named = new Set(Array.isArray(given) ? given : [given]);
  const known = TOKEN_ROLES.filter((role) => named.has(role));
  const isReserved = [...named].some((each) => RESERVED.has(each));
  if (known.length > 1 || isReserved) {
    const count = known.length > 1 ? "only one" : "one";
    faults.push(`${nameOf(places, "role")} must be ${count} of ${TOKEN_ROLES.join(", ")}`);
  }
  return known[0] ?? "authenticated";
}

/** Scopes as one text that separates them by spaces (RFC 8693, section 4.2), or as a list. */
function scopesOf(payload: unknown, places: ClaimPlaces, faults: string[]): string[] {
  const found = places.scopes.flatMap((pointer) => {
    const given = claimOf(payload, pointer);
    if (given === undefined) return [];
    if (typeof given === "string") return given.split(" ");
    if (Array.isArray(given) && given.every((each) => typeof each === "string")) {
      return given.flatMap((each) => each.split(" "));
    }
    faults.push(`${written(pointer)} must be a list of permissions, or a text that separates them by spaces`);
    return [];
  });
  const scopes = [...new Set(found)].filter((each) => each !== "");
  if (scopes.join(" ").length <= MOST_SCOPES) return scopes;
  faults.push(`${places.scopes.map(written).join(", ")} must have at most ${MOST_SCOPES} characters`);
  return [];
}

/** Office, province, personal number and agency of a caller, as its role requires. */
function placeOf(role: TokenRole, payload: unknown, places: ClaimPlaces, faults: string[]): Partial<Caller> {
  const own: Partial<Caller> = {};
  const hasProvince = claimOf(payload, places.province) !== undefined;
  for (const claim of ["office", "province", "personalId"] as const) {
    const given = claimOf(payload, places[claim]);
    const digits = DIGITS[claim];
    if (typeof given === "string" && new RegExp(`^\\d{${digits}}$`).test(given)) own[claim] = given;
    else if (given !== undefined) faults.push(`${nameOf(places, claim)} must be ${digits} digits`);
    else if (requiredClaims(role, hasProvince).includes(claim)) {
      faults.push(`${nameOf(places, claim)} is required of the role ${role}`);
    }
  }
  const agency = claimOf(payload, places.agency);
  const expected = officerOf(role)?.agency;
  if (expected && agency !== expected) {
    faults.push(`${nameOf(places, "agency")} must be ${expected} for the role ${role}`);
  } else if (agency !== undefined && typeof agency !== "string") {
    faults.push(`${nameOf(places, "agency")} must be a text`);
  } else if (agency !== undefined) own.agency = agency;
  return own;
}

/** Value of a claim; null counts as absent. */
function claimOf(payload: unknown, pointer: JsonPointer | undefined): unknown {
  return pointer && (valueAt(payload, pointer) ?? undefined);
}

function nameOf(places: ClaimPlaces, claim: SingleClaim): string {
  const pointer = places[claim];
  return pointer ? written(pointer) : claim;
}

/** Name of a claim of the first level, or the pointer of a nested one. */
function written(pointer: JsonPointer): string {
  const [name = ""] = pointer;
  if (pointer.length === 1) return name;
  return pointer.map((token) => `/${token.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
