import type { Logger } from "pino";
import type { OpenDatabase } from "../../_shared/serving/database.ts";
import type { AgencyCode } from "../../agency-registry.ts";
import type { LiveRules } from "../clock-rules/rules-log.ts";
import type { OneStopConfiguration } from "../configuration.ts";
import type { DossierKinds } from "../definitions/dossier-kind.ts";
import type { DeskCounters } from "../metrics/desk-counters.ts";
import type { Agencies } from "./agency-client.ts";
import { type CallOutcome, callAgency } from "./call-agency.ts";
import type { LiveDossier } from "./dossier.ts";
import type { AnsweredStep } from "./history-entry.ts";
import { instructionOf } from "./instructions.ts";
import { type LiveDossiers, liveDossiers } from "./live-dossiers.ts";
import { type Polling, startPolling } from "./polling.ts";
import type { Progress } from "./progress.ts";
import type { SagaEvent } from "./state.ts";
import { hastenDeliveries, isHeld, type Lease, leaseDueSteps, loadForLease, writeTransition } from "./store.ts";
import { transition } from "./transition.ts";

export type WorkerOptions = {
  database: OpenDatabase;
  agencies: Agencies;
  kinds: DossierKinds;
  configuration: OneStopConfiguration;
  progress: Progress;
  log: Logger;
  now: () => Date;
  random: () => number;
  rules: LiveRules;
  counters: DeskCounters;
};

export type Worker = {
  /** True if the process that accepts a dossier may lease its first steps. */
  hasRoom(): boolean;
  /** Works on leases that were written together with a transition. */
  start(dossier: LiveDossier, leases: readonly Lease[]): void;
  stop(): Promise<void>;
};

type Written = { dossier: LiveDossier; leases: Lease[] };
type Work = WorkerOptions & {
  live: LiveDossiers;
  /** Agencies that did not respond to the last call. */
  unresponsive: Set<AgencyCode>;
  isStopping(): boolean;
};

/**
 * Delivers the due steps of dossiers. Any number of processes may run workers: a lease gives a step to one worker, and a
 * result is written only while that lease's fencing token and the dossier's revision are current.
 */
export function startWorker(options: WorkerOptions): Worker {
  const { database, configuration, agencies, log } = options;
  let stopping = false;
  const work: Work = { ...options, live: liveDossiers(), unresponsive: new Set(), isStopping: () => stopping };
  const polling: Polling<Lease, LiveDossier> = startPolling({
    concurrency: configuration.concurrency,
    pauseMs: configuration.pollMs,
    async next(limit) {
      try {
        return await leaseDueSteps(database.sql, limit, configuration.leaseMs);
      } catch (error) {
        log.warn({ err: error }, "The database does not respond; deliveries wait");
        return [];
      }
    },
    async run(lease, known) {
      const written = await workOn(work, lease, known);
      return written ? written.leases.map((next) => [next, written.dossier]) : [];
    },
  });
  return {
    hasRoom: () => !stopping && polling.hasRoom(),
    start(dossier, leases) {
      for (const lease of leases) polling.start(lease, dossier);
    },
    async stop() {
      stopping = true;
      await polling.stop();
      await agencies.close();
    },
  };
}

/** Calls the agency for one lease and writes the result. @returns the follow-up leases, or null if there is nothing to follow */
async function workOn(work: Work, lease: Lease, known: LiveDossier | null): Promise<Written | null> {
  const { failpoints } = work.configuration;
  const leave = work.live.enter(lease.dossierId, known);
  try {
    const begun = known ? { dossier: known, lease } : await begin(work, lease);
    if (!begun) return null;
    await failpoints("before-call", lease.key);
    const outcome = await call(work, lease, begun.dossier);
    await failpoints("after-call", lease.key);
    const { event, answered } = outcome;
    const written = await work.live.inTurn(lease.dossierId, begun.dossier, (newest) =>
      advance(work, begun.lease, newest, event, answered),
    );
    await failpoints("after-commit", lease.key);
    if (!written) {
      work.counters.leaseLost();
      work.log.warn({ dossier: begun.dossier.code, step: lease.key }, "Another worker has leased the step");
    }
    return written;
  } catch (error) {
    // nothing is lost: the lease expires, and the step is delivered again under the same key
    work.log.error({ err: error, step: lease.key }, "Delivery interrupted");
    return null;
  } finally {
    leave();
  }
}

/** Records the call of a step found in the database before it is made. */
async function begin(work: Work, lease: Lease): Promise<{ dossier: LiveDossier; lease: Lease } | null> {
  const dossier = await loadForLease(work.database.sql, work.kinds, lease);
  if (!dossier) return null;
  if (lease.work !== "DELIVER") return { dossier, lease };
  const written = await advance(work, lease, dossier, { kind: "CALLED", step: lease.key }, null);
  const [renewed] = written?.leases ?? [];
  return written && renewed ? { dossier: written.dossier, lease: renewed } : null;
}

async function call(
  { agencies, database, unresponsive, counters, log }: Work,
  lease: Lease,
  dossier: LiveDossier,
): Promise<CallOutcome> {
  const agency = dossier.steps.find(({ key }) => key === lease.key)?.agency;
  const instruction = lease.work === "INSTRUCT" ? await instructionOf(database.sql, lease.stepId) : null;
  const began = performance.now();
  const outcome = await callAgency(agencies, lease, dossier, instruction);
  const seconds = (performance.now() - began) / 1_000;
  if (agency) counters.called(agency, outcome.failure === undefined ? "answered" : "unanswered", seconds);
  if (outcome.failure !== undefined) {
    if (agency) unresponsive.add(agency);
    log.warn(
      { dossier: dossier.code, step: lease.key, agency, reason: outcome.failure },
      "The agency does not respond",
    );
  } else if (agency && unresponsive.delete(agency)) {
    await hastenDeliveries(database.sql, agency);
  }
  return outcome;
}

/** Applies an event to the dossier and writes the result. Null if the lease is no longer held. */
async function advance(
  work: Work,
  lease: Lease,
  known: LiveDossier,
  event: SagaEvent,
  answered: AnsweredStep | null,
): Promise<Written | null> {
  const { database, kinds, configuration, live, progress, rules, counters } = work;
  for (let current: LiveDossier | null = known; ; current = null) {
    const dossier = current ?? (await loadForLease(database.sql, kinds, lease));
    if (!dossier || !isHeld(dossier, lease)) {
      if (current) continue; // the state in memory may be old: read it again
      return null;
    }
    await rules.reach(dossier.rulesRevision);
    const now = work.now();
    const next = transition(dossier, [event], answered, {
      ...{ now, jitter: work.random(), backoff: configuration.backoff, actor: "ONE_STOP" },
      ...{ leaseFollowUps: !work.isStopping(), rules, paying: configuration.payments },
    });
    const written = await writeTransition(database.sql, dossier, next, now, configuration.leaseMs);
    if (!written) continue;
    live.update(written.dossier);
    counters.decided(dossier, written.dossier);
    progress.notify(written.dossier);
    return written;
  }
}
