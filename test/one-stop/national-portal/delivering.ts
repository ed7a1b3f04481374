import pino from "pino";
import type { PortalStandIn } from "../../../scripts/national-portal/stand-in.ts";
import { openDatabase } from "../../../subgraphs/_shared/serving/database.ts";
import { environmentName, subgraphs } from "../../../subgraphs/agency-registry.ts";
import { bundles } from "../../../subgraphs/one-stop/bundles/bundles.ts";
import { changeWatch } from "../../../subgraphs/one-stop/changes/change-watch.ts";
import { consumeChanges } from "../../../subgraphs/one-stop/changes/consumers.ts";
import { settler } from "../../../subgraphs/one-stop/changes/settle-changes.ts";
import { oneStopConfiguration } from "../../../subgraphs/one-stop/configuration.ts";
import { dossierKinds } from "../../../subgraphs/one-stop/definitions/dossier-kind.ts";
import type { DeliveryContext } from "../../../subgraphs/one-stop/national-portal/deliver-dossier.ts";
import {
  deliveryContext,
  portalConsumer,
  startPortal,
} from "../../../subgraphs/one-stop/national-portal/start-portal.ts";
import { progress } from "../../../subgraphs/one-stop/saga/progress.ts";
import { singleProcedure } from "../../../subgraphs/one-stop/single-procedures/single-procedure.ts";
import { portalVariables } from "./portal-account.ts";

/** Short times, so that leases end and calls are repeated within a test. */
const TIMES = {
  ...{ DELIVERY_TIMEOUT_MS: "1000", SAGA_LEASE_MS: "1500", SAGA_POLL_MS: "20" },
  ...{ SAGA_BACKOFF_BASE_MS: "20", SAGA_BACKOFF_CAP_MS: "100", NATIONAL_PORTAL_LONGEST_PAUSE_MS: "100" },
};

/** Keys of the agencies, which a delivery does not call. */
const KEYS = Object.fromEntries(
  subgraphs.map(({ name }) => [`IDENTITY_KEYS_${environmentName(name)}`, "test:0123456789abcdef"]),
);

/** The desk's deliveries over a database: the consumer of the stream and the workers, as one process has them. */
export function delivering(databaseUrl: string, portalUrl: string, environment: NodeJS.ProcessEnv = {}) {
  const configuration = oneStopConfiguration({
    ...TIMES,
    ...portalVariables(portalUrl),
    ...KEYS,
    ...environment,
  });
  const { nationalPortal: portal } = configuration;
  if (!portal) throw new Error("The tests configure a portal");
  const database = openDatabase(databaseUrl, { name: "portal", pool: 6 });
  const log = pino({ level: "fatal" });
  const parts = {
    ...{ sql: database.sql, kinds: dossierKinds(bundles, singleProcedure), configuration, portal, log },
    now: () => new Date(),
  };
  const changes = changeWatch(database.sql, settler(database.sql), progress());
  const consumption = consumeChanges({ database, changeWatch: changes, configuration, log }, [portalConsumer]);
  const deliveries = startPortal(parts);
  return {
    async stop() {
      await consumption.stop();
      changes.stop();
      await deliveries.stop();
      await database.close();
    },
  };
}

/** Context for a reconciliation, without workers. */
export function contextOf(databaseUrl: string, portalUrl: string): DeliveryContext & { close(): Promise<void> } {
  const configuration = oneStopConfiguration({ ...TIMES, ...portalVariables(portalUrl), ...KEYS });
  const { nationalPortal: portal } = configuration;
  if (!portal) throw new Error("The tests configure a portal");
  const { sql, close } = openDatabase(databaseUrl, { name: "portal", pool: 4 });
  const kinds = dossierKinds(bundles, singleProcedure);
  return { ...deliveryContext({ sql, kinds, configuration, portal, now: () => new Date() }), close };
}

/** Codes, statuses and times of what the portal has. */
export function portalState(portal: PortalStandIn, code: string) {
  const entry = portal.register.find(code);
  return entry && { status: entry.snapshot.TrangThaiHoSo, steps: entry.steps.map(({ TrangThai }) => TrangThai) };
}
