import type { ServerResponse } from "node:http";
import type { Logger } from "pino";
import { sendGraphqlError, sendJson } from "../../subgraphs/_shared/serving/http.ts";
import { Refusal } from "../errors.ts";
import { ClientGone } from "./body.ts";
import { setSecurityHeaders } from "./headers.ts";

/** Sends the response of a failed request: a refusal states its reason; a fault is logged and masked. */
export function sendErrorResponse(response: ServerResponse, error: unknown, requestId: string, log: Logger): void {
  if (error instanceof ClientGone || response.headersSent) {
    response.destroy();
    return;
  }
  setSecurityHeaders(response, requestId);
  if (error instanceof Refusal) {
    for (const [name, value] of Object.entries(error.headers)) response.setHeader(name, value);
    const { code, details } = error;
    sendJson(response, error.status, {
      errors: [{ message: error.message, extensions: { code, ...details, requestId } }],
    });
  } else {
    log.error({ requestId, err: error }, "fault");
    const message = "The gateway failed; the fault is logged under the request id";
    sendGraphqlError(response, 500, "INTERNAL", message, requestId);
  }
}
