import { createServer, type ServerResponse } from "node:http";
import { Registry } from "prom-client";
import { closeServer, listen, sendJson } from "../serving/http.ts";

/** All metrics in the text format of Prometheus. */
export type Scraped = { text(): Promise<string> };

/** Address at which metrics are scraped. */
export type MetricsAddress = { port: number; host: string };
export type MetricsServer = { port: number; close(): Promise<void> };

const RECEIVING = { headersTimeout: 5_000, requestTimeout: 5_000, connectionsCheckingInterval: 1_000 };

/**
 * Serves `GET /metrics` on a separate port, so that clients cannot read it.
 * @throws an Error when the port is taken.
 */
export async function serveMetrics(metrics: Scraped, { port, host }: MetricsAddress): Promise<MetricsServer> {
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
export async function sendMetrics(metrics: Scraped, response: ServerResponse): Promise<void> {
  response.setHeader("content-type", Registry.PROMETHEUS_CONTENT_TYPE);
  response.setHeader("cache-control", "no-store");
  response.end(await metrics.text());
}
