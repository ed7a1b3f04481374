import type { OpenDatabase } from "../_shared/serving/database.ts";
import { unavailable } from "../_shared/serving/errors.ts";
import { partLog } from "../_shared/serving/log.ts";
import { type OneStopConfiguration, oneStopConfiguration } from "./configuration.ts";
import type { DossierKinds } from "./definitions/kind.ts";
import { type HistoryWatch, historyWatch } from "./dossiers/history-watch.ts";
import { type Agencies, agencyClient } from "./saga/agencies.ts";
import { type Progress, progress } from "./saga/progress.ts";
import { startWorker, type Worker } from "./saga/worker.ts";

/** Parts of the desk beside its database: configuration, kinds of dossiers, clients of the agencies, worker and watchers. */
export type Desk = {
  configuration: OneStopConfiguration;
  kinds: DossierKinds;
  agencies: Agencies;
  worker: Worker;
  progress: Progress;
  watch: HistoryWatch;
};

/** The desk of one process: closed until its database is prepared. */
export type DeskKeeper = {
  /** @throws UNAVAILABLE while the desk is closed */
  desk(): Desk;
  open(running: { database: OpenDatabase; now: () => Date }): { stop(): Promise<void> };
};

/** @throws BadConfiguration, at `open`, naming every bad variable */
export function deskKeeper(environment: NodeJS.ProcessEnv, kinds: DossierKinds): DeskKeeper {
  let opened: Desk | undefined;
  return {
    desk() {
      if (!opened) throw unavailable("ONE_STOP", "the desk is still opening");
      return opened;
    },
    open({ database, now }) {
      const configuration = oneStopConfiguration(environment);
      const agencies = agencyClient(configuration.agencies, configuration.deliveryTimeoutMs);
      const log = partLog("one-stop", environment.LOG_LEVEL || "info").child({ task: "saga" });
      const news = progress();
      const worker = startWorker({
        ...{ database, agencies, kinds, configuration, progress: news, log, now },
        random: Math.random,
      });
      const watch = historyWatch(database.sql, news);
      opened = { configuration, kinds, agencies, worker, progress: news, watch };
      return {
        async stop() {
          watch.stop();
          await worker.stop();
        },
      };
    },
  };
}
