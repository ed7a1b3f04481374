import type { IncomingMessage, ServerResponse } from "node:http";
import { sendJson } from "../../subgraphs/_shared/serving/http.ts";
import type { DevRoutes } from "../demo/dev-endpoints.ts";
import { DevRefusal, devRefusal } from "../demo/dev-refusal.ts";
import { badRequest } from "../errors.ts";
import type { Gateway } from "../server.ts";
import { readRequestBody } from "./body.ts";

/** Serves the demo's endpoints below /dev; what is wrong with a request is said with its field and the remedy. */
export async function serveDev(
  { configuration }: Gateway,
  dev: DevRoutes,
  request: IncomingMessage,
  response: ServerResponse,
  path: string[],
  search: URLSearchParams,
  requestId: string,
): Promise<void> {
  refuseForeignPages(request);
  const { method = "GET" } = request;
  const input = async () => json(await readRequestBody(request, configuration.bodyLimitBytes));
  try {
    const answer = await dev({ method, path, search, input });
    if (answer !== undefined) return sendJson(response, 200, answer);
    const message =
      "GET /dev/token, personas, families, care-facilities, clock, agencies; POST /dev/clock, agencies/NAME";
    sendJson(response, 404, { error: { code: "NOT_FOUND", message, requestId } });
  } catch (error) {
    if (!(error instanceof DevRefusal)) throw error;
    const { field, message, remedy } = error;
    sendJson(response, 400, { error: { code: "BAD_USER_INPUT", field, message, remedy, requestId } });
  }
}

/** A page of another site in the developer's browser must not turn the demo's switches. */
function refuseForeignPages(request: IncomingMessage): void {
  const site = request.headers["sec-fetch-site"];
  if (site === undefined || site === "same-origin" || site === "none") return;
  throw badRequest("The demo's endpoints are not for pages of other sites", 403);
}

function json(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw devRefusal("body", "is not JSON", 'send JSON such as {"mood": "DOWN"} or {"now": null}');
  }
}
