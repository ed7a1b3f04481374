import { Directive } from "type-graphql";
import type { Permission } from "./permissions.ts";

/**
 * States in the SDL that a type or field needs these permissions, all of them (`@requiresScopes`). The gateway never asks
 * for what a caller may not read, and the agency's own `guard` enforces the same.
 */
export function RequiresScopes(...permissions: [Permission, ...Permission[]]) {
  return Directive(`@requiresScopes(scopes: ${JSON.stringify([permissions])})`);
}
