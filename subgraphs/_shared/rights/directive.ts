import { Directive } from "type-graphql";
import type { Permission } from "./permissions.ts";

/**
 * `@requiresScopes` in the SDL: a type or field needs all these permissions. The gateway never fetches a field that the caller
 * may not read, and the agency's own `guard` enforces the same rule.
 */
export function RequiresScopes(...permissions: [Permission, ...Permission[]]) {
  return Directive(`@requiresScopes(scopes: ${JSON.stringify([permissions])})`);
}
