import type { ExecutionResult } from "graphql";
import { toVietnamTime } from "../reference/days.ts";
import type { Context } from "./context.ts";

/** States of a response that waits for an agency, in its extensions: the gateway passes them on to the client. */
export function withUnavailableAgencies(result: ExecutionResult, { unavailable }: Pick<Context, "unavailable">) {
  if (!unavailable || unavailable.size === 0) return result;
  const agencies = Object.fromEntries([...unavailable].map(([agency, since]) => [agency, toVietnamTime(since)]));
  return { ...result, extensions: { ...result.extensions, unavailable: agencies } };
}

/** Reports that an agency has not responded since a moment; the earliest one counts. */
export function reportUnavailable({ unavailable }: Pick<Context, "unavailable">, agency: string, since: Date): void {
  const known = unavailable?.get(agency);
  if (!known || known > since) unavailable?.set(agency, since);
}
