import { setTimeout as pause } from "node:timers/promises";
import { inParallel } from "../reconciliation/agency-answers.ts";
import { countDossiers, type Range, rangeOfDossiers } from "../reconciliation/dossiers.ts";
import type { Outcome } from "../reconciliation/findings.ts";
import { type DeliveryContext, deliverDossier, type Turn } from "./deliver-dossier.ts";
import { type DeliveryPlan, deliveryPlan } from "./delivery-plan.ts";
import type { DeliveryProblem, FoundProblem } from "./delivery-problem.ts";
import { type DeliveryLease, leaseOne, recordOf } from "./delivery-store.ts";
import { loadDossierFacts } from "./dossier-facts.ts";
import { PortalUnavailable } from "./portal-client.ts";

/** Kinds of differences between the desk and the portal, beside those that need a person. */
export const PORTAL_FINDINGS = {
  UNKNOWN_THERE: "the portal does not know the dossier",
  BEHIND: "the portal lacks the last steps",
  DATA_DIFFER: "the portal has other data of the dossier",
  UNANSWERED: "the portal did not answer",
  MAPPING_MISSING: "the mappings lack a code of the portal",
  REFUSED: "the portal refuses a message",
  PORTAL_AHEAD: "the portal has steps that the desk does not know",
  PORTAL_GAP: "the portal lacks a step before one that it has",
  STATUS_BACKWARDS: "the next step would take the status back",
} as const satisfies Record<DeliveryProblem | string, string>;
export type PortalFindingKind = keyof typeof PORTAL_FINDINGS;

export type PortalFinding = { kind: PortalFindingKind; outcome: Outcome; dossier: string; note: string };
export type PortalProgress = { dossiers: number; total: number; findings: Record<Outcome, number> };

export type PortalOptions = Range & { dryRun: boolean; concurrency: number };
type Listener = { found(finding: PortalFinding): void; progressed(progress: PortalProgress): void };
type Named = { id: string; code: string };

const BATCH_SIZE = 200;
/** Dossiers in a row without an answer after which the portal is not asked any more. */
const MOST_UNANSWERED = 5;
/** Pause before a dossier is looked at again that a worker is delivering, and the number of such looks. */
const HELD_PAUSE_MS = 200;
const MOST_LOOKS = 100;

/**
 * Compares every dossier of a range with what the portal has, and delivers what it lacks. A dry run asks alone. Safe beside
 * workers: it takes their leases.
 */
export async function reconcilePortal(
  context: DeliveryContext,
  options: PortalOptions,
  listener: Listener,
): Promise<PortalProgress> {
  const findings: Record<Outcome, number> = { RESUMED: 0, PLANNED: 0, UNANSWERED: 0, PERSON: 0 };
  const progress = { dossiers: 0, total: await countDossiers(context.sql, options), findings };
  let unansweredInARow = 0;
  for (let after: string | undefined; unansweredInARow < MOST_UNANSWERED; ) {
    const batch = await rangeOfDossiers(context.sql, options, after, BATCH_SIZE);
    if (batch.length === 0) break;
    await inParallel(batch, options.concurrency, async (dossier) => {
      if (unansweredInARow >= MOST_UNANSWERED) return;
      const finding = options.dryRun ? await planned(context, dossier) : await delivered(context, dossier);
      unansweredInARow = finding?.outcome === "UNANSWERED" ? unansweredInARow + 1 : 0;
      progress.dossiers += 1;
      if (!finding) return;
      findings[finding.outcome] += 1;
      listener.found(finding);
    });
    after = batch.at(-1)?.id;
    listener.progressed(progress);
  }
  return progress;
}

/** 0: nothing differs, or all that did is delivered; 1: a person has to decide, or a dry run left something; 2: the portal did not answer. */
export function portalExitCode({ findings: { UNANSWERED, PERSON, PLANNED } }: PortalProgress): 0 | 1 | 2 {
  if (UNANSWERED > 0) return 2;
  return PERSON + PLANNED > 0 ? 1 : 0;
}

async function planned(context: DeliveryContext, { id, code }: Named): Promise<PortalFinding | null> {
  try {
    const there = await context.portal.find(code);
    const facts = await loadDossierFacts(context.sql, context.kinds, id);
    if (!facts) return null;
    const plan = deliveryPlan(facts, there, await recordOf(context.sql, id), context.tables);
    if (plan.problem) return ofPerson(code, plan.problem);
    const difference = differenceOf(plan);
    return difference && { ...difference, dossier: code, outcome: "PLANNED" };
  } catch (error) {
    if (!(error instanceof PortalUnavailable)) throw error;
    return { kind: "UNANSWERED", outcome: "UNANSWERED", dossier: code, note: error.message };
  }
}

async function delivered(context: DeliveryContext, { id, code }: Named): Promise<PortalFinding | null> {
  let turn = await turnOf(context, id);
  if (turn?.kind === "REFUSED_ONCE") turn = await turnOf(context, id);
  if (turn?.kind === "PROBLEM") return ofPerson(code, turn.problem);
  if (turn?.kind === "DELIVERED") {
    const difference = differenceOf(turn.plan);
    return difference && { ...difference, dossier: code, outcome: "RESUMED" };
  }
  const note = turn ? turn.words : "A worker is delivering the dossier all the time";
  return { kind: "UNANSWERED", outcome: "UNANSWERED", dossier: code, note };
}

/** One turn with a lease; null while another worker holds it for long. */
async function turnOf(context: DeliveryContext, id: string): Promise<Turn | null> {
  let lease: DeliveryLease | null = null;
  for (let looks = 0; !lease && looks < MOST_LOOKS; looks++) {
    if (looks > 0) await pause(HELD_PAUSE_MS);
    lease = await leaseOne(context.sql, id, context.leaseMs);
  }
  return lease && deliverDossier(context, lease);
}

function ofPerson(dossier: string, { problem, words }: FoundProblem): PortalFinding {
  return { kind: problem, outcome: "PERSON", dossier, note: words };
}

function differenceOf(plan: DeliveryPlan): Pick<PortalFinding, "kind" | "note"> | null {
  const steps = plan.messages.filter(({ service }) => service === "CapNhatTienDoHoSoMC").length;
  if (!plan.isKnown) return { kind: "UNKNOWN_THERE", note: `${steps} steps` };
  if (steps > 0) return { kind: "BEHIND", note: `${steps} steps after the first ${plan.reached}` };
  return plan.differingFields.length > 0 ? { kind: "DATA_DIFFER", note: plan.differingFields.join(", ") } : null;
}
