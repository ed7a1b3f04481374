import type { Logger } from "pino";
import type { OpenDatabase } from "../_shared/serving/database.ts";
import type { ChangeWatch } from "./changes/change-watch.ts";
import { consumeChanges } from "./changes/consumers.ts";
import type { LiveRules } from "./clock-rules/rules-log.ts";
import type { OneStopConfiguration } from "./configuration.ts";
import type { DossierKinds } from "./definitions/dossier-kind.ts";
import { figuresConsumer } from "./figures/consumer.ts";
import { openChannels } from "./messages/channels/channels.ts";
import { messageMaker } from "./messages/make-messages.ts";
import { startMessages } from "./messages/message-worker.ts";
import { portalConsumer, startPortal } from "./national-portal/start-portal.ts";
import { webhookConsumer } from "./webhooks/change-deliveries.ts";
import { startWebhookDeliveries } from "./webhooks/delivery-worker.ts";
import { receiverClient } from "./webhooks/receiver-client.ts";

type Telling = {
  database: OpenDatabase;
  changeWatch: ChangeWatch;
  kinds: DossierKinds;
  rules: LiveRules;
  configuration: OneStopConfiguration;
  log: Logger;
  now: () => Date;
};

/** Consumers of changes and workers that tell everyone outside: figures, messages, webhooks and the national portal, as far as configured. */
export function startOutsideChannels(telling: Telling): { stop(): Promise<void> } {
  const { database, changeWatch, kinds, rules, configuration, log, now } = telling;
  const { sql } = database;
  const { nationalPortal: portal } = configuration;
  const deliveries =
    portal && startPortal({ sql, kinds, configuration, portal, now, log: log.child({ task: "national-portal" }) });
  const messages = startMessageWorker(telling);
  const consumers = [
    ...[messageMaker(configuration.messages.routes), webhookConsumer, figuresConsumer(rules)],
    ...(portal ? [portalConsumer] : []),
  ];
  const consumption = consumeChanges({ database, changeWatch, configuration, log }, consumers);
  const receivers = receiverClient(configuration.webhooks);
  const webhooks = startWebhookDeliveries({ sql, receivers, configuration, log, now });
  return {
    async stop() {
      await consumption.stop();
      await webhooks.stop();
      await receivers.close();
      await messages?.stop();
      await deliveries?.stop();
    },
  };
}

/** Worker of messages with its channels; none in a process without workers, which would hold a line to the SMS centre for nothing. */
function startMessageWorker({ database: { sql }, kinds, configuration, log, now }: Telling) {
  if (configuration.concurrency === 0) return null;
  const channels = openChannels(configuration.messages, { sql, now, timeoutMs: configuration.deliveryTimeoutMs });
  return startMessages({ sql, kinds, configuration, log, now, channels });
}
