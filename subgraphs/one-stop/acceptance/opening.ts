import { sql } from "drizzle-orm";
import type { PgInsertValue } from "drizzle-orm/pg-core";
import { uuidv7 } from "uuidv7";
import type { Caller } from "../../_shared/identity/caller.ts";
import { COMMUNE_LIST, commune } from "../../_shared/reference/communes.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import type { RulesLog } from "../clock/rules.ts";
import type { OneStopConfiguration } from "../configuration.ts";
import type { DossierDefinition, StepDefinition } from "../definitions/definition.ts";
import { type DossierKind, officeOfStep } from "../definitions/dossier-kind.ts";
import { planDueDates } from "../definitions/due-plan.ts";
import { openingClock } from "../definitions/opening-clock.ts";
import { initialState } from "../definitions/steps.ts";
import { searchWords } from "../dossiers/search.ts";
import { newCertificate } from "../draft-certificates/certificate.ts";
import { paperTraits } from "../figures/paper-traits.ts";
import { filledByNote } from "../filled-by/filled-by.ts";
import { newOrder, orderRow } from "../payments/new-order.ts";
import type { payments } from "../payments/tables.ts";
import { ownSubmitter } from "../rights.ts";
import type { LiveDossier, StoredStep } from "../saga/dossier.ts";
import type { HistoryEntry } from "../saga/history-entry.ts";
import type { Step } from "../saga/state.ts";
import type { StepChange } from "../saga/step-change.ts";
import type { Lease } from "../saga/store.ts";
import { transition } from "../saga/transition.ts";
import type { dossiers, steps } from "../tables.ts";
import type { Application } from "./application.ts";
import { keysOfCase } from "./duplicate-keys.ts";
import { storedHash } from "./known-dossier.ts";
import type { Problem } from "./problems.ts";

/** Further write in the transaction that accepts a dossier. A problem rolls the whole transaction back. */
export type Alongside = (tx: Tx, dossierId: string) => Promise<Problem | null>;

/** Part that is refiled, with the id and the code of its dossier. */
export type Refiles = { part: string; dossier: string; code: string };

/** Part of the desk's configuration that decides a new dossier. */
type OpeningConfiguration = Pick<OneStopConfiguration, "leaseMs" | "backoff" | "payments" | "certificateDays">;

/** Request to accept. */
export type Acceptance = {
  kind: DossierKind;
  definition: DossierDefinition;
  request: object;
  application: Application;
  caller: Caller;
  idempotencyKey: string;
  bodyHash: string;
  now: Date;
  /** True if an agency has to verify something, so that the longer limit applies. */
  verified: boolean;
  rules: RulesLog;
  /** Code that a desk has reserved and given to the applicant; null for the next one. */
  reservedCode: string | null;
  /** Ended part that the request refiles. */
  refiles: Refiles | null;
  alongside: readonly Alongside[];
  /** The accepting process delivers the first steps itself, at once. */
  leaseFirst: boolean;
};

/** Rows of a new dossier, and its state in memory. */
export type OpenedDossier = {
  live: LiveDossier;
  leases: Lease[];
  duplicateKeys: string[];
  row: typeof dossiers.$inferInsert;
  steps: PgInsertValue<typeof steps>[];
  payment: PgInsertValue<typeof payments> | null;
  entries: HistoryEntry[];
};

/** Builds the rows of a new dossier and leases its first steps. Pure except for the ids of `newId`. */
export function openDossier(
  code: string,
  { leaseMs, backoff, payments: paying, certificateDays }: OpeningConfiguration,
  acceptance: Acceptance,
  newId: () => string = uuidv7,
): OpenedDossier {
  const { kind, definition, request, application, caller, now } = acceptance;
  const id = newId();
  const clock = openingClock(definition, acceptance.verified);
  const rules = acceptance.rules.current();
  const due = planDueDates(definition, { office: application.office, receivedAt: now, clock }, rules);
  const { method, paperCopies } = application.handover;
  const order = newOrder(definition, application.channel, request, paying, { now, office: application.office, rules });
  const initial = initialState(definition, method === "ELECTRONIC" && paperCopies === 0, order?.payment);
  const blank: LiveDossier = {
    ...{ id, code, revision: 0, owner: caller.subject, office: application.office, receivedAt: now },
    ...{ state: initial.dossier, outcome: initial.outcome, returnsAtOnce: initial.returnsAtOnce },
    payment: initial.payment,
    certificate: newCertificate(definition, application.channel, certificateDays),
    ...{
      kind,
      definition,
      request,
      dueAt: due.dossier.dueAt,
      clock,
      rulesRevision: rules.revision,
      holdings: [],
      marks: {},
    },
    steps: definition.steps.flatMap((step, ordinal) => {
      const state = initial.steps[ordinal];
      return state ? [newStep(newId(), step, state, due.steps.get(step.key)?.dueAt)] : [];
    }),
  };
  const begun = transition(blank, [{ kind: "ACCEPTED", payFirst: order?.payFirst === true }], null, {
    ...{ now, jitter: 0, backoff, actor: caller.role, rules: acceptance.rules },
    leaseFollowUps: acceptance.leaseFirst,
    payBy: order?.payBy?.toISOString() ?? null,
  });
  const helped = filledByNote(application.filledBy);
  const changed = new Map(begun.steps.map((step) => [step.id, step]));
  const after = blank.steps.map((step) => changed.get(step.id) ?? { ...step, afterMs: null, lease: false });
  const live = {
    ...blank,
    state: begun.state,
    dueAt: begun.dueAt,
    clock: begun.clock,
    holdings: begun.holdings,
    marks: begun.marks,
    certificate: begun.certificate,
    steps: after.map(storedStep),
  };
  return {
    live,
    leases: after.flatMap((step) => (step.lease ? [leaseOf(id, step)] : [])),
    duplicateKeys: keysOfCase(kind, request),
    payment: order && orderRow(id, order),
    entries: [...begun.history, ...refiledEntry(live, acceptance)].map((entry, place) => ({
      ...entry,
      note: place === 0 ? (helped ?? entry.note) : entry.note,
    })),
    steps: after.map((step, ordinal) => stepRow(live, step, ordinal, leaseMs)),
    row: { ...dossierRow(live, acceptance), deadlineAt: begun.deadlineAt },
  };
}

function newStep(id: string, { agency, procedure }: StepDefinition, initial: Step, due: Date | undefined): StoredStep {
  const { key, part, state, delivery, attempts, failures, instruction } = initial;
  return {
    ...{ id, key, agency, procedure, state, delivery, attempts, failures, instruction },
    ...{ firstSentAt: null, releasedAt: null, clock: null },
    ...{ dueAt: part && due ? due.toISOString() : null, completedAt: null },
    ...{
      refusal: null,
      supplement: null,
      resultType: null,
      resultId: null,
      facts: null,
      claimedBy: null,
      claimedName: null,
      work: null,
      fencingToken: 0,
    },
  };
}

function storedStep({ afterMs, lease, ...step }: StepChange): StoredStep {
  return { ...step, fencingToken: lease ? 1 : 0 };
}

function leaseOf(dossierId: string, { id, key }: StepChange): Lease {
  return { dossierId, stepId: id, key, fencingToken: 1, work: "DELIVER" };
}

function stepRow(
  dossier: LiveDossier,
  change: StepChange,
  ordinal: number,
  leaseMs: number,
): PgInsertValue<typeof steps> {
  const { id, definition } = dossier;
  const { firstSentAt, releasedAt, dueAt, completedAt, ...step } = storedStep(change);
  return {
    ...step,
    dossierId: id,
    office: officeOfStep(dossier, change.key),
    ordinal,
    part: definition.steps[ordinal]?.part ?? false,
    firstSentAt: firstSentAt ? new Date(firstSentAt) : null,
    releasedAt: releasedAt ? new Date(releasedAt) : null,
    dueAt: dueAt ? new Date(dueAt) : null,
    completedAt: null,
    nextAttemptAt: step.work ? sql`now()` : null,
    leaseUntil: change.lease ? sql`now() + ${leaseMs} * interval '1 millisecond'` : null,
  };
}

function dossierRow(
  {
    id,
    code,
    owner,
    kind,
    definition,
    state,
    returnsAtOnce,
    dueAt,
    clock,
    certificate,
    rulesRevision,
    holdings,
    request,
  }: LiveDossier,
  { application, caller, idempotencyKey, bodyHash, now, refiles }: Acceptance,
): typeof dossiers.$inferInsert {
  const { office, channel, applicant, subjectName } = application;
  const pinned = kind.versions.find(({ version }) => version === definition.version);
  return {
    ...{ id, code, owner, idempotencyKey, bodyHash: storedHash(bodyHash) },
    ...{ communeList: COMMUNE_LIST, office, province: commune(office)?.province ?? "", channel },
    ...{ definitionId: definition.id, definitionVersion: definition.version },
    ...{ procedureCode: definition.code, procedureName: definition.name === pinned?.name ? null : definition.name },
    ...{ state, outcome: null, returnsAtOnce, receivedAt: now, updatedAt: now, dueAt, clock, certificate },
    ...{ rulesRevision, holdings, paperTraits: paperTraits(request) },
    refiledFrom: refiles?.part ?? null,
    applicantName: applicant.fullName,
    applicantPersonalId: applicant.personalId,
    phoneLast4: applicant.phone?.slice(-4) ?? null,
    subjectName,
    searchWords: searchWords({ names: [applicant.fullName, subjectName], phone: applicant.phone }),
    parties: partiesOf(application, caller),
  };
}

function refiledEntry({ state }: LiveDossier, { refiles, caller }: Acceptance): HistoryEntry[] {
  if (!refiles) return [];
  return [{ stepKey: null, state, actor: caller.role, note: `Nộp lại phần việc của hồ sơ ${refiles.code}` }];
}

/** Parties of an application; a citizen who submits is one of them, so that the citizen can read the dossier. */
function partiesOf({ applicant, parties }: Application, caller: Caller): string[] {
  return [...new Set([applicant.personalId, ...parties, ownSubmitter(caller)].filter((number) => number !== null))];
}
