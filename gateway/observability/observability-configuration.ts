import * as z from "zod";
import type { MetricsAddress } from "../../subgraphs/_shared/metrics/metrics-endpoint.ts";
import type { TracesTarget } from "./request-trace.ts";

/** Settings of metrics and traces. */
export type ObservabilityConfiguration = {
  /** Separate listener for metrics; undefined: none. */
  metrics: MetricsAddress | undefined;
  /** Collector of traces; undefined: none. */
  traces: TracesTarget | undefined;
};

const collector = z
  .url({ protocol: /^https?$/, error: "must be an http(s) address such as http://127.0.0.1:4318" })
  .optional();

/** OpenTelemetry defines the names with OTEL; its exporter itself reads further ones (headers, timeout, certificates). */
export const observabilityVariables = {
  METRICS_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  METRICS_HOST: z.string().default("127.0.0.1"),
  OTEL_EXPORTER_OTLP_ENDPOINT: collector,
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: collector,
  OTEL_EXPORTER_OTLP_PROTOCOL: z
    .literal("http/json", { error: "must be http/json, the only protocol that is supported" })
    .optional(),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
};

export function observabilityConfiguration(read: {
  METRICS_PORT?: number | undefined;
  METRICS_HOST: string;
  OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined;
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT?: string | undefined;
  OTEL_TRACES_SAMPLER_ARG: number;
}): ObservabilityConfiguration {
  const { METRICS_PORT: port, METRICS_HOST: host, OTEL_EXPORTER_OTLP_ENDPOINT: base } = read;
  const url = read.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? (base && `${base.replace(/\/$/, "")}/v1/traces`);
  return {
    metrics: port === undefined ? undefined : { port, host },
    traces: url ? { url, share: read.OTEL_TRACES_SAMPLER_ARG } : undefined,
  };
}
