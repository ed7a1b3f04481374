import { setTimeout as after } from "node:timers/promises";
import {
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { detectResources, envDetector, resourceFromAttributes } from "@opentelemetry/resources";
import {
  BatchSpanProcessor,
  NodeTracerProvider,
  ParentBasedSampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
} from "@opentelemetry/sdk-trace-node";
import type { Logger } from "pino";
import { parseTraceparent, traceparent } from "../../subgraphs/_shared/serving/traceparent.ts";
import type { FetchTrace, RequestFacts, RequestSpan, TracesTarget, Tracing } from "./request-trace.ts";

const LAST_EXPORT_MS = 3_000;

/** Exports spans in batches to a collector: one for each request, with a child for each subgraph call. */
export function exportedTraces({ url, share }: TracesTarget, log: Logger): Tracing {
  const root = new TraceIdRatioBasedSampler(share);
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ "service.name": "motcua-gateway" }).merge(
      detectResources({ detectors: [envDetector] }), // OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES
    ),
    // the sampling flag of a client does not decide what is exported
    sampler: new ParentBasedSampler({ root, remoteParentSampled: root, remoteParentNotSampled: root }),
    spanProcessors: [new BatchSpanProcessor(reported(new OTLPTraceExporter({ url }), log))],
  });
  const tracer = provider.getTracer("motcua");
  return {
    request(header) {
      const parent = parseTraceparent(header);
      const context = parent ? trace.setSpanContext(ROOT_CONTEXT, { ...parent, isRemote: true }) : ROOT_CONTEXT;
      return requestSpan(tracer, context);
    },
    async close() {
      const sent = provider.shutdown().catch(() => {}); // a failed export is already logged
      await Promise.race([sent, after(LAST_EXPORT_MS, undefined, { ref: false })]);
    },
  };
}

function requestSpan(tracer: Tracer, context: Context): RequestSpan {
  const span = tracer.startSpan("graphql", { kind: SpanKind.SERVER }, context);
  const inside = trace.setSpan(context, span);
  const whole: FetchTrace = { traceparent: traceparent(span.spanContext()), end() {} };
  const request = {
    traceId: span.spanContext().traceId,
    fetches: 0,
    fetch(subgraph: string) {
      request.fetches += 1;
      if (!span.isRecording()) return whole; // not sampled
      const attributes = { "motcua.subgraph": subgraph };
      return fetchTrace(tracer.startSpan(`fetch ${subgraph}`, { kind: SpanKind.CLIENT, attributes }, inside));
    },
    end({ requestId, operation, role, outcome }: RequestFacts) {
      if (operation) span.updateName(operation).setAttribute("graphql.operation.name", operation);
      if (role) span.setAttribute("motcua.role", role);
      span.setAttribute("motcua.request_id", requestId);
      ended(span, outcome);
    },
  };
  return request;
}

function fetchTrace(span: Span): FetchTrace {
  return { traceparent: traceparent(span.spanContext()), end: (outcome) => ended(span, outcome) };
}

function ended(span: Span, outcome: string): void {
  span.setAttribute("motcua.outcome", outcome);
  if (outcome !== "ok") span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

/** Logs once that the collector refuses spans, and once that it accepts them again. Requests never wait for it. */
function reported(exporter: SpanExporter, log: Logger): SpanExporter {
  let failing = false;
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        const failed = result.code !== 0;
        if (failed && !failing) log.warn({ err: result.error }, "The collector of traces takes none; they are dropped");
        if (!failed && failing) log.info("The collector takes traces again");
        failing = failed;
        done(result);
      });
    },
    forceFlush: async () => exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  };
}
