import type postgres from "postgres";
import type { Refusal, SupplementItem } from "../../_shared/parts/procedure.ts";
import { unpackHexJson, unpackJson } from "../../_shared/registers/packed-json.ts";
import type { AgencyCode } from "../../agency-registry.ts";
import type { StoredClock } from "../clock/stored-clock.ts";
import { type DossierKinds, type Facts, officeOfStep, type Pinned } from "../definitions/dossier-kind.ts";
import { birthStep } from "../draft-certificates/certificate.ts";
import type { StoredCertificate } from "../draft-certificates/stored-certificate.ts";
import type { SagaPayment } from "../payments/payment.ts";
import type { Holding } from "../time-ledger/holdings.ts";
import { unpackHoldings } from "../time-ledger/stored-holdings.ts";
import type { PartCall } from "./agency-client.ts";
import {
  DEADLINE_MARKS,
  type DeadlineMark,
  type DeliveryState,
  type DossierState,
  type Instruction,
  type Outcome,
  type SagaState,
  type StepState,
} from "./state.ts";
import type { Work } from "./work.ts";

/** Request of an agency for papers, with the end of the citizen's term to answer, null where no rule sets one. */
export type StoredSupplement = {
  requestedAt: string;
  dueAt: string | null;
  items: SupplementItem[];
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
  /** Begin of the step's term; null while the step is blocked. */
  releasedAt: string | null;
  clock: StoredClock | null;
  dueAt: string | null;
  completedAt: string | null;
  refusal: Refusal | null;
  supplement: StoredSupplement | null;
  resultType: string | null;
  resultId: string | null;
  facts: Record<string, string> | null;
  /** Officer who works on the part. */
  claimedBy: string | null;
  claimedName: string | null;
  work: Work | null;
  fencingToken: number;
};

/** Deadlines that have been acted on, with the business time (ISO text). */
export type Marks = Readonly<Partial<Record<DeadlineMark, string>>>;

/** One dossier at one revision, as workers use it. */
export type LiveDossier = Pinned & {
  id: string;
  code: string;
  revision: number;
  /** Subject of the submitter's token. */
  owner: string;
  office: string;
  receivedAt: Date;
  dueAt: Date;
  clock: StoredClock | null;
  holdings: readonly Holding[];
  marks: Marks;
  /** Revision of the clock's rules that the dossier is dated by. */
  rulesRevision: number;
  state: DossierState;
  outcome: Outcome | null;
  returnsAtOnce: boolean;
  payment: SagaPayment | null;
  certificate: StoredCertificate | null;
  /** Request, as parsed by the dossier's kind. */
  request: unknown;
  steps: StoredStep[];
};

/** Input of `decide`; agency, dependencies and effect come from the definition that the dossier pins. */
export function sagaState(dossier: LiveDossier): SagaState {
  const definedSteps = new Map(dossier.definition.steps.map((step) => [step.key, step]));
  return {
    dossier: dossier.state,
    outcome: dossier.outcome,
    marks: DEADLINE_MARKS.filter((mark) => dossier.marks[mark]),
    returnsAtOnce: dossier.returnsAtOnce,
    payment: dossier.payment,
    certificate: dossier.certificate?.state ?? null,
    steps: dossier.steps.map((stored) => {
      const step = definedSteps.get(stored.key);
      if (!step) throw new Error(`Dossier ${dossier.code} has a step ${stored.key} that is not in its definition`);
      const { key, state, delivery, attempts, failures, instruction, claimedBy } = stored;
      const claimed = claimedBy !== null;
      const { part, agency, dependsOn, effect, officer = false, afterPayment = false } = step;
      const defined = { key, part, agency, dependsOn, effect, officer, afterPayment };
      return { ...defined, claimed, instruction, state, delivery, attempts, failures };
    }),
  };
}

/** Facts of all finished steps and of the payment, for the contents of the later ones. */
function factsOf({ steps, payment }: LiveDossier): Facts {
  const { state, amountVnd, receipt = null } = payment ?? {};
  const paid = payment ? { payment: JSON.stringify({ state, amountVnd, receipt }) } : {};
  return Object.assign(paid, ...steps.map((step) => step.facts ?? {}));
}

/** Part as it is sent to the step's agency. */
export function partOf(dossier: LiveDossier, step: StoredStep): PartCall {
  const remark = step.key === birthStep(dossier.definition)?.key && dossier.certificate?.remark;
  const content = dossier.kind.contentFor(step.key, dossier.request, factsOf(dossier));
  return {
    id: step.id,
    procedure: step.procedure,
    dossier: dossier.code,
    office: officeOfStep(dossier, step.key),
    receivedAt: dossier.receivedAt.toISOString(),
    content: remark ? { ...content, draftRemark: remark } : content,
  };
}

type StoredDossier = Omit<LiveDossier, keyof Pinned | "request" | "holdings" | "steps"> & {
  kindId: string;
  version: number;
  request: Uint8Array;
  holdings: Uint8Array;
  steps: (Omit<StoredStep, "facts"> & { facts: string | null })[];
};

/** Loads the current dossier in one round trip; undefined if there is none. */
export async function loadDossier(
  sql: postgres.Sql,
  kinds: DossierKinds,
  id: string,
): Promise<LiveDossier | undefined> {
  const [row] = await sql<StoredDossier[]>`
    select d.id, d.code, d.revision, d.owner, d.office, d.received_at as "receivedAt",
           d.due_at as "dueAt", d.clock, d.certificate, d.holdings, d.marks, d.rules_revision as "rulesRevision", d.state, d.outcome,
           d.returns_at_once as "returnsAtOnce", d.definition_id as "kindId", d.definition_version as version, r.request,
           (select json_build_object(
              'state', p.state, 'amountVnd', p.amount_vnd, 'lines', p.lines, 'refundVnd', p.refund_vnd,
              'refundedVnd', p.refunded_vnd, 'receipt', coalesce(p.transaction, p.receipt)) from payments p where p.dossier_id = d.id) as payment,
           (select json_agg(json_build_object(
              'id', s.id, 'key', s.key, 'agency', s.agency, 'procedure', s.procedure, 'state', s.state,
              'delivery', s.delivery, 'attempts', s.attempts, 'failures', s.failures, 'instruction', s.instruction,
              'firstSentAt', s.first_sent_at, 'releasedAt', s.released_at, 'clock', s.clock, 'dueAt', s.due_at,
              'completedAt', s.completed_at, 'refusal', s.refusal, 'supplement', s.supplement,
              'resultType', s.result_type, 'resultId', s.result_id, 'facts', s.facts, 'claimedBy', s.claimed_by, 'claimedName', s.claimed_name, 'work', s.work, 'fencingToken', s.fencing_token
            ) order by s.ordinal) from steps s where s.dossier_id = d.id) as steps
      from dossiers d join requests r on r.dossier_id = d.id where d.id = ${id}`;
  if (!row) return undefined;
  const { kindId, version, request, holdings, steps, ...rest } = row;
  const unpacked = {
    ...{ request: unpackJson(request), holdings: unpackHoldings(holdings) },
    steps: steps.map((step) => ({ ...step, facts: unpackedFacts(step.facts) })),
  };
  return { ...rest, ...unpacked, ...kinds.pinned(kindId, version) };
}

/** Facts of a step, from the column as SQL writes it into JSON. */
export function unpackedFacts(stored: string | null): Record<string, string> | null {
  return stored === null ? null : (unpackHexJson(stored) as Record<string, string>); // only facts are written there
}
