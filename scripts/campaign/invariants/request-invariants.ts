import { acknowledgedCode, type Ledger, type Sent } from "../ledger.ts";
import { type DossierFact, type SystemFacts, stepsByDossier } from "../system-facts.ts";
import { breaches, type Violation } from "../violation.ts";

/** Every acknowledged request is stored: dossier, code and body. */
export function acknowledgedFound({ sent }: Ledger, { dossiers }: SystemFacts): Violation[] {
  const byKey = new Map(dossiers.map((dossier) => [`${dossier.owner} ${dossier.key}`, dossier]));
  return breaches(
    "acknowledged",
    sent.map((one) => {
      const code = acknowledgedCode(one);
      if (code === undefined) return null;
      const dossier = byKey.get(`${one.owner} ${one.key}`);
      if (!dossier) return `${code} (key ${one.key}) was acknowledged and is nowhere`;
      if (dossier.code !== code) return `key ${one.key} was acknowledged as ${code} and is ${dossier.code}`;
      return sameBody(one, dossier) ? null : `${code} does not hold what was sent`;
    }),
  );
}

function sameBody({ input }: Sent, { request }: DossierFact): boolean {
  const essence = ({ office, child, mother, father, residence, insurance }: typeof input | typeof request) => [
    ...[office, child.fullName, child.sex, child.dateOfBirth, child.birthNotice],
    ...[mother.personalId, mother.fullName, father?.personalId ?? null],
    ...[residence?.headPersonalId ?? null, residence?.address.line ?? null, insurance?.facility ?? null],
  ];
  return JSON.stringify(essence(input)) === JSON.stringify(essence(request));
}

/** All responses to one key are equal; a rejected request has an accepted rival for the same child. */
export function answeredOnce({ sent }: Ledger): Violation[] {
  const accepted = new Set(sent.filter((one) => acknowledgedCode(one)).map(({ input }) => input.child.birthNotice));
  return breaches(
    "answered",
    sent.map(({ key, replies, input }) => {
      const told = new Set(replies.map((reply) => JSON.stringify(reply)));
      if (told.size === 0) return `key ${key} never had a reply`;
      if (told.size > 1) return `key ${key} had different replies: ${[...told].join(" and ")}`;
      const [reply] = replies;
      if (reply?.kind !== "TURNED_AWAY" || accepted.has(input.child.birthNotice)) return null;
      return `key ${key} was turned away for ${reply.problems.join(", ")}, and nobody else had sent the child`;
    }),
  );
}

const TERMINAL = new Set(["GRANTED", "REFUSED", "CANCELLED", "NOT_APPLICABLE"]);
const ENDED = new Set(["COMPLETED", "RETURNED"]);

/** Every dossier is completed or has a step that waits for an officer or the citizen, as its state says. */
export function requestsEnd(facts: SystemFacts): Violation[] {
  const steps = stepsByDossier(facts);
  return breaches(
    "ended",
    facts.dossiers.map(({ id, code, state, outcome, completed }) => {
      const own = steps.get(id) ?? [];
      const words = own.map((step) => `${step.key} ${step.state}`).join(", ");
      const idle = own.find((step) => !TERMINAL.has(step.state) && step.state !== "BLOCKED" && step.work === null);
      if (idle) return `${code}: nobody works on ${idle.key}, which is ${idle.state}`;
      if (own.some((step) => step.state === "READY" || step.state === "SENT"))
        return `${code} is not at rest: ${words}`;
      const waits = own.some((step) => step.state === "PROCESSING" || step.state === "SUPPLEMENT_NEEDED");
      if (!waits && own.some((step) => !TERMINAL.has(step.state))) return `${code} is stuck: ${words}`;
      if (ENDED.has(state) === waits) return `${code} is ${state} with ${words}`;
      if ((outcome !== null) === waits || completed === waits) return `${code} is ${state} with outcome ${outcome}`;
      return waits || outcome === outcomeOf(own) ? null : `${code} has outcome ${outcome} with ${words}`;
    }),
  );
}

function outcomeOf(steps: { part: boolean; state: string }[]): string {
  const parts = steps.filter(({ part }) => part);
  const granted = parts.filter(({ state }) => state === "GRANTED").length;
  return granted === parts.length ? "GRANTED" : granted > 0 ? "PARTLY_GRANTED" : "REFUSED";
}

/** A child's duplicate keys belong to a dossier from its acceptance until its birth is refused. */
export function childKeysConsistent(facts: SystemFacts): Violation[] {
  const steps = stepsByDossier(facts);
  const holders = new Map(facts.childKeys.map(({ key, dossierId }) => [key, dossierId]));
  return breaches(
    "children",
    facts.dossiers.map(({ id, code, request }) => {
      const birth = steps.get(id)?.find(({ key }) => key === "BIRTH")?.state;
      const released = birth === "REFUSED" || birth === "CANCELLED";
      const holder = holders.get(`birth:notice:${request.child.birthNotice}`);
      if (released) return holder === id ? `${code} holds its child though the birth is ${birth}` : null;
      return holder === id ? null : `the child of ${code}, whose birth is ${birth}, belongs to ${holder ?? "nobody"}`;
    }),
  );
}
