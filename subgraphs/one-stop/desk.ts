import type postgres from "postgres";
import type { OpenDatabase } from "../_shared/serving/database.ts";
import { unavailable } from "../_shared/serving/errors.ts";
import { partLog } from "../_shared/serving/log.ts";
import { voidExpiredCodes } from "./acceptance/reserved-codes.ts";
import { type ChangeWatch, changeWatch } from "./changes/change-watch.ts";
import { consumeChanges } from "./changes/consumers.ts";
import { noteChangeDay, summariseHistoryNumbers } from "./changes/retention.ts";
import { type Settler, settler } from "./changes/settle-changes.ts";
import { type LiveRules, liveRules } from "./clock-rules/rules-log.ts";
import { type OneStopConfiguration, oneStopConfiguration } from "./configuration.ts";
import { startDeadlines } from "./deadlines/keep-deadlines.ts";
import type { DossierKinds } from "./definitions/dossier-kind.ts";
import { type HistoryWatch, historyWatch } from "./dossiers/history-watch.ts";
import { removeExpiredDrafts } from "./drafts/expiry.ts";
import { openChannels } from "./messages/channels/channels.ts";
import { messageMaker } from "./messages/make-messages.ts";
import { type MessageWorkerOptions, startMessages } from "./messages/message-worker.ts";
import { portalConsumer, startPortal } from "./national-portal/start-portal.ts";
import type { PaymentContext } from "./payments/apply-notice.ts";
import { startPayments } from "./payments/payment-worker.ts";
import { paymentProvider } from "./payments/provider.ts";
import { type Agencies, agencyClient } from "./saga/agency-client.ts";
import { type Progress, progress } from "./saga/progress.ts";
import { startWorker, type Worker } from "./saga/worker.ts";
import { webhookConsumer } from "./webhooks/change-deliveries.ts";
import { startWebhookDeliveries } from "./webhooks/delivery-worker.ts";
import { receiverClient } from "./webhooks/receiver-client.ts";
import { tidyWebhookDeliveries } from "./webhooks/retention.ts";

/** Interval at which reserved codes become void after their term, and expired drafts and orphaned attachments are removed. */
const SWEEP_MS = 60_000;
/** Longest wait of a sweep for transactions that are writing changes. */
const SETTLE_MS = 5_000;

/** Parts of the desk beside its database: configuration, kinds of dossiers, clients of the agencies, worker and watchers. */
export type Desk = {
  configuration: OneStopConfiguration;
  kinds: DossierKinds;
  agencies: Agencies;
  worker: Worker;
  progress: Progress;
  watch: HistoryWatch;
  settler: Settler;
  changeWatch: ChangeWatch;
  rules: LiveRules;
  /** Parts of the desk that the settlement of payments needs. */
  paymentContext: PaymentContext;
};

/** Desk of one process; closed until its database is prepared. */
export type DeskKeeper = {
  /** @throws UNAVAILABLE while the desk is closed */
  desk(): Desk;
  /** The desk as soon as it is open. */
  opened(): Promise<Desk>;
  open(running: { database: OpenDatabase; now: () => Date }): { stop(): Promise<void> };
};

/** @throws BadConfiguration, at `open`, naming every bad variable */
export function deskKeeper(environment: NodeJS.ProcessEnv, kinds: DossierKinds): DeskKeeper {
  let opened: Desk | undefined;
  let announce: (desk: Desk) => void = () => {};
  const opening = new Promise<Desk>((resolve) => {
    announce = resolve;
  });
  return {
    opened: () => opening,
    desk() {
      if (!opened) throw unavailable("ONE_STOP", "the desk is still opening");
      return opened;
    },
    open({ database, now }) {
      const configuration = oneStopConfiguration(environment);
      const agencies = agencyClient(configuration.agencies, configuration.deliveryTimeoutMs);
      const log = partLog("one-stop", environment.LOG_LEVEL || "info").child({ task: "saga" });
      const news = progress();
      const rules = liveRules(database.sql);
      const worker = startWorker({
        ...{ database, agencies, kinds, configuration, progress: news, log, now },
        ...{ random: Math.random, rules },
      });
      const deadlines = startDeadlines({ database, kinds, configuration, progress: news, rules, log, now });
      const paymentContext = { sql: database.sql, kinds, configuration, progress: news, rules, now };
      const { provider: account } = configuration.payments;
      const provider = account && paymentProvider(account, configuration.deliveryTimeoutMs);
      const payments = provider && startPayments({ paymentContext, provider, log });
      const { nationalPortal: portal } = configuration;
      const deliveries =
        portal &&
        startPortal({
          ...{ sql: database.sql, kinds, configuration, portal, now },
          log: log.child({ task: "national-portal" }),
        });
      const messages = messageWorker({ sql: database.sql, kinds, configuration, log, now });
      const watch = historyWatch(database.sql, news);
      const settling = settler(database.sql);
      const changes = changeWatch(database.sql, settling, news);
      const consumers = [
        messageMaker(configuration.messages.routes),
        webhookConsumer,
        ...(portal ? [portalConsumer] : []),
      ];
      const consumption = consumeChanges({ database, changeWatch: changes, configuration, log }, consumers);
      const receivers = receiverClient(configuration.webhooks);
      const webhooks = startWebhookDeliveries({ sql: database.sql, receivers, configuration, log, now });
      const sweep = setInterval(() => {
        keepChanges(database.sql, settling, configuration.changesDays).catch((err: unknown) =>
          log.warn({ err }, "the stream of changes is not tended yet"),
        );
        voidExpiredCodes(database.sql, now()).catch((err: unknown) =>
          log.warn({ err }, "expired codes are not void yet"),
        );
        removeExpiredDrafts(database.sql, now()).catch((err: unknown) =>
          log.warn({ err }, "expired drafts are not removed yet"),
        );
        tidyWebhookDeliveries(database.sql, configuration.changesDays).catch((err: unknown) =>
          log.warn({ err }, "webhook deliveries are not tidied yet"),
        );
        configuration.attachments
          ?.removeOrphans(database.sql, Date.now())
          .catch((err: unknown) => log.warn({ err }, "orphaned attachments are not removed yet"));
      }, SWEEP_MS);
      opened = {
        configuration,
        kinds,
        agencies,
        worker,
        progress: news,
        watch,
        rules,
        paymentContext,
        settler: settling,
        changeWatch: changes,
      };
      announce(opened);
      return {
        async stop() {
          clearInterval(sweep);
          watch.stop();
          await consumption.stop();
          await webhooks.stop();
          await receivers.close();
          changes.stop();
          await messages?.stop();
          await payments?.stop();
          await deliveries?.stop();
          await deadlines.stop();
          await worker.stop();
        },
      };
    },
  };
}

/** Worker of messages with its channels; none in a process without workers, which would hold a line to the SMS centre for nothing. */
function messageWorker(options: Omit<MessageWorkerOptions, "channels">): { stop(): Promise<void> } | null {
  const { sql, configuration, now } = options;
  if (configuration.concurrency === 0) return null;
  const opening = { sql, now, timeoutMs: configuration.deliveryTimeoutMs };
  return startMessages({ ...options, channels: openChannels(configuration.messages, opening) });
}

async function keepChanges(sql: postgres.Sql, { settle }: Settler, retentionDays: number): Promise<void> {
  await settle(SETTLE_MS);
  await noteChangeDay(sql, retentionDays);
  await summariseHistoryNumbers(sql);
}
