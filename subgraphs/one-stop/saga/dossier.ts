import type postgres from "postgres";
import type { Refusal, SupplementItem } from "../../_shared/parts/procedure.ts";
import type { AgencyCode } from "../../agency-registry.ts";
import type { DossierKinds, Facts, Pinned } from "../definitions/kind.ts";
import type { PartCall } from "./agencies.ts";
import type { DeliveryState, DossierState, Instruction, Outcome, SagaState, StepState } from "./state.ts";
import type { Work } from "./work.ts";

/** Request of an agency for papers. The part's clock is suspended; `partDueAt` is its due date before the request. */
export type StoredSupplement = {
  requestedAt: string;
  dueAt: string;
  items: SupplementItem[];
  partDueAt?: string | null;
  answeredAt?: string;
};

/** Stored state and result of a step. Instants are ISO texts, as JSON carries them. */
export type StoredStep = {
  id: string;
  key: string;
  agency: AgencyCode;
  procedure: string;
  state: StepState;
  delivery: DeliveryState;
  attempts: number;
  failures: number;
  instruction: Instruction | null;
  firstSentAt: string | null;
  dueAt: string | null;
  completedAt: string | null;
  refusal: Refusal | null;
  supplement: StoredSupplement | null;
  resultType: string | null;
  resultId: string | null;
  facts: Record<string, string> | null;
  work: Work | null;
  fencingToken: number;
};

/** One dossier as a worker sees it, at one revision. */
export type LiveDossier = Pinned & {
  id: string;
  code: string;
  revision: number;
  /** Who submitted it. */
  owner: string;
  office: string;
  receivedAt: Date;
  dueAt: Date;
  /** While the citizen is awaited: begin of the suspension, and the due date at that time. */
  suspendedAt: Date | null;
  dueAtSuspension: Date | null;
  state: DossierState;
  outcome: Outcome | null;
  returnsAtOnce: boolean;
  /** As the dossier's kind has parsed it. */
  request: unknown;
  steps: StoredStep[];
};

/** Input of `decide`; agency, dependencies and effect come from the definition that the dossier pins. */
export function sagaState(dossier: LiveDossier): SagaState {
  const defined = new Map(dossier.definition.steps.map((step) => [step.key, step]));
  return {
    dossier: dossier.state,
    outcome: dossier.outcome,
    returnsAtOnce: dossier.returnsAtOnce,
    steps: dossier.steps.map((stored) => {
      const step = defined.get(stored.key);
      if (!step) throw new Error(`Dossier ${dossier.code} has a step ${stored.key} that is not in its definition`);
      const { key, state, delivery, attempts, failures, instruction } = stored;
      const { part, agency, dependsOn, effect, officer = false } = step;
      return { key, part, agency, dependsOn, effect, officer, instruction, state, delivery, attempts, failures };
    }),
  };
}

/** Facts of all finished steps, for the contents of the later ones. */
function factsOf(dossier: LiveDossier): Facts {
  return Object.assign({}, ...dossier.steps.map((step) => step.facts ?? {}));
}

/** Part as it is sent to the step's agency. */
export function partOf(dossier: LiveDossier, step: StoredStep): PartCall {
  return {
    id: step.id,
    procedure: step.procedure,
    dossier: dossier.code,
    office: dossier.office,
    receivedAt: dossier.receivedAt.toISOString(),
    content: dossier.kind.contentFor(step.key, dossier.request, factsOf(dossier)),
  };
}

/** The dossier as it is now, in one round trip; undefined if there is none. */
export async function loadDossier(
  sql: postgres.Sql,
  kinds: DossierKinds,
  id: string,
): Promise<LiveDossier | undefined> {
  const [row] = await sql<(Omit<LiveDossier, keyof Pinned> & { kindId: string; version: number })[]>`
    select d.id, d.code, d.revision, d.owner, d.office, d.received_at as "receivedAt",
           d.due_at as "dueAt", d.suspended_at as "suspendedAt", d.due_at_suspension as "dueAtSuspension", d.state, d.outcome,
           d.returns_at_once as "returnsAtOnce", d.definition_id as "kindId", d.definition_version as version, r.request,
           (select json_agg(json_build_object(
              'id', s.id, 'key', s.key, 'agency', s.agency, 'procedure', s.procedure, 'state', s.state,
              'delivery', s.delivery, 'attempts', s.attempts, 'failures', s.failures, 'instruction', s.instruction, 'firstSentAt', s.first_sent_at, 'dueAt', s.due_at,
              'completedAt', s.completed_at, 'refusal', s.refusal, 'supplement', s.supplement,
              'resultType', s.result_type, 'resultId', s.result_id, 'facts', s.facts, 'work', s.work, 'fencingToken', s.fencing_token
            ) order by s.ordinal) from steps s where s.dossier_id = d.id) as steps
      from dossiers d join requests r on r.dossier_id = d.id where d.id = ${id}`;
  if (!row) return undefined;
  const { kindId, version, ...rest } = row;
  return { ...rest, ...kinds.pinned(kindId, version) };
}
