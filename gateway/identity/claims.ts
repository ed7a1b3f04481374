import * as z from "zod";
import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import { effectivePermissions, otherScopes, ROLES, type Role } from "../../subgraphs/_shared/rights/permissions.ts";
import type { AgencyCode } from "../../subgraphs/agency-registry.ts";

/** A caller as a token describes it; the request adds its own id. */
export type TokenIdentity = Omit<Caller, "requestId">;

type TokenRole = Exclude<Role, "anonymous" | "service">;
type PlaceClaim = "office" | "province" | "personalId";

/** The claims a role cannot do without, because rights by row are read from them; an officer's agency is fixed. */
const NEEDS: Record<TokenRole, { claims: PlaceClaim[]; agency?: AgencyCode }> = {
  clerk: { claims: ["office"] },
  leader: { claims: ["office"] },
  registrar: { claims: ["office"], agency: "CIVIL_STATUS" },
  police: { claims: ["office"], agency: "RESIDENCE" },
  insurer: { claims: ["province"], agency: "HEALTH_INSURANCE" },
  "land-officer": { claims: [], agency: "LAND" },
  "business-officer": { claims: [], agency: "BUSINESS" },
  portal: { claims: ["province"] },
  citizen: { claims: ["personalId"] },
};

/** Roles that a token may carry: nobody claims to be the public, and one agency speaks to another without tokens. */
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
    const { claims: needed, agency } = NEEDS[given.role];
    const fault = (claim: string, message: string) => context.addIssue({ code: "custom", path: [claim], message });
    for (const claim of needed) if (!given[claim]) fault(claim, `is required of the role ${given.role}`);
    if (agency && given.agency !== agency) fault("agency", `must be ${agency} for the role ${given.role}`);
  });

/** Reads verified claims: the identity they give, or what is wrong with them (never a value, it may be personal). */
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
