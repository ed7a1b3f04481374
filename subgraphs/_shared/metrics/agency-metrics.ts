import { Gauge, Registry } from "prom-client";
import type { OpenDatabase } from "../serving/database.ts";
import { databaseGauges } from "./database-gauges.ts";
import { histogram } from "./histogram.ts";
import { processMetrics } from "./process-metrics.ts";

/** Metrics of one agency. Their labels are words of the program, never a person's data or text of a caller. */
export type AgencyMetrics = {
  /**
   * A request. `operation`: query, mutation or subscription, "endpoint" beside GraphQL, or "none" if nothing was executed;
   * `outcome`: "ok", or a code.
   */
  request(operation: string, outcome: string, seconds: number): void;
  /** Registry in which the agency's background work registers metrics of its own. */
  registry: Registry;
  /** All metrics in the text format of Prometheus. */
  text(): Promise<string>;
};

/**
 * Metrics of an agency, of its database and of its process.
 * @param pool connections of each of its pools
 * @param streams number of open event streams
 */
export function agencyMetrics(database: OpenDatabase, pool: number, streams: () => number): AgencyMetrics {
  const registry = new Registry();
  const requests = histogram("motcua_agency_request_seconds", "Requests to an agency", ["operation", "outcome"]);
  new Gauge({
    name: "motcua_agency_streams",
    help: "Open event streams of an agency",
    registers: [registry],
    collect() {
      this.set(streams());
    },
  });
  databaseGauges(registry, database, pool);
  const ofProcess = processMetrics();
  return {
    request: requests.observe,
    registry,
    text: async () => [requests.text(), await registry.metrics(), await ofProcess.metrics()].join("\n"),
  };
}
