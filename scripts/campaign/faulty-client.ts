import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { IDENTITY_HEADER, signIdentity } from "../../subgraphs/_shared/identity/identity.ts";
import { keysFor } from "../../subgraphs/_shared/identity/keys.ts";
import { permissionsOf } from "../../subgraphs/_shared/rights/permissions.ts";
import { type AgencyCode, subgraphOf } from "../../subgraphs/agency-registry.ts";
import type { BirthRequest } from "../../subgraphs/one-stop/bundles/birth/birth-request.ts";
import { BIRTH_VERSIONS, type BirthStep } from "../../subgraphs/one-stop/bundles/birth/birth-versions.ts";
import { contentFor } from "../../subgraphs/one-stop/bundles/birth/content.ts";
import { bundles } from "../../subgraphs/one-stop/bundles/bundles.ts";
import type { StepDefinition } from "../../subgraphs/one-stop/definitions/definition.ts";
import { dossierKinds } from "../../subgraphs/one-stop/definitions/dossier-kind.ts";
import { loadDossier, partOf } from "../../subgraphs/one-stop/saga/dossier.ts";
import { singleProcedure } from "../../subgraphs/one-stop/single-procedures/single-procedure.ts";
import type { Harness } from "./harness.ts";
import type { Ledger } from "./ledger.ts";

/** A part to deliver and its agency. */
export type Delivery = {
  agency: AgencyCode;
  part: { id: string; procedure: string; dossier: string; office: string; receivedAt: string; content: object };
};

/** Client with the desk's own service identity that delivers late, twice and out of order. */
export type FaultyClient = {
  /** Delivers a part; resolves with the agency's state of it. Rejects without a response. */
  deliver(delivery: Delivery): Promise<string>;
  cancel(agency: AgencyCode, partId: string): Promise<string>;
  /** Copy of the delivery of a step; null if the step has not been sent. */
  copyOf(stepId: string): Promise<Delivery | null>;
  /** Cancels a part that was never sent, then delivers it; resolves with the agency's states of both. */
  cancelThenDeliver(delivery: Delivery): Promise<[string, string]>;
};

const TIMEOUT_MS = 3_000;
const PAUSE_MS = 200;
const RETRY_MS = 120_000;
const DELIVER = "mutation ($part: PartInput!) { answer: deliverPart(part: $part) { state } }";
const CANCEL = "mutation ($partId: ID!) { answer: cancelPart(partId: $partId) { state } }";
const SENT = new Set(["SENT", "PROCESSING", "SUPPLEMENT_NEEDED", "GRANTED", "REFUSED", "CANCELLED"]);

export function openFaultyClient({ system, data, sql }: Harness, ledger: Ledger): FaultyClient {
  async function call(agency: AgencyCode, query: string, variables: object): Promise<string> {
    const { name } = subgraphOf(agency);
    const body = JSON.stringify({ query, variables });
    const caller = {
      ...{ subject: "service:one-stop", role: "service" as const, agency: "ONE_STOP" },
      ...{ permissions: permissionsOf("service"), requestId: randomUUID() },
    };
    const keys = keysFor(name, { MOTCUA_DATA: data });
    const identity = signIdentity(keys, { audience: name, issuer: "one-stop", body, caller, now: Date.now() });
    const response = await fetch(`http://127.0.0.1:${system.ports[name]}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", [IDENTITY_HEADER]: identity },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const answer = (await response.json()) as { data?: { answer: { state: string } | null }; errors?: unknown };
    if (!answer.data?.answer) throw new Error(`${name}: ${JSON.stringify(answer.errors)}`);
    return answer.data.answer.state;
  }

  const deliver = ({ agency, part }: Delivery) => call(agency, DELIVER, { part });
  const cancel = (agency: AgencyCode, partId: string) => call(agency, CANCEL, { partId });
  return {
    deliver,
    cancel,
    async copyOf(stepId) {
      const desk = sql("one-stop");
      const [found] = await desk<
        { dossierId: string }[]
      >`select dossier_id as "dossierId" from steps where id = ${stepId}`;
      const dossier = found && (await loadDossier(desk, dossierKinds(bundles, singleProcedure), found.dossierId));
      const step = dossier?.steps.find(({ id }) => id === stepId);
      if (!dossier || !step || !SENT.has(step.state)) return null;
      return { agency: step.agency, part: partOf(dossier, step) };
    },
    async cancelThenDeliver(delivery) {
      const tombstone = { agency: delivery.agency, partId: delivery.part.id };
      const first = await retry(() => cancel(tombstone.agency, tombstone.partId));
      ledger.tombstones.push(tombstone);
      return [first, await retry(() => deliver(delivery))];
    },
  };
}

/** Repeats a call until there is a response; a call without a response may have taken effect. */
async function retry(ask: () => Promise<string>): Promise<string> {
  const deadline = performance.now() + RETRY_MS;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await sleep(PAUSE_MS);
    }
  }
}

/** Part without a dossier, which the agency would grant if it were not cancelled first. */
export function unsolicitedDelivery(step: BirthStep, request: BirthRequest, facts: Record<string, string>): Delivery {
  const { agency, procedure } = stepDefinition(step);
  const receivedAt = new Date().toISOString();
  const content = contentFor(step, request, facts);
  return {
    agency,
    part: { id: randomUUID(), procedure, dossier: "no-dossier", office: request.office, receivedAt, content },
  };
}

/** The step as the newest version of the birth bundle defines it. */
function stepDefinition(key: BirthStep): StepDefinition {
  const found = BIRTH_VERSIONS.at(-1)?.steps.find((step) => step.key === key);
  if (!found) throw new Error(`The newest birth bundle has no step ${key}`);
  return found;
}
