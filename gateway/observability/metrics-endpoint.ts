import { createServer, type ServerResponse } from "node:http";
import { closeServer, listen, sendJson } from "../../subgraphs/_shared/serving/http.ts";
import { METRICS_TYPE, type Metrics } from "./metrics.ts";

/** Address at which metrics are scraped. */
export type MetricsAddress = { port: number; host: string };
export type MetricsServer = { port: number; close(): Promise<void> };

const RECEIVING = { headersTimeout: 5_000, requestTimeout: 5_000, connectionsCheckingInterval: 1_000 };

/**
 * Serves `GET /metrics` on a separate port, so that clients of the gateway cannot read it.
 * @throws an Error when the port is taken.
 */
export async function serveMetrics(
  metrics: Pick<Metrics, "text">,
  { port, host }: MetricsAddress,
): Promise<MetricsServer> {
  const server = createServer(RECEIVING, (request, response) => {
    if (request.method === "GET" && request.url === "/metrics") {
      return void sendMetrics(metrics, response).catch(() => response.destroy());
    }
    sendJson(response, 404, { error: { code: "NOT_FOUND", message: "GET /metrics is all there is" } });
  });
  const listening = await listen(server, port, host, "METRICS_PORT");
  return { port: listening, close: () => closeServer(server, 0) };
}

/** Sends the metrics in the text format of Prometheus. */
export async function sendMetrics(metrics: Pick<Metrics, "text">, response: ServerResponse): Promise<void> {
  response.setHeader("content-type", METRICS_TYPE);
  response.setHeader("cache-control", "no-store");
  response.end(await metrics.text());
}
