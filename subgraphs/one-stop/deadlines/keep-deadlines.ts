import type { Logger } from "pino";
import type postgres from "postgres";
import type { PartInstruction, Refusal } from "../../_shared/parts/procedure.ts";
import type { OpenDatabase } from "../../_shared/serving/database.ts";
import type { LiveRules } from "../clock-rules/rules-log.ts";
import type { OneStopConfiguration } from "../configuration.ts";
import type { DossierKinds } from "../definitions/dossier-kind.ts";
import { markComplaints } from "../feedback/answer-deadlines.ts";
import type { DeskCounters } from "../metrics/desk-counters.ts";
import { type LiveDossier, loadDossier } from "../saga/dossier.ts";
import type { AnsweredStep } from "../saga/history-entry.ts";
import type { Progress } from "../saga/progress.ts";
import { writeTransition } from "../saga/store.ts";
import { transition } from "../saga/transition.ts";
import { assumeAnswerNow, dateAgain } from "./date-again.ts";
import { eventsDue, isAssumptionPassed } from "./deadlines.ts";
import { unansweredSupplement } from "./unanswered-supplement.ts";

export type DeadlineOptions = {
  database: Pick<OpenDatabase, "sql">;
  kinds: DossierKinds;
  configuration: Pick<OneStopConfiguration, "pollMs" | "concurrency" | "backoff" | "leaseMs" | "failpoints">;
  progress: Progress;
  rules: LiveRules;
  counters: DeskCounters;
  log: Logger;
  now: () => Date;
};

/** Dossiers of one look, and as many complaints. */
const AT_ONCE = 50;

/**
 * Acts on deadlines by themselves. Any number of processes may run it: an act is written only at the revision of the dossier
 * that it was made from, with the mark that prevents it from being made again. After an outage the missed ones are found by
 * their time.
 */
export function startDeadlines(options: DeadlineOptions): { stop(): Promise<void> } {
  const { configuration, log } = options;
  let isStopping = false;
  let wake = () => {};
  const look = async () => {
    while (!isStopping) {
      const found = await lookOnce(options).catch((error: unknown) => {
        log.warn({ err: error }, "deadlines wait");
        return 0;
      });
      if (found === AT_ONCE) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, configuration.pollMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };
  const looking = configuration.concurrency > 0 ? look() : Promise.resolve();
  return {
    async stop() {
      isStopping = true;
      wake();
      await looking;
    },
  };
}

async function lookOnce(options: DeadlineOptions): Promise<number> {
  const { database, rules, now } = options;
  await rules.refresh();
  const { revision } = rules.current();
  const found = await database.sql<{ id: string }[]>`
    (select id from dossiers where deadline_at is not null and rules_revision < ${revision} limit ${AT_ONCE})
    union
    (select id from dossiers where deadline_at <= ${now()} order by deadline_at limit ${AT_ONCE}) limit ${AT_ONCE}`;
  for (const { id } of found) await keepDossier(options, id);
  return Math.max(found.length, await markComplaints(database.sql, now(), AT_ONCE));
}

/** Dates the dossier by the rules in force, then makes the acts whose time has come. */
async function keepDossier(options: DeadlineOptions, id: string): Promise<void> {
  const { database, kinds, rules, now } = options;
  const dossier = await loadDossier(database.sql, kinds, id);
  if (!dossier) return;
  if (dossier.rulesRevision < rules.current().revision) {
    await dateAgain(database.sql, dossier, rules.current(), now());
    return; // the next look finds what its time has brought
  }
  if (isAssumptionPassed(dossier, now())) {
    await assumeAnswerNow(database.sql, dossier, rules.at(dossier.rulesRevision), now());
    return;
  }
  await actOn(options, dossier);
}

async function actOn(options: DeadlineOptions, dossier: LiveDossier): Promise<void> {
  const { database, configuration, rules, progress, counters } = options;
  const now = options.now();
  const events = eventsDue(dossier, rules.at(dossier.rulesRevision), now);
  const expired = events.find((event) => event.kind === "SUPPLEMENT_EXPIRED");
  const step = dossier.steps.find(({ key }) => key === expired?.step);
  const refusal = step ? unansweredSupplement(dossier, step, rules.at(dossier.rulesRevision)) : null;
  const isOfficers = dossier.definition.steps.find(({ key }) => key === step?.key)?.officer === true;
  const answered = step && refusal && isOfficers ? refusedStep(step.key, refusal, now) : null;
  // one supplement in a transition, because a transition takes one answer
  const taken = events.filter((event) => event.kind !== "SUPPLEMENT_EXPIRED" || event === expired);
  const next = transition(dossier, taken, answered, {
    ...{
      now,
      jitter: 0,
      backoff: configuration.backoff,
      actor: "ONE_STOP",
      leaseFollowUps: false,
      rules,
      looked: true,
    },
  });
  const written = await database.sql.begin(async (transaction) => {
    const tx = transaction as unknown as postgres.Sql; // the same functions, on one connection
    const result = await writeTransition(tx, dossier, next, now, configuration.leaseMs);
    if (result && step && refusal && !isOfficers) await instructRefusal(tx, dossier, step, refusal, now);
    await configuration.failpoints("before-commit", "DEADLINE");
    return result;
  });
  await configuration.failpoints("after-commit", "DEADLINE");
  if (!written) return;
  counters.timeCame(taken);
  counters.decided(dossier, written.dossier);
  progress.notify(written.dossier);
}

function refusedStep(key: string, refusal: Refusal, now: Date): AnsweredStep {
  const answer = { state: "REFUSED", decidedAt: now, refusal, result: null, facts: null, supplement: null };
  return { key, answer: { ...answer, state: "REFUSED" } };
}

/** Records the refusal that the agency of the part is instructed to make. */
async function instructRefusal(
  sql: postgres.Sql,
  { id }: LiveDossier,
  step: LiveDossier["steps"][number],
  { code, message: reason, messageEn: reasonEn, legalBasis }: Refusal,
  now: Date,
): Promise<void> {
  const instruction: PartInstruction = { by: "ONE_STOP", refuse: { reason, legalBasis, code, reasonEn } };
  const key = `supplement-expired-${step.id}-${step.supplement?.requestedAt ?? ""}`;
  await sql`
    insert into acts (dossier_id, step_id, kind, owner, role, office, idempotency_key, body_hash, at, instruction, details)
    values (${id}, ${step.id}, 'DECIDE', 'ONE_STOP', 'service', null, ${key}, '', ${now},
            ${sql.json(instruction as never)}, '{}'::jsonb)
    on conflict (owner, idempotency_key) do nothing`;
}
