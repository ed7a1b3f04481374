import type { Caller } from "../../_shared/identity/caller.ts";
import type { StoredAnswer } from "../../_shared/parts/procedure.ts";
import { commune } from "../../_shared/reference/communes.ts";
import { bodyHash } from "../../_shared/serving/idempotency.ts";
import type { SubmittableKind } from "../acceptance/application.ts";
import { type OpenedDossier, openDossier } from "../acceptance/opening.ts";
import { RELEASE_RULES, type RulesLog } from "../clock/rules.ts";
import { versionInForce } from "../definitions/version-in-force.ts";
import { DEFAULT_BACKOFF } from "../saga/backoff.ts";
import type { LiveDossier } from "../saga/dossier.ts";
import type { HistoryEntry } from "../saga/history-entry.ts";
import type { SagaEvent } from "../saga/state.ts";
import { type Transition, transition } from "../saga/transition.ts";
import type { DossierInput } from "../single-procedures/input.ts";
import type { SingleRequest } from "../single-procedures/read-dossier.ts";
import { singleProcedure } from "../single-procedures/single-procedure.ts";
import type { GrantedApplication } from "./applications.ts";

/** No fees online, no draft certificate: what a desk without further configuration does. */
const CONFIGURATION = {
  ...{ leaseMs: 1, backoff: DEFAULT_BACKOFF, certificateDays: 0 },
  payments: { provider: null, termDays: 0, queryMs: 0 },
};
const RULES: RulesLog = { current: () => RELEASE_RULES, at: () => RELEASE_RULES };

/** A dossier that was granted and returned, with what happened to it. */
export type GrantedDossier = {
  live: LiveDossier;
  opened: OpenedDossier;
  request: SingleRequest;
  decidedAt: Date;
  ended: Transition;
  history: readonly { at: Date; entries: readonly HistoryEntry[] }[];
};

/** The dossier of a granted application, as the desk would have led it: received, decided by an officer, and returned. */
export function grantedDossier(
  application: GrantedApplication,
  { office, code, newId }: { office: string; code: string; newId(): string },
): GrantedDossier | null {
  const { procedure, grantedOn } = application;
  const kind = singleProcedure(procedure);
  const versions = kind?.versions.filter(({ steps }) => steps.every(({ officer }) => officer)) ?? [];
  const definition = versionInForce(versions, grantedOn);
  if (!kind || !definition) return null;
  const [receivedAt, decidedAt, returnedAt] = ["08:30", "10:00", "10:30"].map(
    (time) => new Date(`${grantedOn}T${time}:00+07:00`),
  );
  if (!receivedAt || !decidedAt || !returnedAt) throw new Error(`${grantedOn} is no day`);
  const request = requestOf(application, office);
  const opened = openDossier(
    code,
    CONFIGURATION,
    {
      ...{ kind: kind as SubmittableKind<DossierInput, SingleRequest>, definition, request, now: receivedAt },
      application: { ...kind.application(request), parties: application.parties },
      ...{ caller: clerkOf(office), idempotencyKey: code, bodyHash: bodyHash({ code }), verified: false, rules: RULES },
      ...{ reservedCode: null, refiles: null, alongside: [], leaseFirst: false },
    },
    newId,
  );
  const granted = grant(opened.live, application, decidedAt);
  const ended = apply(granted.live, [{ kind: "HANDED_OVER" }], null, { now: returnedAt, actor: "clerk" });
  return {
    ...{ opened, request, decidedAt, ended: ended.next, live: ended.live },
    history: [
      { at: receivedAt, entries: opened.entries },
      { at: decidedAt, entries: granted.next.history },
      { at: returnedAt, entries: ended.next.history },
    ],
  };
}

function grant(live: LiveDossier, { result }: GrantedApplication, now: Date) {
  const answer: StoredAnswer = {
    ...{ state: "GRANTED", decidedAt: now, result, facts: {}, refusal: null, supplement: null },
  };
  const key = live.steps[0]?.key ?? "";
  const event = { kind: "ANSWERED", step: key, answer: { state: "GRANTED" } } as const;
  return apply(live, [event], { key, answer }, { now, actor: "registrar" });
}

/** Applies events and makes the state after them, as the store would read it back. */
function apply(
  live: LiveDossier,
  events: readonly SagaEvent[],
  answered: { key: string; answer: StoredAnswer } | null,
  { now, actor }: { now: Date; actor: string },
): { live: LiveDossier; next: Transition } {
  const options = { now, actor, jitter: 0, backoff: DEFAULT_BACKOFF, rules: RULES, leaseFollowUps: false };
  const next = transition(live, events, answered, options);
  const { state, outcome, clock, dueAt, holdings, marks, payment, certificate } = next;
  const steps = live.steps.map((step) => {
    const changed = next.steps.find(({ id }) => id === step.id);
    if (!changed) return step;
    const { afterMs: _after, lease: _lease, likenesses: _likenesses, ...stored } = changed;
    return stored;
  });
  return { live: { ...live, state, outcome, clock, dueAt, holdings, marks, payment, certificate, steps }, next };
}

function requestOf({ applicant, subjectName }: GrantedApplication, office: string): SingleRequest {
  return {
    ...{ office, channel: "DESK", subjectName, form: { subject: subjectName }, papers: [], filledBy: null },
    declarant: {
      // made up by the same rules as the population: nothing left to parse
      fullName: applicant.fullName as SingleRequest["declarant"]["fullName"],
      personalId: applicant.personalId as SingleRequest["declarant"]["personalId"],
      ...{ phone: null, email: null, relation: null },
    },
    handover: { method: "DESK", paperCopies: 0, address: null },
  };
}

/** Clerk of an office, who receives its dossiers. */
function clerkOf(office: string): Caller {
  const province = commune(office)?.province;
  return {
    ...{ subject: `seed:clerk:${office}`, role: "clerk", permissions: [], office, requestId: "seed" },
    ...(province && { province }),
  };
}
