import { Gauge, Histogram, Registry } from "prom-client";
import { histogram } from "../../subgraphs/_shared/metrics/histogram.ts";
import { processMetrics } from "../../subgraphs/_shared/metrics/process-metrics.ts";
import { operationLabels } from "./operation-labels.ts";

const BREAKER_STATES = ["closed", "half-open", "open"] as const;
export type BreakerState = (typeof BREAKER_STATES)[number];
export type CacheSize = { entries: number; bytes: number };

/** Metrics of the gateway. Each call only adds a few numbers, so it can be made for every request and every fetch. */
export type Metrics = {
  /**
   * A client request. `outcome` is one of a few words, such as "ok" or an error code, never text of a client.
   * `isKnownClient`: sent with a token, or with a registered document.
   */
  request(operation: string | undefined, outcome: string, seconds: number, isKnownClient: boolean): void;
  /** A subgraph call. `outcome` is one of a few words, as above. */
  fetch(subgraph: string, outcome: string, seconds: number): void;
  /** Planning of one operation, with its outcome in a word. */
  planning(outcome: string, seconds: number): void;
  /** New state of a subgraph's circuit breaker. */
  breaker(subgraph: string, state: BreakerState): void;
  /** Registers a cache; its size is read when the metrics are scraped. */
  cache(name: string, size: () => CacheSize): void;
  /** All metrics in the text format of Prometheus. */
  text(): Promise<string>;
};

/** Metrics of one gateway and of its process (CPU, memory, event-loop lag, garbage collection). */
export function openMetrics(): Metrics {
  const registry = new Registry();
  const labelOf = operationLabels();
  const requests = histogram("motcua_request_seconds", "Requests of clients", ["operation", "outcome"]);
  const fetches = histogram("motcua_fetch_seconds", "Calls of subgraphs", ["subgraph", "outcome"]);
  const plannings = new Histogram({
    name: "motcua_planning_seconds",
    help: "Plannings of operations",
    labelNames: ["outcome"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  const breakers = new Gauge({
    name: "motcua_breaker_state",
    help: "1 for the state that a subgraph's circuit breaker is in",
    labelNames: ["subgraph", "state"],
    registers: [registry],
  });
  const caches = new Map<string, () => CacheSize>();
  cacheGauge(registry, "entries", caches);
  cacheGauge(registry, "bytes", caches);
  const ofProcess = processMetrics();

  return {
    request(operation, outcome, seconds, isKnownClient) {
      const executed = outcome === "ok" || outcome === "UNAVAILABLE"; // a refused document may have any name
      requests.observe(labelOf(operation, executed && isKnownClient), outcome, seconds);
    },
    fetch: fetches.observe,
    planning: (outcome, seconds) => plannings.observe({ outcome }, seconds),
    breaker(subgraph, state) {
      for (const each of BREAKER_STATES) breakers.set({ subgraph, state: each }, each === state ? 1 : 0);
    },
    cache: (name, size) => void caches.set(name, size),
    text: async () => [requests.text(), fetches.text(), await registry.metrics(), await ofProcess.metrics()].join("\n"),
  };
}

function cacheGauge(registry: Registry, unit: keyof CacheSize, caches: ReadonlyMap<string, () => CacheSize>): void {
  new Gauge({
    name: `motcua_cache_${unit}`,
    help: `${unit === "entries" ? "Entries" : "Approximate bytes"} that a cache holds`,
    labelNames: ["cache"],
    registers: [registry],
    collect() {
      for (const [cache, size] of caches) this.set({ cache }, size()[unit]);
    },
  });
}
