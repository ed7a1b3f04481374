import type { ServerResponse } from "node:http";
import type { Logger } from "pino";
import { sendJson } from "../../subgraphs/_shared/serving/http.ts";
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
  const { status, headers, body } = errorContent(error, requestId, log);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  sendJson(response, status, body);
}

type ErrorContent = { status: number; headers: Readonly<Record<string, string>>; body: object };

/** Content of the response of a failed request; a fault is logged. */
export function errorContent(error: unknown, requestId: string, log: Logger): ErrorContent {
  if (error instanceof Refusal) {
    const { status, headers, code, details, message } = error;
    return { status, headers, body: { errors: [{ message, extensions: { code, ...details, requestId } }] } };
  }
  log.error({ requestId, err: error }, "fault");
  const message = "The gateway failed; the fault is logged under the request id";
  return { status: 500, headers: {}, body: { errors: [{ message, extensions: { code: "INTERNAL", requestId } }] } };
}
