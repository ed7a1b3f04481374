import { type Caller, anonymous as nobody } from "../../subgraphs/_shared/identity/caller.ts";
import { IDENTITY_HEADER, signIdentity } from "../../subgraphs/_shared/identity/identity.ts";
import { permissionsOf, type Role } from "../../subgraphs/_shared/rights/permissions.ts";
import type { AgencyCode, SubgraphName } from "../../subgraphs/agency-registry.ts";
import type { Answer, Persona, World } from "../world.ts";

/** Token of a role, with all permissions of the role by default. */
export function bearer(
  role: Exclude<Role, "anonymous" | "service">,
  place: { office?: string; province?: string; personalId?: string; agency?: AgencyCode } = {},
  scope: readonly string[] = permissionsOf(role),
): Persona {
  return { claims: { sub: `test:${role}`, role, scope: scope.join(" "), ...place } };
}

export function citizen(personalId: string | null): Persona {
  return bearer("citizen", { personalId: personalId ?? "" });
}

/** Caller as vouched for by the gateway, with all permissions of the role. */
export function caller(role: Role, more: Partial<Caller> = {}): Caller {
  const requestId = `direct-${Math.random().toString(36).slice(2)}`;
  if (role === "anonymous") return { ...nobody(requestId), ...more };
  return { subject: `test:${role}`, role, permissions: permissionsOf(role), requestId, ...more };
}

/** Sends a query to an agency directly, with a signed identity like the gateway's. */
export async function askAgency(
  world: World,
  name: SubgraphName,
  by: Caller,
  query: string,
  variables: object = {},
): Promise<Answer> {
  const body = JSON.stringify({ query, variables });
  const identity = signIdentity(world.keys(name), {
    audience: name,
    issuer: "test",
    body,
    caller: by,
    now: Date.now(),
  });
  return sendTo(world, name, body, identity);
}

/** Sends any bytes with any identity header to an agency. */
export async function sendTo(world: World, name: SubgraphName, body: string, identity?: string): Promise<Answer> {
  const response = await fetch(`http://127.0.0.1:${world.agencies.ports[name]}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(identity !== undefined && { [IDENTITY_HEADER]: identity }) },
    body,
  });
  return { ...((await response.json()) as Answer), status: response.status, headers: response.headers };
}
