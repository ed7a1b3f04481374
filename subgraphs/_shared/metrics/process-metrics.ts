import { collectDefaultMetrics, Registry } from "prom-client";

let ofThisProcess: Registry | undefined;

/**
 * Metrics of this process: CPU, memory, event-loop lag, garbage collection. Its observers cannot be removed, so all servers of one
 * process share them.
 */
export function processMetrics(): Registry {
  if (ofThisProcess) return ofThisProcess;
  ofThisProcess = new Registry();
  collectDefaultMetrics({ register: ofThisProcess, eventLoopMonitoringPrecision: 20 });
  return ofThisProcess;
}
