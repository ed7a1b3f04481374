import type postgres from "postgres";
import type { PartInstruction } from "../../_shared/parts/procedure.ts";
import { bodyHash, demandIdempotencyKey } from "../../_shared/serving/idempotency.ts";
import { idempotencyConflict, ownProblem, type Problem } from "../acceptance/problems.ts";
import type { OneStopContext } from "../loaders.ts";
import { lockDossier } from "../payments/lock-dossier.ts";
import type { SagaPayment } from "../payments/payment.ts";
import { type LiveDossier, loadDossier } from "../saga/dossier.ts";
import type { AnsweredStep } from "../saga/history-entry.ts";
import type { SagaEvent } from "../saga/state.ts";
import { writeTransition } from "../saga/store.ts";
import { transition } from "../saga/transition.ts";
import { recordAct } from "./record-act.ts";

/** Act of a person on a dossier. */
export type Act = {
  kind: "DECIDE" | "ANSWER" | "WITHDRAW" | "RETURN" | "EXTEND" | "PAYMENT" | "CONFIRM" | "DISPUTE" | "RETRY_DELIVERY";
  idempotencyKey: string;
  body: unknown;
  dossierId: string;
  stepId: string | null;
};

/** Consequences of an act for the dossier at its newest revision, or the problem that prevents it. */
export type Consequences =
  | { problem: Problem }
  | {
      events: readonly SagaEvent[];
      answered?: AnsweredStep | null;
      /** Instruction for the agency that has the part. */
      instruction?: PartInstruction | null;
      /** Payment order that the act makes or replaces. */
      order?: SagaPayment;
      /** Writes in the same transaction before those of the events. */
      before?(sql: postgres.Sql): Promise<unknown>;
      /** Further writes in the same transaction. */
      write?(sql: postgres.Sql): Promise<unknown>;
    };

/**
 * Applies an act once, in one transaction with its record. The same key and body again change nothing. Another body under
 * the same key is a problem.
 */
export async function applyAct(
  ctx: OneStopContext,
  act: Act,
  consequencesFor: (dossier: LiveDossier) => Consequences | Promise<Consequences>,
): Promise<Problem | null> {
  demandIdempotencyKey(act.idempotencyKey);
  const hash = bodyHash(act.body);
  const { configuration, kinds, progress, rules, counters } = ctx.loaders.desk();
  const { sql } = ctx.database;
  const earlierOutcome = async (): Promise<Problem | null | undefined> => {
    const earlierHash = await bodyHashOfAct(sql, ctx.caller.subject, act.idempotencyKey);
    if (!earlierHash) return undefined;
    return earlierHash === hash ? null : ownProblem(["idempotencyKey"], idempotencyConflict());
  };
  for (;;) {
    const earlier = await earlierOutcome();
    if (earlier !== undefined) return earlier;
    const stored = await loadDossier(sql, kinds, act.dossierId);
    if (!stored) throw new Error(`Dossier ${act.dossierId} is missing`);
    await rules.reach(stored.rulesRevision);
    const found = await consequencesFor(stored);
    if ("problem" in found) {
      const meanwhile = await earlierOutcome(); // this act itself, sent twice at once, may be what prevents it
      return meanwhile === undefined ? found.problem : meanwhile;
    }
    const dossier = found.order ? { ...stored, payment: found.order } : stored;
    const next = transition(dossier, found.events, found.answered ?? null, {
      ...{
        now: ctx.now,
        jitter: 0,
        backoff: configuration.backoff,
        actor: ctx.caller.role,
        leaseFollowUps: false,
        rules,
      },
    });
    const written = await sql
      .begin(async (transaction) => {
        const tx = transaction as unknown as postgres.Sql; // the same functions, on one connection
        if (found.before) await lockDossier(tx, act.dossierId);
        const inserted = await tx`
        insert into acts (dossier_id, step_id, kind, owner, role, office, idempotency_key, body_hash, at, instruction, details)
        values (${act.dossierId}, ${act.stepId}, ${act.kind}, ${ctx.caller.subject}, ${ctx.caller.role},
                ${ctx.caller.office ?? null}, ${act.idempotencyKey}, ${hash}, ${ctx.now},
                ${found.instruction ? tx.json(found.instruction as never) : null}, ${tx.json(act.body as never)})
        on conflict (owner, idempotency_key) do nothing returning id`;
        if (inserted.length === 0) return null;
        await found.before?.(tx);
        const result = await writeTransition(tx, dossier, next, ctx.now, configuration.leaseMs);
        if (!result) throw new RevisionChanged();
        await configuration.failpoints("before-commit", act.kind);
        await found.write?.(tx);
        await recordAct(tx, ctx.caller, dossier, changedBy(act));
        return result;
      })
      .catch((error: unknown) => {
        if (error instanceof RevisionChanged) return null;
        throw error;
      });
    if (!written) continue;
    await configuration.failpoints("after-commit", act.kind);
    counters.decided(dossier, written.dossier);
    progress.notify(written.dossier);
    return null;
  }
}

function changedBy({ kind, stepId }: Act) {
  if (kind === "PAYMENT") return "Payment";
  return stepId === null ? "Dossier" : "DossierPart";
}

/** Thrown inside the transaction, so that it is rolled back: another writer came first. */
export class RevisionChanged extends Error {}

async function bodyHashOfAct(sql: postgres.Sql, owner: string, key: string): Promise<string | null> {
  const [row] = await sql<{ hash: string }[]>`
    select body_hash as hash from acts where owner = ${owner} and idempotency_key = ${key}`;
  return row?.hash ?? null;
}
