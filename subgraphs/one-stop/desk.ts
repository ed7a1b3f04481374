import { unavailable } from "../_shared/serving/errors.ts";
import { partLog } from "../_shared/serving/log.ts";
import type { Running } from "../_shared/serving/subgraph.ts";
import { type ChangeWatch, changeWatch } from "./changes/change-watch.ts";
import { type Settler, settler } from "./changes/settle-changes.ts";
import { type LiveRules, liveRules } from "./clock-rules/rules-log.ts";
import { type OneStopConfiguration, oneStopConfiguration } from "./configuration.ts";
import { startDeadlines } from "./deadlines/keep-deadlines.ts";
import type { DossierKinds } from "./definitions/dossier-kind.ts";
import { type HistoryWatch, historyWatch } from "./dossiers/history-watch.ts";
import { backlogGauges } from "./metrics/backlog-gauges.ts";
import { type DeskCounters, deskCounters } from "./metrics/desk-counters.ts";
import { startOutsideChannels } from "./outside-channels.ts";
import type { PaymentContext } from "./payments/apply-notice.ts";
import { startPayments } from "./payments/payment-worker.ts";
import { paymentProvider } from "./payments/provider.ts";
import { startCollector } from "./reminders/collector.ts";
import { type Agencies, agencyClient } from "./saga/agency-client.ts";
import { type Progress, progress } from "./saga/progress.ts";
import { startWorker, type Worker } from "./saga/worker.ts";
import { keepOpenWork } from "./supervision/fold-open-work.ts";
import { startSweeps } from "./sweeps.ts";

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
  counters: DeskCounters;
  /** Parts of the desk that the settlement of payments needs. */
  paymentContext: PaymentContext;
};

/** Desk of one process; closed until its database is prepared. */
export type DeskKeeper = {
  /** @throws UNAVAILABLE while the desk is closed */
  desk(): Desk;
  /** The desk as soon as it is open. */
  opened(): Promise<Desk>;
  open(running: Pick<Running, "database" | "now" | "metrics">): { stop(): Promise<void> };
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
    open({ database, now, metrics }) {
      const configuration = oneStopConfiguration(environment);
      const agencies = agencyClient(configuration.agencies, configuration.deliveryTimeoutMs);
      const log = partLog("one-stop", environment.LOG_LEVEL || "info").child({ task: "saga" });
      const news = progress();
      const rules = liveRules(database.sql);
      const counters = deskCounters(metrics);
      backlogGauges({ registry: metrics, database, now });
      const saga = { database, kinds, configuration, progress: news, rules, counters, log, now };
      const worker = startWorker({ ...saga, agencies, random: Math.random });
      const deadlines = startDeadlines(saga);
      const paymentContext = { sql: database.sql, kinds, configuration, progress: news, rules, now };
      const { provider: account } = configuration.payments;
      const provider = account && paymentProvider(account, configuration.deliveryTimeoutMs);
      const payments = provider && startPayments({ paymentContext, provider, log });
      const watch = historyWatch(database.sql, news);
      const settling = settler(database.sql);
      const changes = changeWatch(database.sql, settling, news);
      const channels = startOutsideChannels({ database, changeWatch: changes, kinds, rules, configuration, log, now });
      const works = configuration.concurrency > 0;
      const reminders = works
        ? startCollector({ database, agencies, configuration, log, now }, configuration.reminderPollMs)
        : null;
      const openWork = works ? keepOpenWork({ database, configuration, log, now }) : null;
      const sweeps = startSweeps({ sql: database.sql, settler: settling, configuration, log, now });
      opened = {
        configuration,
        kinds,
        agencies,
        worker,
        progress: news,
        watch,
        rules,
        counters,
        paymentContext,
        settler: settling,
        changeWatch: changes,
      };
      announce(opened);
      return {
        async stop() {
          sweeps.stop();
          await openWork?.stop();
          await reminders?.stop();
          watch.stop();
          await channels.stop();
          changes.stop();
          await payments?.stop();
          await deadlines.stop();
          await worker.stop();
        },
      };
    },
  };
}
