import type { Logger } from "pino";
import type postgres from "postgres";
import type { ChangeConsumer } from "../changes/consumers.ts";
import type { OneStopConfiguration } from "../configuration.ts";
import type { DossierKinds } from "../definitions/dossier-kind.ts";
import type { NationalPortalConfiguration } from "./configuration.ts";
import type { DeliveryContext } from "./deliver-dossier.ts";
import { markDue } from "./delivery-store.ts";
import { growingPause, startDeliveries } from "./delivery-worker.ts";
import { nationalPortal } from "./portal-client.ts";

type Parts = {
  sql: postgres.Sql;
  kinds: DossierKinds;
  configuration: OneStopConfiguration;
  portal: NationalPortalConfiguration;
  now(): Date;
};

/** Parts that a delivery needs, with a client that logs in at its first call. */
export function deliveryContext({ sql, kinds, configuration, portal, now }: Parts): DeliveryContext {
  const { account, mappings, longestPauseMs } = portal;
  const { deliveryTimeoutMs, officeCodes, leaseMs, failpoints, backoff } = configuration;
  return {
    ...{ sql, kinds, leaseMs, failpoints, now },
    portal: nationalPortal(account, mappings, deliveryTimeoutMs),
    tables: { mappings, officeCodes },
    pauseMs: growingPause(backoff.deliver.baseMs, longestPauseMs),
  };
}

/** Consumer of the stream of changes: a dossier with a change is to be delivered. */
export const portalConsumer: ChangeConsumer = { name: "NATIONAL_PORTAL", take: markDue };

/** Starts the deliveries of this process to the national portal. */
export function startPortal(parts: Parts & { log: Logger }): { stop(): Promise<void> } {
  const { portal, configuration, log } = parts;
  const { pollMs } = configuration;
  const concurrency = configuration.concurrency === 0 ? 0 : portal.concurrency; // all workers of the process are stopped
  return startDeliveries({ context: deliveryContext(parts), concurrency, pollMs, log });
}
