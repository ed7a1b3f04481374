import type { Logger } from "pino";
import { isInternal } from "../errors.ts";
import type { PassedErrors } from "../passed-errors.ts";

type Fault = {
  message: string;
  path?: readonly (string | number)[] | undefined;
  extensions?: Record<string, unknown> | undefined;
  originalError?: unknown;
};

/** Logs masked errors under the request id of the response. Long numbers are masked, since they may be personal. */
export function logInternalErrors(
  errors: readonly Fault[],
  requestId: string,
  log: Logger,
  passed: PassedErrors,
): void {
  for (const error of errors) {
    if (!isInternal(error, passed)) continue;
    const subgraph = error.extensions?.serviceName;
    const fault = error.message.replaceAll(/\d{6,}/g, "#");
    const inside = subgraph === undefined ? { err: error.originalError } : { subgraph };
    log.error({ requestId, path: error.path, fault, ...inside }, "fault");
  }
}
