import type { Logger } from "pino";
import type postgres from "postgres";
import type { OneStopConfiguration } from "../configuration.ts";
import { effectOf } from "./attempt.ts";
import { setBlockedAside } from "./blocked-deliveries.ts";
import { type DeliveryLease, leaseDeliveries, recordAttempt, returnLease } from "./delivery-store.ts";
import { eventBody } from "./event.ts";
import type { ReceiverClient } from "./receiver-client.ts";

export type WebhookWorkerOptions = {
  sql: postgres.Sql;
  receivers: ReceiverClient;
  configuration: Pick<OneStopConfiguration, "pollMs" | "concurrency" | "leaseMs" | "webhooks" | "failpoints">;
  log: Logger;
  now: () => Date;
};

/**
 * Delivers to the receivers. Any number of processes may run it. Each webhook has its own room for attempts, so a slow receiver
 * delays no other one.
 */
export function startWebhookDeliveries(options: WebhookWorkerOptions): { stop(): Promise<void> } {
  const { sql, configuration, log } = options;
  const leaseMs = Math.max(configuration.leaseMs, configuration.webhooks.timeoutMs * 2);
  const running = new Map<string, number>();
  const attempts = new Set<Promise<void>>();
  const stopped = new AbortController();
  let wake = () => {};
  let setAsideAt = Number.NEGATIVE_INFINITY;

  /** Leases what is due. At most once in a poll's time, or where nothing is leased, it sets aside what waits behind failing deliveries. */
  async function lease(): Promise<DeliveryLease[]> {
    for (;;) {
      const leases = await leaseDeliveries(sql, running, leaseMs);
      if (leases.length > 0 && performance.now() - setAsideAt < configuration.pollMs) return leases;
      setAsideAt = performance.now();
      if ((await setBlockedAside(sql)) === 0 || leases.length > 0) return leases;
    }
  }

  function start(lease: DeliveryLease): void {
    running.set(lease.webhookId, (running.get(lease.webhookId) ?? 0) + 1);
    const ended = attempt(options, lease, stopped.signal).finally(() => {
      const left = (running.get(lease.webhookId) ?? 1) - 1;
      if (left > 0) running.set(lease.webhookId, left);
      else running.delete(lease.webhookId);
      attempts.delete(ended);
      wake();
    });
    attempts.add(ended);
  }

  async function work(): Promise<void> {
    while (!stopped.signal.aborted) {
      let hasEnded = false;
      wake = () => {
        hasEnded = true;
      };
      const leases = await lease().catch((error: unknown) => {
        log.warn({ err: error }, "Polling for due webhook deliveries failed");
        return [];
      });
      for (const lease of leases) start(lease);
      if (leases.length === 0 && !hasEnded) await pause();
    }
  }

  /** Ends early when an attempt has ended, or on `stop`. */
  function pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, configuration.pollMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  const working = configuration.concurrency > 0 ? work() : Promise.resolve();
  return {
    async stop() {
      stopped.abort();
      wake();
      await working;
      await Promise.all(attempts);
    },
  };
}

/** Makes one attempt and records its outcome. After an error the lease ends by itself. */
async function attempt(options: WebhookWorkerOptions, lease: DeliveryLease, signal: AbortSignal): Promise<void> {
  const { sql, receivers, configuration, log, now } = options;
  try {
    await configuration.failpoints("before-call", "WEBHOOK");
    const { id, url, secrets } = lease;
    const outcome = await receivers.send({ id, url, body: eventBody(lease), secrets }, signal);
    await configuration.failpoints("after-call", "WEBHOOK");
    if (outcome === null) return await returnLease(sql, lease);
    const effect = effectOf(outcome, lease.attempts, Math.random());
    const { pauseAfterDays } = configuration.webhooks;
    await recordAttempt(sql, lease, outcome, effect, { now: now(), pauseAfterDays });
    await configuration.failpoints("after-commit", "WEBHOOK");
    const { failure, status } = outcome;
    if (failure) log.info({ delivery: id, webhook: lease.webhookId, failure, status }, "A webhook delivery failed");
  } catch (error) {
    log.error({ err: error, delivery: lease.id }, "An attempt of a webhook delivery was not recorded");
  }
}
