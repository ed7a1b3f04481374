import { storedKey } from "../../../subgraphs/one-stop/acceptance/duplicate-keys.ts";
import { acknowledgedCode, type Ledger, type Reply, type SentRequest } from "../ledger.ts";
import { type DossierFact, type SystemFacts, stepsByDossier } from "../system-facts.ts";
import { type Violation, violationsOf } from "../violation.ts";

/** Checks that every acknowledged request is stored: dossier, code and body. */
export function acknowledgedStored({ sent }: Ledger, { dossiers }: SystemFacts): Violation[] {
  const byKey = new Map(dossiers.map((dossier) => [`${dossier.owner} ${dossier.key}`, dossier]));
  return violationsOf(
    "acknowledged",
    sent.map((one) => {
      const code = acknowledgedCode(one);
      if (code === undefined) return null;
      const dossier = byKey.get(`${one.owner} ${one.key}`);
      if (!dossier) return `${code} (key ${one.key}) was acknowledged and is not stored`;
      if (dossier.code !== code) return `key ${one.key} was acknowledged as ${code} and is ${dossier.code}`;
      return sameBody(one, dossier) ? null : `${code} has another body than the request`;
    }),
  );
}

function sameBody({ input }: SentRequest, { request }: DossierFact): boolean {
  const essence = ({ office, child, mother, father, residence, insurance }: typeof input | typeof request) => [
    ...[office, child.fullName, child.sex, child.dateOfBirth, child.birthNotice],
    ...[mother?.personalId ?? null, mother?.fullName ?? null, father?.personalId ?? null],
    ...[residence?.headPersonalId ?? null, residence?.address.line ?? null, insurance?.facility ?? null],
  ];
  return JSON.stringify(essence(input)) === JSON.stringify(essence(request));
}

/** A rejection names the register's entry if civil status responded, and the desk's dossier if it did not: both say that the child is known. */
const DUPLICATE_CHILD = new Set(["CHILD_ALREADY_REGISTERED", "CHILD_ALREADY_SUBMITTED"]);

function essenceOf(reply: Reply): string {
  if (reply.kind === "ACKNOWLEDGED") return JSON.stringify(reply);
  const problems = reply.problems.map((code) => (DUPLICATE_CHILD.has(code) ? "DUPLICATE_CHILD" : code));
  return JSON.stringify({ ...reply, problems });
}

/** Checks that all responses to one key mean the same, and that another request for a rejected child was accepted. */
export function oneResponsePerKey({ sent }: Ledger): Violation[] {
  const accepted = new Set(sent.filter((one) => acknowledgedCode(one)).map(({ input }) => input.child.birthNotice));
  return violationsOf(
    "answered",
    sent.map(({ key, replies, input }) => {
      const responses = new Set(replies.map(essenceOf));
      if (responses.size === 0) return `key ${key} never had a reply`;
      if (responses.size > 1) return `key ${key} had different replies: ${[...responses].join(" and ")}`;
      const [reply] = replies;
      if (reply?.kind !== "REJECTED" || accepted.has(input.child.birthNotice)) return null;
      return `key ${key} was rejected for ${reply.problems.join(", ")}, and no other request for the child was accepted`;
    }),
  );
}

const TERMINAL = new Set(["GRANTED", "REFUSED", "CANCELLED", "NOT_APPLICABLE"]);
const ENDED = new Set(["COMPLETED", "RETURNED"]);

/** Checks that every dossier is completed or has a step that waits for an officer or the citizen, as its state shows. */
export function requestsEnd(facts: SystemFacts): Violation[] {
  const steps = stepsByDossier(facts);
  return violationsOf(
    "ended",
    facts.dossiers.map(({ id, code, state, outcome, completed }) => {
      const own = steps.get(id) ?? [];
      const words = own.map((step) => `${step.key} ${step.state}`).join(", ");
      const idle = own.find((step) => !TERMINAL.has(step.state) && step.state !== "BLOCKED" && step.work === null);
      if (state === "WITHDRAWN")
        return own.every((step) => TERMINAL.has(step.state)) ? null : `${code} is withdrawn with ${words}`;
      if (idle) return `${code}: no work is planned for ${idle.key}, which is ${idle.state}`;
      if (own.some((step) => step.state === "READY" || step.state === "SENT"))
        return `${code} is not settled: ${words}`;
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

/** Checks that a child's duplicate keys belong to its dossier from the acceptance until the birth is refused. */
export function childKeysConsistent(facts: SystemFacts): Violation[] {
  const steps = stepsByDossier(facts);
  const holders = new Map(facts.childKeys.map(({ key, dossierId }) => [key, dossierId]));
  return violationsOf(
    "children",
    facts.dossiers.map(({ id, code, request }) => {
      const birth = steps.get(id)?.find(({ key }) => key === "BIRTH")?.state;
      const released = birth === "REFUSED" || birth === "CANCELLED";
      const holder = holders.get(storedKey(`birth:notice:${request.child.birthNotice}`));
      if (released) return holder === id ? `${code} holds its child though the birth is ${birth}` : null;
      return holder === id
        ? null
        : `the child of ${code}, whose birth is ${birth}, belongs to ${holder ?? "no dossier"}`;
    }),
  );
}

/** Checks that a reserved code belongs to its dossier, and that a request with a reserved code was acknowledged under it. */
export function reservedCodesUsedOnce({ sent }: Ledger, { dossiers, reservedCodes }: SystemFacts): Violation[] {
  const bearers = new Map<string, string[]>();
  for (const { code, id } of dossiers) bearers.set(code, [...(bearers.get(code) ?? []), id]);
  const used = reservedCodes.map(({ code, usedBy, isVoid }) => {
    const found = bearers.get(code) ?? [];
    if (found.length > 1) return `${code} is the code of ${found.length} dossiers`;
    if ((found[0] ?? null) !== usedBy)
      return `${code} is recorded as used by ${usedBy}, and is the code of ${found[0]}`;
    return isVoid && usedBy !== null ? `${code} is void and used` : null;
  });
  const told = sent.map(({ key, reservedCode, replies }) => {
    const other = replies.find((reply) => reply.kind === "ACKNOWLEDGED" && reservedCode && reply.code !== reservedCode);
    return other ? `key ${key} was sent under ${reservedCode} and acknowledged under another code` : null;
  });
  return violationsOf("codes", [...used, ...told]);
}
