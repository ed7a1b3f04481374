import { setTimeout as sleep } from "node:timers/promises";
import { procedureForm } from "../../../subgraphs/one-stop/procedures/forms/forms.ts";
import { type GraphClient, openGraphClient } from "../graph-client.ts";

/** Answers that a visitor got. Each act is sent twice at once. */
export type Visit = {
  key: string;
  /** Numbers of the ticket; one key. */
  numbers: number[];
  /** Ids of the called tickets; one key. */
  called: string[];
  /** Codes of the dossiers from the draft; two keys. */
  submitted: (string | null)[];
  /** Codes of the dossiers that refile the refused part; two keys. */
  refiled: (string | null)[];
};

type Ticket = { ticket: { id: string; number: number } | null };
type Draft = { draft: { code: string } };
type Submission = { dossier: { code: string } | null };
type Parts = { parts: { id: string }[] };

/** Officers decide it, and it is free. */
const PROCEDURE = "1.000894";
const VISIT_FOR_EACH = 20;

const TAKE = `mutation ($office: String!, $key: String!) {
  takeTicket(input: {office: $office}, idempotencyKey: $key) { ticket { id number } } }`;
const CALL = `mutation ($office: String!, $counter: String!, $key: String!) {
  callNextTicket(office: $office, counter: $counter, idempotencyKey: $key) { ticket { id number } } }`;
const END = "mutation ($ticket: ID!) { endTicket(ticket: $ticket, end: DONE) { ticket { id number } } }";
const DRAFT = `mutation ($content: JSON!, $key: String!) {
  createDraft(input: {kind: DOSSIER, content: $content}, idempotencyKey: $key) { draft { code } } }`;
const SUBMIT = `mutation ($code: ID!, $key: String!) {
  submitDraft(code: $code, revision: 1, idempotencyKey: $key) { dossier { code } } }`;
const PART = "query ($code: ID!) { dossier(code: $code) { parts { id } } }";
const DECIDE = `mutation ($part: ID!, $decision: DecisionInput!, $key: String!) {
  decidePart(part: $part, decision: $decision, idempotencyKey: $key) { problems { code } } }`;
const REFILE = `mutation ($part: ID!, $key: String!) {
  refilePart(part: $part, idempotencyKey: $key) { dossier { code } } }`;
const REFUSE = { refuse: { reason: "Thiếu căn cứ", legalBasis: "Luật Hôn nhân và gia đình 2014, Điều 8" } };
const GRANT = { grant: { facts: { number: "01/2026" } } };

/** Visitors at the counters of an office, spread over the campaign: ticket, call, draft, refusal, refiling. */
export async function visitDesk(
  gatewayUrl: string,
  commune: string,
  until: () => number,
  plan: { seed: number; requests: number; seconds: number },
): Promise<Visit[]> {
  const clerk = openGraphClient(gatewayUrl, { persona: "clerk", commune }, until);
  const officer = openGraphClient(gatewayUrl, { persona: "registrar", commune }, until);
  const count = Math.ceil(plan.requests / VISIT_FOR_EACH);
  const visits = Array.from({ length: count }, (_, number): Visit => {
    return { key: `visit-${plan.seed}-${number}`, numbers: [], called: [], submitted: [], refiled: [] };
  });
  const began = performance.now();
  const acts = visits.map(async (visit, number) => {
    await sleep(Math.max(0, began + (number * plan.seconds * 1_000) / count - performance.now()));
    await atCounter(visit, commune, clerk);
    await atDesk(visit, commune, clerk);
    await refiledAfterRefusal(visit, clerk, officer);
  });
  await Promise.allSettled(acts); // the invariants report a visit that was not answered
  return visits;
}

async function atCounter(visit: Visit, office: string, { ask }: GraphClient): Promise<void> {
  const { key } = visit;
  const taken = await twice(() => ask<Ticket>(TAKE, { office, key: `${key}-take` }));
  visit.numbers = taken.flatMap(({ ticket }) => ticket?.number ?? []);
  const called = await twice(() => ask<Ticket>(CALL, { office, counter: key.slice(-20), key: `${key}-call` }));
  visit.called = called.flatMap(({ ticket }) => ticket?.id ?? []);
  for (const ticket of new Set(visit.called)) await ask(END, { ticket });
}

async function atDesk(visit: Visit, office: string, clerk: GraphClient): Promise<void> {
  const { key } = visit;
  const content = {
    ...{ procedure: PROCEDURE, office, channel: "DESK", form: procedureForm(PROCEDURE).example, papers: [] },
    declarant: { fullName: "Lê Thị Thử Nghiệm", personalId: "093195000017", phone: "0912345678" },
  };
  const { draft } = await clerk.ask<Draft>(DRAFT, { content, key: `${key}-draft` });
  const opened = await twice((time) =>
    clerk.ask<Submission>(SUBMIT, { code: draft.code, key: `${key}-submit-${time}` }),
  );
  visit.submitted = opened.map(({ dossier }) => dossier?.code ?? null);
}

/** An officer refuses the part; the desk refiles it, and officers decide it again, each twice at once under two keys. */
async function refiledAfterRefusal(visit: Visit, clerk: GraphClient, officer: GraphClient): Promise<void> {
  const { key } = visit;
  const code = visit.submitted.find((each) => each !== null);
  if (!code) return;
  const part = await partOf(code, clerk);
  await officer.ask(DECIDE, { part, decision: REFUSE, key: `${key}-refuse` });
  const opened = await twice((time) => clerk.ask<Submission>(REFILE, { part, key: `${key}-refile-${time}` }));
  visit.refiled = opened.map(({ dossier }) => dossier?.code ?? null);
  for (const refiled of new Set(visit.refiled.filter((each) => each !== null))) {
    const again = await partOf(refiled, clerk);
    await twice((time) => officer.ask(DECIDE, { part: again, decision: GRANT, key: `${key}-grant-${time}` }));
  }
}

async function partOf(code: string, { ask }: GraphClient): Promise<string> {
  const { parts } = await ask<Parts>(PART, { code });
  const [part] = parts;
  if (!part) throw new Error(`${code} has no part`);
  return part.id;
}

const twice = <T>(act: (time: number) => Promise<T>): Promise<T[]> => Promise.all([act(1), act(2)]);
