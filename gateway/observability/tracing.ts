import type { Logger } from "pino";
import type { TracesTarget, Tracing } from "./request-trace.ts";

/** Opens tracing for a target; without one, the tracing library is not loaded. */
export async function openTracing(target: TracesTarget | undefined, log: Logger): Promise<Tracing | undefined> {
  if (!target) return undefined;
  const { exportedTraces } = await import("./trace-export.ts");
  return exportedTraces(target, log);
}
