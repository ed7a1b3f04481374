import type postgres from "postgres";
import type { DossierKinds } from "../definitions/dossier-kind.ts";
import type { Failpoints } from "../saga/failpoints.ts";
import { type DeliveryPlan, deliveryPlan, type Message } from "./delivery-plan.ts";
import type { FoundProblem } from "./delivery-problem.ts";
import {
  type DeliveryLease,
  keepLease,
  recordDelivered,
  recordFailure,
  recordProblem,
  recordRefusal,
} from "./delivery-store.ts";
import { loadDossierFacts } from "./dossier-facts.ts";
import type { PortalTables } from "./dossier-snapshot.ts";
import { type NationalPortal, PortalRefusal, PortalUnavailable } from "./portal-client.ts";

export type DeliveryContext = {
  sql: postgres.Sql;
  kinds: DossierKinds;
  portal: NationalPortal;
  tables: PortalTables;
  leaseMs: number;
  /** Pause after a turn that the portal has not answered, by the number of such turns in a row. */
  pauseMs(failures: number): number;
  failpoints: Failpoints;
  now(): Date;
};

/** End of a turn, with what was found at its beginning; no plan where the portal did not answer. */
export type Turn =
  | { kind: "DELIVERED"; plan: DeliveryPlan }
  | { kind: "PROBLEM"; plan: DeliveryPlan; problem: FoundProblem }
  | { kind: "REFUSED_ONCE"; plan: DeliveryPlan; words: string }
  | { kind: "UNAVAILABLE"; words: string };

/** Name of the boundaries at which tests stop the process. */
const FAILPOINT = "PORTAL";

/**
 * One turn of a dossier: asks the portal what it has, then sends what it lacks, in order. Nothing is sent again before that question, so a
 * message whose answer was lost is not doubled. The portal refuses a message twice before a person has to act, because a late
 * call of an earlier lease may have changed the dossier after the question.
 * @throws LeaseLost
 */
export async function deliverDossier(context: DeliveryContext, lease: DeliveryLease): Promise<Turn> {
  const { sql, kinds, portal, tables, now } = context;
  let plan: DeliveryPlan | undefined;
  try {
    const there = await portal.find(lease.code);
    const facts = await loadDossierFacts(sql, kinds, lease.dossierId); // after the answer, which has no step that is newer
    if (!facts) throw new Error(`Dossier ${lease.code} has no request`);
    plan = deliveryPlan(facts, there, lease, tables);
    let sentSteps = plan.reached;
    for (const message of plan.messages) {
      await keepLease(sql, lease, sentSteps, context.leaseMs);
      await context.failpoints("before-call", FAILPOINT);
      await send(portal, message);
      await context.failpoints("after-call", FAILPOINT);
      sentSteps = message.sentSteps;
    }
    await context.failpoints("before-commit", FAILPOINT);
    if (plan.problem) {
      await recordProblem(sql, lease, plan.problem, now());
      return { kind: "PROBLEM", plan, problem: plan.problem };
    }
    await recordDelivered(sql, lease, facts.newestRow, sentSteps);
    await context.failpoints("after-commit", FAILPOINT);
    return { kind: "DELIVERED", plan };
  } catch (error) {
    if (error instanceof PortalUnavailable) {
      await recordFailure(sql, lease, { words: error.message, afterMs: context.pauseMs(lease.failures) });
      return { kind: "UNAVAILABLE", words: error.message };
    }
    if (!(error instanceof PortalRefusal) || !plan) throw error;
    if (lease.refusals === 0) {
      await recordRefusal(sql, lease, error.message);
      return { kind: "REFUSED_ONCE", plan, words: error.message };
    }
    const problem = { problem: "REFUSED", words: error.message, differences: 0 } as const;
    await recordProblem(sql, lease, problem, now());
    return { kind: "PROBLEM", plan, problem };
  }
}

async function send(portal: NationalPortal, message: Message): Promise<void> {
  if (message.service === "CapNhatTienDoHoSoMC") return portal.addStep(message.block);
  return portal.synchronise(message.block, message.isUpdating);
}
