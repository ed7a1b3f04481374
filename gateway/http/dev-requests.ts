import type { IncomingMessage, ServerResponse } from "node:http";
import { sendJson } from "../../subgraphs/_shared/serving/http.ts";
import type { DevEndpoints } from "../demo/dev-endpoints.ts";
import { DevRefusal, devRefusal } from "../demo/dev-refusal.ts";
import { badRequest } from "../errors.ts";
import { readRequestBody } from "./body.ts";
import { ownOrigin } from "./own-origin.ts";

/** Serves the demo's endpoints below /dev; a refusal names the field and the remedy. */
export async function serveDev(
  { endpoints, bodyLimitBytes }: { endpoints: DevEndpoints; bodyLimitBytes: number },
  request: IncomingMessage,
  response: ServerResponse,
  { path, search, requestId }: { path: string[]; search: URLSearchParams; requestId: string },
): Promise<void> {
  refuseOtherSites(request);
  const { method = "GET" } = request;
  const input = async () => json(await readRequestBody(request, bodyLimitBytes));
  try {
    const body = await endpoints({ method, path, search, input, origin: ownOrigin(request) });
    if (body !== undefined) return sendJson(response, 200, body);
    const message =
      "GET /dev/token, personas, families, care-facilities, example/NAME, clock, agencies, kill; POST /dev/clock, agencies/NAME, kill/NAME";
    sendJson(response, 404, { error: { code: "NOT_FOUND", message, requestId } });
  } catch (error) {
    if (!(error instanceof DevRefusal)) throw error;
    const { field, message, remedy } = error;
    sendJson(response, 400, { error: { code: "BAD_USER_INPUT", field, message, remedy, requestId } });
  }
}

/** A page of another site in the developer's browser must not change the demo's settings. */
function refuseOtherSites(request: IncomingMessage): void {
  const site = request.headers["sec-fetch-site"];
  if (site === undefined || site === "same-origin" || site === "none") return;
  throw badRequest("The demo's endpoints refuse requests from pages of other sites", 403);
}

function json(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw devRefusal("body", "is not JSON", 'send JSON such as {"mood": "DOWN"} or {"now": null}');
  }
}
