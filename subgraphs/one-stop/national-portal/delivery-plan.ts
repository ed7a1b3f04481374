import { compareSteps, differingFields, goesBack, type PortalDossier } from "./comparison.ts";
import type { FoundProblem } from "./delivery-problem.ts";
import type { DossierFacts } from "./dossier-facts.ts";
import { type Block, dossierSnapshot, type PortalTables } from "./dossier-snapshot.ts";
import { MappingMissing, mapped, stateOfStatus } from "./mappings.ts";
import { progressBlock } from "./progress-block.ts";
import { type ProgressStep, progressSteps } from "./progress-steps.ts";

/** Deviations of a dossier that a person has accepted, and how far the desk believes the portal to be. */
export type DeliveryRecord = { sentSteps: number; acceptedDifferences: number; correction: string | null };

/** One message to the portal. `sentSteps`: number of steps that the portal has when it has acknowledged the message. */
export type Message =
  | { service: "DongBoHoSoMC"; isUpdating: boolean; block: Block; sentSteps: number }
  | { service: "CapNhatTienDoHoSoMC"; block: Block; sentSteps: number };

export type DeliveryPlan = {
  messages: readonly Message[];
  /** Steps that the portal has already. */
  reached: number;
  isKnown: boolean;
  /** Fields that the portal has with other values although it has all steps. */
  differingFields: readonly string[];
  /** Reason why the delivery stops after the messages. */
  problem: FoundProblem | null;
};

/**
 * Messages that bring the portal from what it has of a dossier to what the desk has, in their order. A dossier that the portal does not
 * know is created with the state of its first step; every step follows; the newest data come last.
 */
export function deliveryPlan(
  facts: DossierFacts,
  there: PortalDossier | null,
  record: DeliveryRecord,
  tables: PortalTables,
): DeliveryPlan {
  const steps = progressSteps(facts.history, new Set(facts.parts.map(({ key }) => key)));
  const plan = { messages: [] as Message[], reached: 0, isKnown: there !== null, differingFields: [] as string[] };
  try {
    const compared = there && comparison(steps, there, record, tables);
    if (compared?.problem) return { ...plan, reached: compared.reached, problem: compared.problem };
    plan.reached = compared?.reached ?? 0;
    if (!there) {
      const block = dossierSnapshot(facts, steps.slice(0, 1), tables);
      plan.messages.push({ service: "DongBoHoSoMC", isUpdating: false, block, sentSteps: 0 });
    }
    const problem = addSteps(plan.messages, facts, steps, { reached: plan.reached, there, record, tables });
    if (problem) return { ...plan, problem };
    const newest = dossierSnapshot(facts, steps, tables);
    plan.differingFields = there && plan.messages.length === 0 ? differingFields(newest, there.snapshot) : [];
    if (plan.messages.length > 0 || plan.differingFields.length > 0)
      plan.messages.push({ service: "DongBoHoSoMC", isUpdating: true, block: newest, sentSteps: steps.length });
    return { ...plan, problem: null };
  } catch (error) {
    if (!(error instanceof MappingMissing)) throw error;
    return { ...plan, messages: [], problem: { problem: "MAPPING_MISSING", words: error.entry, differences: 0 } };
  }
}

function comparison(
  steps: readonly ProgressStep[],
  there: PortalDossier,
  { sentSteps, acceptedDifferences }: DeliveryRecord,
  { mappings }: PortalTables,
): { reached: number; problem: FoundProblem | null } {
  if (there.steps === null) return { reached: Math.min(sentSteps, steps.length), problem: null };
  const here = steps.map(({ at, dossierState }) => ({ at, status: mapped(mappings, "statuses", dossierState) }));
  const { reached, missing, unknown } = compareSteps(here, there.steps);
  const differences = missing + unknown;
  if (differences <= acceptedDifferences) return { reached, problem: null };
  const words = `${there.steps.length} / ${steps.length}`;
  return { reached, problem: { problem: unknown > 0 ? "PORTAL_AHEAD" : "PORTAL_GAP", words, differences } };
}

/** Adds the steps that the portal lacks, up to the first one that would take the status back without a reason. */
function addSteps(
  messages: Message[],
  facts: DossierFacts,
  steps: readonly ProgressStep[],
  from: { reached: number; there: PortalDossier | null; record: DeliveryRecord; tables: PortalTables },
): FoundProblem | null {
  const { reached, there, record, tables } = from;
  const status = there?.snapshot.TrangThaiHoSo;
  let shown = typeof status === "string" ? stateOfStatus(tables.mappings, status) : null;
  for (const [index, step] of steps.slice(reached).entries()) {
    const isBack = shown !== null && goesBack(shown, step.dossierState);
    if (isBack && record.correction === null)
      return { problem: "STATUS_BACKWARDS", words: `${shown} → ${step.dossierState}`, differences: 0 };
    const block = progressBlock(facts, step, tables, isBack ? record.correction : null);
    messages.push({ service: "CapNhatTienDoHoSoMC", block, sentSteps: reached + index + 1 });
    shown = step.dossierState;
  }
  return null;
}
