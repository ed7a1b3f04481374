import { openDatabase } from "../../../subgraphs/_shared/serving/database.ts";
import { partLog } from "../../../subgraphs/_shared/serving/log.ts";
import { changeWatch } from "../../../subgraphs/one-stop/changes/change-watch.ts";
import { consumeChanges } from "../../../subgraphs/one-stop/changes/consumers.ts";
import { settler } from "../../../subgraphs/one-stop/changes/settle-changes.ts";
import { DEFAULT_BACKOFF } from "../../../subgraphs/one-stop/saga/backoff.ts";
import { failpoints } from "../../../subgraphs/one-stop/saga/failpoints.ts";
import { progress } from "../../../subgraphs/one-stop/saga/progress.ts";
import { webhookConsumer } from "../../../subgraphs/one-stop/webhooks/change-deliveries.ts";
import { startWebhookDeliveries } from "../../../subgraphs/one-stop/webhooks/delivery-worker.ts";
import { receiverClient } from "../../../subgraphs/one-stop/webhooks/receiver-client.ts";

/** The desk's deliveries to webhooks over a database: the consumer of the stream and the worker, as one process has them. */
export function deliveringWebhooks(databaseUrl: string): void {
  const database = openDatabase(databaseUrl, { name: "webhooks", pool: 4 });
  const webhooks = { allowedAddresses: "ALL" as const, demandsHttps: false, timeoutMs: 300, pauseAfterDays: 5 };
  const configuration = {
    ...{ concurrency: 1, leaseMs: 500, pollMs: 20, failpoints: failpoints(), webhooks },
    backoff: { ...DEFAULT_BACKOFF, deliver: { baseMs: 10, capMs: 50 } },
  };
  const log = partLog("webhooks", "fatal");
  const watch = changeWatch(database.sql, settler(database.sql), progress());
  consumeChanges({ database, changeWatch: watch, configuration, log }, [webhookConsumer]);
  startWebhookDeliveries({
    ...{ sql: database.sql, receivers: receiverClient(webhooks), configuration, log, now: () => new Date() },
  });
}
