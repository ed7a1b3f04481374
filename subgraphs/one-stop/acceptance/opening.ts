import { sql } from "drizzle-orm";
import type { PgInsertValue } from "drizzle-orm/pg-core";
import { uuidv7 } from "uuidv7";
import type { Caller } from "../../_shared/identity/caller.ts";
import { COMMUNE_LIST, commune } from "../../_shared/reference/communes.ts";
import type { OneStopConfiguration } from "../configuration.ts";
import type { DossierDefinition, StepDefinition } from "../definitions/definition.ts";
import { planDueDates } from "../definitions/due.ts";
import type { DossierKind } from "../definitions/kind.ts";
import { initialState } from "../definitions/steps.ts";
import type { LiveDossier, StoredStep } from "../saga/dossier.ts";
import type { Step } from "../saga/state.ts";
import type { Lease } from "../saga/store.ts";
import { type StepChange, transition } from "../saga/transition.ts";
import type { dossiers, history, steps } from "../tables.ts";
import type { Application } from "./application.ts";
import { keysOfCase } from "./duplicate-keys.ts";

/** A request to accept. */
export type Acceptance = {
  kind: DossierKind;
  definition: DossierDefinition;
  request: object;
  application: Application;
  caller: Caller;
  idempotencyKey: string;
  bodyHash: string;
  now: Date;
  /** An agency has something to verify: the longer limit applies. */
  verified: boolean;
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
  entries: (typeof history.$inferInsert)[];
};

/** Builds the rows of a new dossier and leases its first steps. Pure but for the new ids. */
export function openDossier(
  code: string,
  { leaseMs, paces }: OneStopConfiguration,
  acceptance: Acceptance,
): OpenedDossier {
  const { kind, definition, request, application, caller, now } = acceptance;
  const id = uuidv7();
  const due = planDueDates(definition, now, acceptance.verified);
  const { method, paperCopies } = application.handover;
  const initial = initialState(definition, method === "ELECTRONIC" && paperCopies === 0);
  const blank: LiveDossier = {
    ...{ id, code, revision: 0, owner: caller.subject, office: application.office, receivedAt: now },
    ...{ state: initial.dossier, outcome: initial.outcome, returnsAtOnce: initial.returnsAtOnce },
    ...{ kind, definition, request, dueAt: due.dossier, suspendedAt: null, dueAtSuspension: null },
    steps: definition.steps.flatMap((step, ordinal) => {
      const state = initial.steps[ordinal];
      return state ? [newStep(step, state, due.steps[step.key])] : [];
    }),
  };
  const begun = transition(blank, [{ kind: "ACCEPTED" }], null, {
    ...{ now, chance: 0, paces, actor: caller.role },
    leaseFollowUps: acceptance.leaseFirst,
  });
  const changed = new Map(begun.steps.map((step) => [step.id, step]));
  const after = blank.steps.map((step) => changed.get(step.id) ?? { ...step, afterMs: null, lease: false });
  const live = { ...blank, state: begun.state, steps: after.map(storedStep) };
  return {
    live,
    leases: after.flatMap((step) => (step.lease ? [leaseOf(id, step)] : [])),
    duplicateKeys: keysOfCase(kind.id, application),
    entries: begun.history.map((entry) => ({ dossierId: id, at: now, ...entry })),
    steps: after.map((step, ordinal) => stepRow(live, step, ordinal, leaseMs)),
    row: dossierRow(live, acceptance, due.dossier),
  };
}

function newStep({ agency, procedure }: StepDefinition, initial: Step, due: Date | undefined): StoredStep {
  const { key, part, state, delivery, attempts, failures, instruction } = initial;
  return {
    ...{ id: uuidv7(), key, agency, procedure, state, delivery, attempts, failures, instruction },
    ...{ firstSentAt: null, dueAt: part && due ? due.toISOString() : null, completedAt: null },
    ...{ refusal: null, supplement: null, resultType: null, resultId: null, facts: null, work: null, fencingToken: 0 },
  };
}

function storedStep({ afterMs, lease, ...step }: StepChange): StoredStep {
  return { ...step, fencingToken: lease ? 1 : 0 };
}

function leaseOf(dossierId: string, { id, key }: StepChange): Lease {
  return { dossierId, stepId: id, key, fencingToken: 1, work: "DELIVER" };
}

function stepRow(
  { id, definition }: LiveDossier,
  change: StepChange,
  ordinal: number,
  leaseMs: number,
): PgInsertValue<typeof steps> {
  const { firstSentAt, dueAt, completedAt, ...step } = storedStep(change);
  return {
    ...step,
    dossierId: id,
    ordinal,
    part: definition.steps[ordinal]?.part ?? false,
    firstSentAt: firstSentAt ? new Date(firstSentAt) : null,
    dueAt: dueAt ? new Date(dueAt) : null,
    completedAt: null,
    nextAttemptAt: step.work ? sql`now()` : null,
    leaseUntil: change.lease ? sql`now() + ${leaseMs} * interval '1 millisecond'` : null,
  };
}

function dossierRow(
  { id, code, owner, definition, state, returnsAtOnce }: LiveDossier,
  { application, caller, idempotencyKey, bodyHash, now }: Acceptance,
  dueAt: Date,
): typeof dossiers.$inferInsert {
  const { office, channel, applicant, subjectName } = application;
  return {
    ...{ id, code, owner, idempotencyKey, bodyHash },
    ...{ communeList: COMMUNE_LIST, office, province: commune(office)?.province ?? "", channel },
    ...{ definitionId: definition.id, definitionVersion: definition.version },
    ...{ procedureCode: definition.code, procedureName: definition.name },
    ...{ state, outcome: null, returnsAtOnce, receivedAt: now, dueAt, updatedAt: now },
    applicantName: applicant.fullName,
    applicantPersonalId: applicant.personalId,
    phoneLast4: applicant.phone?.slice(-4) ?? null,
    subjectName,
    parties: partiesOf(application, caller),
  };
}

/** A citizen who submits is a party, too: the citizen finds the dossier again. */
function partiesOf({ applicant, parties }: Application, caller: Caller): string[] {
  const submitter = caller.role === "citizen" ? (caller.personalId ?? null) : null;
  return [...new Set([applicant.personalId, ...parties, submitter].filter((number) => number !== null))];
}
