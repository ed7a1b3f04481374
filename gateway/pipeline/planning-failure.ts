import type { CompiledOperation } from "../executor/compiled-operation.ts";
import { toUtf8 } from "../utf8.ts";

/** Stands in for a valid operation that the planner cannot plan: every request gets an INTERNAL error. */
export function planningFailure(error: unknown): CompiledOperation {
  const reason = error instanceof Error ? error.message : String(error);
  const message = `The operation cannot be planned: ${reason}`;
  return { run: async () => ({ data: toUtf8("null"), errors: [{ message, extensions: { code: "INTERNAL" } }] }) };
}
