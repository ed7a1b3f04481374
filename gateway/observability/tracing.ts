import type { Logger } from "pino";
import type { RequestSpan } from "./request-trace.ts";

/** Where traces go (OTLP over HTTP with JSON) and which share of the requests is traced, 0 to 1. */
export type TracesTarget = { url: string; share: number };

export type Tracing = {
  /** A request begins; `header` is the client's `traceparent`, which gives it a place in a trace and nothing else. */
  request(header: string | readonly string[] | undefined): RequestSpan;
  /** Sends what has not been sent yet, and waits for it a few seconds at most. */
  close(): Promise<void>;
};

/** Traces for a target; without one there are none, and nothing of their library is loaded. */
export async function openTracing(target: TracesTarget | undefined, log: Logger): Promise<Tracing | undefined> {
  if (!target) return undefined;
  const { exportedTraces } = await import("./trace-export.ts");
  return exportedTraces(target, log);
}
