import { randomUUID } from "node:crypto";
import { Pool } from "undici";
import type { Caller } from "../../_shared/identity/caller.ts";
import { IDENTITY_HEADER, signIdentity } from "../../_shared/identity/identity.ts";
import type { PartInstruction, PartProblem, StoredAnswer } from "../../_shared/parts/procedure.ts";
import type { ReceivedPart } from "../../_shared/parts/received.ts";
import { permissionsOf } from "../../_shared/rights/permissions.ts";
import type { AgencyCode } from "../../agency-registry.ts";
import type { AgencyAddress } from "../configuration.ts";

/** An agency gave no answer. `NO`: the call surely did not arrive; `UNKNOWN`: it may have. */
export class NotAnswered extends Error {
  constructor(
    readonly delivered: "NO" | "UNKNOWN",
    reason: string,
  ) {
    super(reason);
  }
}

/** An agency answered that the request makes no sense to it: repeating it changes nothing. */
export class NotUnderstood extends NotAnswered {
  constructor(reason: string) {
    super("UNKNOWN", reason);
  }
}

export type PartCall = {
  id: string;
  procedure: string;
  dossier: string;
  office: string;
  /** ISO 8601 instant. */
  receivedAt: string;
  content: Record<string, unknown>;
};
export type PartCheckAnswer = { handling: "AUTOMATIC" | "OFFICER"; problems: PartProblem[] };
/** For whom the desk acts: the dossier, and the person who submitted it. */
export type Purpose = { dossier?: string; onBehalfOf: string; requestId?: string };

export type Agencies = {
  /** True if parts would go through, in their order: one call, for an agency may have several of them. */
  check(
    agency: AgencyCode,
    parts: readonly PartCall[],
    purpose: Purpose,
    deadlineMs: number,
  ): Promise<PartCheckAnswer[]>;
  deliver(agency: AgencyCode, part: PartCall, purpose: Purpose): Promise<StoredAnswer>;
  status(agency: AgencyCode, partId: string, purpose: Purpose): Promise<StoredAnswer | null>;
  /** What became of many parts, in the order of `partIds`; at most a hundred, so that one call stays short. */
  statuses(agency: AgencyCode, partIds: readonly string[], purpose: Purpose): Promise<(StoredAnswer | null)[]>;
  /** Gives the agency a person's decision or the answer to its supplement. Null if it does not know the part. */
  instruct(
    agency: AgencyCode,
    partId: string,
    instruction: PartInstruction,
    purpose: Purpose,
  ): Promise<StoredAnswer | null>;
  cancel(agency: AgencyCode, partId: string, purpose: Purpose): Promise<StoredAnswer>;
  /** Parts that reached the agency, in the order of their ids, at most a thousand after `after`. */
  received(agency: AgencyCode, after: string, first: number, purpose: Purpose): Promise<ReceivedPart[]>;
  citizenExists(personalId: string, purpose: Purpose, deadlineMs: number): Promise<boolean>;
  close(): Promise<void>;
};

const ANSWER = `state decidedAt result { type id } facts refusal { code message messageEn legalBasis existingDossier } supplement { code description }`;
const VERDICT = "handling problems { code message messageEn path existingDossier }";
const DELIVER = `mutation DeliverPart($part: PartInput!) { deliverPart(part: $part) { ${ANSWER} } }`;
const STATUS = `query PartStatus($partId: ID!) { partStatus(partId: $partId) { ${ANSWER} } }`;
const INSTRUCT = `mutation InstructPart($partId: ID!, $instruction: Json!) { instructPart(partId: $partId, instruction: $instruction) { ${ANSWER} } }`;
const CANCEL = `mutation CancelPart($partId: ID!) { cancelPart(partId: $partId) { ${ANSWER} } }`;
const RECEIVED = `query ReceivedParts($after: ID!, $first: Int!) { receivedParts(after: $after, first: $first) { id procedure dossier state } }`;
const EXISTS = `query CitizenExists($personalId: PersonalId!) { citizenExists(personalId: $personalId) }`;

// undici's codes for a connection that was never made
const NEVER_CONNECTED = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** Calls the agencies directly, with the desk's own service identity. */
export function agencyClient(
  addresses: Partial<Record<AgencyCode, AgencyAddress>>,
  deliveryTimeoutMs: number,
): Agencies {
  const pools = new Map<string, Pool>();
  const permissions = permissionsOf("service");

  function addressOf(agency: AgencyCode): AgencyAddress {
    const address = addresses[agency];
    if (!address) throw new Error(`No address is known for ${agency}`);
    return address;
  }

  /** What somebody at a counter waits for has connections of its own and never queues behind deliveries. */
  function poolOf(address: AgencyAddress, isAwaited: boolean): Pool {
    const key = `${address.agency} ${isAwaited}`;
    const known = pools.get(key);
    if (known) return known;
    const pool = new Pool(new URL(address.url).origin, { connections: 64, connect: { timeout: 2_000 } });
    pools.set(key, pool);
    return pool;
  }

  async function ask<T>(
    agency: AgencyCode,
    query: string,
    variables: unknown,
    purpose: Purpose,
    somebodyWaitsMs?: number,
  ): Promise<Record<string, T>> {
    const address = addressOf(agency);
    const body = JSON.stringify({ query, variables });
    const caller: Caller = {
      subject: "service:one-stop",
      role: "service",
      agency: "ONE_STOP",
      permissions,
      requestId: purpose.requestId ?? randomUUID(),
      onBehalfOf: purpose.onBehalfOf,
      ...(purpose.dossier && { purpose: purpose.dossier }),
    };
    const identity = signIdentity(address.keys, {
      audience: address.name,
      issuer: "one-stop",
      body,
      caller,
      now: Date.now(),
    });
    const pool = poolOf(address, somebodyWaitsMs !== undefined);
    const deadlineMs = somebodyWaitsMs ?? deliveryTimeoutMs;
    const answer = await within(deadlineMs, send(pool, new URL(address.url).pathname, body, identity, deadlineMs));
    const data = (answer.data ?? {}) as Record<string, T>;
    const [error] = answer.errors ?? [];
    if (error) {
      const reason = `${error.extensions?.code ?? "error"}: ${error.message}`;
      throw error.extensions?.code === "BAD_USER_INPUT"
        ? new NotUnderstood(reason)
        : new NotAnswered("UNKNOWN", reason);
    }
    return data;
  }

  async function call<T>(...question: Parameters<typeof ask>): Promise<T> {
    return Object.values(await ask<T>(...question))[0] as T; // each document above asks one field
  }

  return {
    async check(agency, parts, purpose, deadlineMs) {
      const { query, variables } = askEach("checkPart(part: $)", "PartInput", `{ ${VERDICT} }`, parts);
      const found = await ask<PartCheckAnswer>(agency, query, variables, purpose, deadlineMs);
      return Object.keys(variables).map((name) => found[name] as PartCheckAnswer); // not nullable in the schema
    },
    deliver: (agency, part, purpose) => call(agency, DELIVER, { part }, purpose),
    status: (agency, partId, purpose) => call(agency, STATUS, { partId }, purpose),
    async statuses(agency, partIds, purpose) {
      const { query, variables } = askEach("partStatus(partId: $)", "ID", `{ ${ANSWER} }`, partIds);
      const found = await ask<StoredAnswer | null>(agency, query, variables, purpose);
      return partIds.map((_, index) => found[`p${index}`] ?? null);
    },
    instruct: (agency, partId, instruction, purpose) => call(agency, INSTRUCT, { partId, instruction }, purpose),
    cancel: (agency, partId, purpose) => call(agency, CANCEL, { partId }, purpose),
    received: (agency, after, first, purpose) => call(agency, RECEIVED, { after, first }, purpose),
    citizenExists: (personalId, purpose, ms) => call("RESIDENCE", EXISTS, { personalId }, purpose, ms),
    close: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
    },
  };
}

/** The same field for each value, under an alias of its place: `$` in `field` stands for the value's variable. */
function askEach(field: string, type: string, selection: string, values: readonly unknown[]) {
  const variables = Object.fromEntries(values.map((value, index) => [`p${index}`, value]));
  const names = Object.keys(variables);
  const declared = names.map((name) => `$${name}: ${type}!`).join(", ");
  const fields = names.map((name) => `${name}: ${field.replace("$", `$$${name}`)} ${selection}`).join(" ");
  return { query: `query Each(${declared}) { ${fields} }`, variables };
}

/** A request that still waits for a free connection does not hear that it was given up, so its deadline is kept here, too. */
async function within<T>(deadlineMs: number, sent: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NotAnswered("UNKNOWN", `no answer within ${deadlineMs} ms`)), deadlineMs + 5);
  });
  return Promise.race([sent, late]).finally(() => clearTimeout(timer));
}

type GraphqlAnswer = { data?: unknown; errors?: { message: string; extensions?: { code?: string } }[] };

async function send(
  pool: Pool,
  path: string,
  body: string,
  identity: string,
  deadlineMs: number,
): Promise<GraphqlAnswer> {
  try {
    const response = await pool.request({
      path,
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json", [IDENTITY_HEADER]: identity },
      body,
      signal: AbortSignal.timeout(deadlineMs),
    });
    const text = await response.body.text();
    if (response.statusCode >= 500) throw new NotAnswered("UNKNOWN", `HTTP ${response.statusCode}`);
    return JSON.parse(text) as GraphqlAnswer; // anything else is caught below
  } catch (error) {
    if (error instanceof NotAnswered) throw error;
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    throw new NotAnswered(
      NEVER_CONNECTED.has(code) ? "NO" : "UNKNOWN",
      error instanceof Error ? error.message : String(error),
    );
  }
}
