import type { Logger } from "pino";
import type { StoredAnswer } from "../../_shared/parts/procedure.ts";
import type { OpenDatabase } from "../../_shared/serving/database.ts";
import type { AgencyCode } from "../../agency-registry.ts";
import type { OneStopConfiguration } from "../configuration.ts";
import { type Agencies, NotAnswered, type Purpose } from "./agencies.ts";
import { type LiveDossier, partOf } from "./dossier.ts";
import type { Progress } from "./progress.ts";
import type { SagaEvent } from "./state.ts";
import { type Claim, claimDue, hastenDeliveries, loadForClaim, standsIn, writeTransition } from "./store.ts";
import { type AnsweredStep, transition } from "./transition.ts";

export type WorkerParts = {
  database: OpenDatabase;
  agencies: Agencies;
  configuration: OneStopConfiguration;
  progress: Progress;
  log: Logger;
  now: () => Date;
  random: () => number;
};

export type Worker = {
  /** Whether a new dossier's first delivery may be taken on by whoever accepts it. */
  hasRoom(): boolean;
  /** Works on claims that were written together with a transition. */
  take(dossier: LiveDossier, claims: readonly Claim[]): void;
  stop(): Promise<void>;
};

/**
 * Delivers what the dossiers' steps want delivered. As many processes as wanted may do this: a step is worked on by whoever
 * holds its lease, and a result is written only while that lease's token and the dossier's revision still stand.
 */
export function startWorker(parts: WorkerParts): Worker {
  const { database, configuration, log } = parts;
  const running = new Set<Promise<void>>();
  const live = new Map<string, { dossier: LiveDossier; users: number; turn: Promise<unknown> }>();
  /** Agencies whose last call had no answer. */
  const silent = new Set<AgencyCode>();
  let stopping = false;
  let wake = () => {};

  /** Runs `work` when the dossier's earlier work in this process is done, with the newest state this process has seen. */
  async function inTurn<T>(
    claim: Claim,
    given: LiveDossier | null,
    work: (known: LiveDossier | null) => Promise<T>,
  ): Promise<T> {
    const entry = live.get(claim.dossierId);
    const turn = (entry?.turn ?? Promise.resolve()).then(() => work(live.get(claim.dossierId)?.dossier ?? given));
    if (entry) entry.turn = turn.catch(() => undefined);
    return turn;
  }

  function remember(dossier: LiveDossier): void {
    const entry = live.get(dossier.id);
    if (entry) entry.dossier = dossier;
  }

  /** Writes what an event makes of the dossier. Null when the claim no longer stands: the result is somebody else's now. */
  async function advance(
    claim: Claim,
    known: LiveDossier | null,
    event: SagaEvent,
    answered: AnsweredStep | null,
  ): Promise<{ dossier: LiveDossier; claims: Claim[] } | null> {
    for (let current = known; ; current = null) {
      const dossier = current ?? (await loadForClaim(database.sql, claim));
      if (!dossier || !standsIn(dossier, claim)) {
        if (current) continue; // what this process remembered may be old: look once more
        return null;
      }
      const now = parts.now();
      const next = transition(dossier, [event], answered, {
        now,
        chance: parts.random(),
        paces: configuration.paces,
        actor: "ONE_STOP",
        claimFollowUps: !stopping,
      });
      const written = await writeTransition(database.sql, dossier, next, now, configuration.leaseMs);
      if (!written) continue;
      remember(written.dossier);
      parts.progress.tell(written.dossier);
      return written;
    }
  }

  async function work(claim: Claim, given: LiveDossier | null): Promise<void> {
    const entry = live.get(claim.dossierId);
    if (entry) entry.users++;
    else if (given) live.set(claim.dossierId, { dossier: given, users: 1, turn: Promise.resolve() });
    try {
      const begun = given ? { dossier: given, claim } : await begin(claim);
      if (!begun) return;
      await configuration.failpoints("before-call", claim.key);
      const { event, answered } = await call(claim, begun.dossier);
      await configuration.failpoints("after-call", claim.key);
      const written = await inTurn(begun.claim, begun.dossier, (known) => advance(begun.claim, known, event, answered));
      await configuration.failpoints("after-commit", claim.key);
      if (!written) return void log.warn({ dossier: begun.dossier.code, step: claim.key }, "overtaken");
      for (const next of written.claims) start(next, written.dossier);
    } catch (error) {
      // nothing is lost: the lease runs out and the step is delivered again under the same key
      log.error({ err: error, step: claim.key }, "delivery interrupted");
    } finally {
      const left = live.get(claim.dossierId);
      if (left && --left.users <= 0) live.delete(claim.dossierId);
    }
  }

  /** A step found in the database: say that it is being called before calling. */
  async function begin(claim: Claim): Promise<{ dossier: LiveDossier; claim: Claim } | null> {
    const dossier = await loadForClaim(database.sql, claim);
    if (!dossier) return null;
    if (claim.work === "ASK_STATUS") return { dossier, claim };
    const written = await advance(claim, dossier, { kind: "CALLED", step: claim.key }, null);
    const [renewed] = written?.claims ?? [];
    return written && renewed ? { dossier: written.dossier, claim: renewed } : null;
  }

  async function call(
    claim: Claim,
    dossier: LiveDossier,
  ): Promise<{ event: SagaEvent; answered: AnsweredStep | null }> {
    const step = dossier.steps.find((s) => s.key === claim.key);
    if (!step) throw new Error(`Dossier ${dossier.code} has no step ${claim.key}`);
    const purpose: Purpose = { dossier: dossier.code, onBehalfOf: dossier.owner };
    try {
      const answer =
        claim.work === "DELIVER"
          ? await parts.agencies.deliver(step.agency, partOf(dossier, step), purpose)
          : await parts.agencies.status(step.agency, step.id, purpose);
      if (silent.delete(step.agency)) await hastenDeliveries(database.sql, step.agency);
      if (!answer) return { event: { kind: "NOT_FOUND", step: claim.key }, answered: null };
      return { event: answeredEvent(claim.key, answer), answered: { key: claim.key, answer } };
    } catch (error) {
      if (!(error instanceof NotAnswered)) throw error;
      silent.add(step.agency);
      log.warn({ dossier: dossier.code, step: claim.key, agency: step.agency, reason: error.message }, "not answered");
      return { event: { kind: "NOT_ANSWERED", step: claim.key, delivered: error.delivered }, answered: null };
    }
  }

  function start(claim: Claim, dossier: LiveDossier | null): void {
    const task = work(claim, dossier).finally(() => {
      running.delete(task);
      wake();
    });
    running.add(task);
  }

  async function poll(): Promise<void> {
    while (!stopping) {
      const room = configuration.concurrency - running.size;
      const claims = room > 0 ? await claimDue(database.sql, room, configuration.leaseMs).catch(unreachable) : [];
      for (const claim of claims) start(claim, null);
      if (claims.length < room || room <= 0) await pause(configuration.pollMs);
    }
  }

  function unreachable(error: unknown): Claim[] {
    log.warn({ err: error }, "The database does not answer; deliveries wait");
    return [];
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        if (running.size > 0 && !stopping) return;
        clearTimeout(timer);
        resolve();
      };
    });
  }

  const polling = configuration.concurrency > 0 ? poll() : Promise.resolve();
  return {
    hasRoom: () => !stopping && running.size < configuration.concurrency,
    take(dossier, claims) {
      for (const claim of claims) start(claim, dossier);
    },
    async stop() {
      stopping = true;
      wake();
      await Promise.all([polling, ...running]);
      await parts.agencies.close();
    },
  };
}

function answeredEvent(step: string, answer: StoredAnswer): SagaEvent {
  return { kind: "ANSWERED", step, answer: { state: answer.state } };
}
