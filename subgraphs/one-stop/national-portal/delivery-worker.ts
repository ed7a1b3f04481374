import type { Logger } from "pino";
import { backoffMs } from "../saga/backoff.ts";
import { startPolling } from "../saga/polling.ts";
import { type DeliveryContext, deliverDossier } from "./deliver-dossier.ts";
import { type DeliveryLease, LeaseLost, leaseDue, retryMappings } from "./delivery-store.ts";

export type DeliveryWorkerOptions = {
  context: DeliveryContext;
  /** Maximal number of dossiers at a time. */
  concurrency: number;
  pollMs: number;
  log: Logger;
};

/**
 * Delivers due dossiers to the national portal: the messages of one dossier one after another, several dossiers at a time. While the
 * portal is away, one dossier at a time is tried, with growing pauses. Any number of processes may run it.
 */
export function startDeliveries({ context, concurrency, pollMs, log }: DeliveryWorkerOptions): {
  stop(): Promise<void>;
} {
  let failures = 0;
  let pausedUntil = 0;
  let isFirst = true;

  async function next(limit: number): Promise<readonly DeliveryLease[]> {
    if (performance.now() < pausedUntil) return [];
    try {
      if (isFirst) await retryMappings(context.sql);
      isFirst = false;
      return await leaseDue(context.sql, failures > 0 ? 1 : limit, context.leaseMs);
    } catch (error) {
      log.warn({ err: error }, "Polling for due deliveries to the national portal failed");
      return [];
    }
  }

  async function run(lease: DeliveryLease): Promise<readonly []> {
    try {
      const turn = await deliverDossier(context, lease);
      if (turn.kind === "UNAVAILABLE") {
        pausedUntil = performance.now() + context.pauseMs(failures);
        failures += 1;
        log.warn({ dossier: lease.code, reason: turn.words }, "The national portal does not respond");
      } else failures = 0;
      if (turn.kind === "PROBLEM")
        log.error({ dossier: lease.code, problem: turn.problem }, "A delivery to the national portal needs a person");
    } catch (error) {
      // another worker has the dossier, or the turn is repeated when its lease ends
      if (!(error instanceof LeaseLost)) log.error({ err: error, dossier: lease.code }, "A delivery failed");
    }
    return [];
  }

  return startPolling<DeliveryLease, null>({ concurrency, pauseMs: pollMs, next, run });
}

/** Pauses that double from the base up to the cap, with jitter. */
export function growingPause(baseMs: number, capMs: number): (failures: number) => number {
  return (failures) => backoffMs(failures, Math.random(), { baseMs, capMs });
}
