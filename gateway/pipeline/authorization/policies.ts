import * as z from "zod";
import type { Caller } from "../../../subgraphs/_shared/identity/caller.ts";
import { ROLES } from "../../../subgraphs/_shared/rights/permissions.ts";

/** Evaluation of policies (@policy) by name. A policy without an entry never holds. */
export type Policies = ReadonlyMap<string, (caller: Caller) => boolean>;

export const NO_POLICIES: Policies = new Map();

const roles = z.array(z.enum(ROLES, { error: `must be one of ${ROLES.join(", ")}` }));

/** Variable such as `{"staff": ["clerk", "leader"]}`: the roles for which each policy holds. */
export const policies = z
  .string()
  .default("{}")
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown; // the pipe below checks it
    } catch {
      context.addIssue({ code: "custom", message: 'must be JSON such as {"staff": ["clerk", "leader"]}' });
      return z.NEVER;
    }
  })
  .pipe(z.record(z.string(), roles))
  .transform(
    (table): Policies =>
      new Map(Object.entries(table).map(([name, roles]) => [name, ({ role }: Caller) => roles.includes(role)])),
  );
