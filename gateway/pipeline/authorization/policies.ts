import * as z from "zod";
import { type Caller, hasAtom } from "../../../subgraphs/_shared/identity/caller.ts";
import { ROLES, type Role } from "../../../subgraphs/_shared/rights/permissions.ts";

/** Evaluation of policies (@policy) by name. A policy without an entry never holds. */
export type Policies = ReadonlyMap<string, (caller: Caller) => boolean>;

export const NO_POLICIES: Policies = new Map();

const roles = z.array(z.enum(ROLES, { error: `must be one of ${ROLES.join(", ")}` }));
const scopes = z.array(z.array(z.string()).min(1, { error: "must not be empty" }));
/** A list stands for `{"roles": […]}`. */
const rule = z.union([roles.transform((list) => ({ roles: list })), z.strictObject({ roles, scopes }).partial()], {
  error: `must be a list of roles (${ROLES.join(", ")}) or {"roles": ["clerk"], "scopes": [["a", "b"], ["c"]]}`,
});
type Rule = { roles?: readonly Role[] | undefined; scopes?: readonly (readonly string[])[] | undefined };

const EXAMPLE = '{"staff": ["clerk", "leader"]}';

/** Variable such as `{"staff": ["clerk", "leader"], "paid": {"scopes": [["plan:paid"]]}}`: for whom each policy holds. */
export const policies = z
  .string()
  .default("{}")
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown; // the pipe below checks it
    } catch {
      context.addIssue({ code: "custom", message: `must be JSON such as ${EXAMPLE}` });
      return z.NEVER;
    }
  })
  .pipe(z.record(z.string(), rule, { error: `must be JSON such as ${EXAMPLE}` }))
  .transform(
    (table): Policies => new Map(Object.entries(table).map(([name, each]) => [name, (caller) => fits(caller, each)])),
  );

/** True for a caller with one of the roles, or with all scopes of one of the sets. */
function fits(caller: Caller, { roles = [], scopes = [] }: Rule): boolean {
  return roles.includes(caller.role) || scopes.some((set) => set.every((scope) => hasAtom(caller, `scope:${scope}`)));
}
