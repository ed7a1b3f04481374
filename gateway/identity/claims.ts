import * as z from "zod";
import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import {
  effectivePermissions,
  officerOf,
  otherScopes,
  ROLES,
  type Role,
} from "../../subgraphs/_shared/rights/permissions.ts";
import type { OfficerPlace } from "../../subgraphs/agency-definition.ts";

/** A caller as a token describes it; each request adds its own id. */
export type TokenIdentity = Omit<Caller, "requestId">;

type TokenRole = Exclude<Role, "anonymous" | "service">;
type PlaceClaim = "office" | "province" | "personalId";

const OFFICER_CLAIMS: Record<OfficerPlace, readonly PlaceClaim[]> = {
  office: ["office"],
  province: ["province"],
  agency: [],
};

/** Claims that a role requires, because rights by row are read from them. */
function requiredClaims(role: TokenRole): readonly PlaceClaim[] {
  const officer = officerOf(role);
  if (officer) return OFFICER_CLAIMS[officer.place];
  if (role === "citizen") return ["personalId"];
  return role === "portal" ? ["province"] : ["office"];
}

/** Roles that a token may carry: no token makes its bearer the anonymous public or the service of an agency. */
const TOKEN_ROLES = ROLES.filter((role): role is TokenRole => role !== "anonymous" && role !== "service");

const digits = (count: number) => z.string().regex(new RegExp(`^\\d{${count}}$`), { error: `must be ${count} digits` });

const claims = z
  .object({
    sub: z.string({ error: "is required" }).min(1).max(200),
    role: z.enum(TOKEN_ROLES, { error: `must be one of ${TOKEN_ROLES.join(", ")}` }),
    scope: z.string({ error: "must be a list of permissions, separated by spaces" }).max(4_000).default(""),
    office: digits(5).optional(),
    province: digits(2).optional(),
    agency: z.string().optional(),
    personalId: digits(12).optional(),
  })
  .superRefine((given, context) => {
    const agency = officerOf(given.role)?.agency;
    const fault = (claim: string, message: string) => context.addIssue({ code: "custom", path: [claim], message });
    for (const claim of requiredClaims(given.role))
      if (!given[claim]) fault(claim, `is required of the role ${given.role}`);
    if (agency && given.agency !== agency) fault("agency", `must be ${agency} for the role ${given.role}`);
  });

/** Reads verified claims: their identity, or their fault, which repeats no value since a value may be personal. */
export function identityOfClaims(payload: unknown): TokenIdentity | { fault: string } {
  const parsed = claims.safeParse(payload);
  if (!parsed.success) {
    return { fault: parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`).join("; ") };
  }
  const { sub, role, scope, ...places } = parsed.data;
  const others = otherScopes(scope);
  const permissions = effectivePermissions(role, scope);
  return { subject: sub, role, permissions, ...(others.length > 0 && { otherScopes: others }), ...places };
}
