import type { CompiledOperation } from "../executor/compiled-operation.ts";
import { toUtf8 } from "../utf8.ts";

/** A valid operation that the planner cannot plan: answered as a fault of the gateway, every time. */
export function planningFailure(error: unknown): CompiledOperation {
  const reason = error instanceof Error ? error.message : String(error);
  const message = `The operation cannot be planned: ${reason}`;
  return { run: async () => ({ data: toUtf8("null"), errors: [{ message, extensions: { code: "INTERNAL" } }] }) };
}
