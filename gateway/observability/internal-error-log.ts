import type { Logger } from "pino";
import { isInternal } from "../errors.ts";

type Fault = {
  message: string;
  path?: readonly (string | number)[] | undefined;
  extensions?: Record<string, unknown> | undefined;
  originalError?: unknown;
};

/** What leaves masked is logged under the request id that the client is told; long numbers may be people's. */
export function logInternalErrors(errors: readonly Fault[], requestId: string, log: Logger): void {
  for (const error of errors) {
    if (!isInternal(error)) continue;
    const subgraph = error.extensions?.serviceName;
    const fault = error.message.replaceAll(/\d{6,}/g, "#");
    const inside = subgraph === undefined ? { err: error.originalError } : { subgraph };
    log.error({ requestId, path: error.path, fault, ...inside }, "fault");
  }
}
