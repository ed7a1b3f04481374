import { randomUUID } from "node:crypto";
import { Pool } from "undici";
import { type Caller, DESK_SERVICE } from "../../_shared/identity/caller.ts";
import { IDENTITY_HEADER, signIdentity } from "../../_shared/identity/identity.ts";
import { permissionsOf } from "../../_shared/rights/permissions.ts";
import type { AgencyCode } from "../../agency-registry.ts";
import type { AgencyAddress } from "../configuration.ts";

/** An agency gave no answer. `NO`: the call has certainly not arrived; `UNKNOWN`: it may have. */
export class NotAnswered extends Error {
  constructor(
    readonly delivered: "NO" | "UNKNOWN",
    reason: string,
  ) {
    super(reason);
  }
}

/** An agency rejected the request as malformed, so repeating it is useless. */
export class NotUnderstood extends NotAnswered {
  constructor(reason: string) {
    super("UNKNOWN", reason);
  }
}

/** Purpose of a call for the access log: the dossier and the person on whose behalf the desk acts. */
export type Purpose = { dossier?: string; onBehalfOf: string; requestId?: string };

/** Signed GraphQL requests to the agencies. */
export type AgencyRequests = {
  /**
   * Sends a document and returns its `data`. `counterWaitMs`: deadline of a call for which a person waits at a counter.
   * @throws NotAnswered
   */
  ask<T>(
    agency: AgencyCode,
    document: { query: string; variables: unknown },
    purpose: Purpose,
    counterWaitMs?: number,
  ): Promise<Record<string, T>>;
  close(): Promise<void>;
};

// undici's codes for a connection that was not established
const NOT_CONNECTED = new Set(["ECONNREFUSED", "ENOTFOUND", "EHOSTUNREACH", "ENETUNREACH", "UND_ERR_CONNECT_TIMEOUT"]);

export function openAgencyRequests(
  addresses: Partial<Record<AgencyCode, AgencyAddress>>,
  deliveryTimeoutMs: number,
): AgencyRequests {
  const pools = new Map<string, Pool>();

  /** Calls for which a person waits at a counter have separate connections and never queue behind deliveries. */
  function poolOf(address: AgencyAddress, isAwaited: boolean): Pool {
    const key = `${address.agency} ${isAwaited}`;
    const known = pools.get(key);
    if (known) return known;
    const pool = new Pool(new URL(address.url).origin, { connections: 64, connect: { timeout: 2_000 } });
    pools.set(key, pool);
    return pool;
  }

  return {
    async ask<T>(
      agency: AgencyCode,
      document: { query: string; variables: unknown },
      purpose: Purpose,
      counterWaitMs?: number,
    ): Promise<Record<string, T>> {
      const address = addresses[agency];
      if (!address) throw new Error(`No address is known for ${agency}`);
      const body = JSON.stringify(document);
      const pool = poolOf(address, counterWaitMs !== undefined);
      const deadlineMs = counterWaitMs ?? deliveryTimeoutMs;
      const identity = identityFor(address, body, purpose);
      const answer = await within(deadlineMs, send(pool, new URL(address.url).pathname, body, identity, deadlineMs));
      const [error] = answer.errors ?? [];
      if (error) throw failureOf(error);
      return (answer.data ?? {}) as Record<string, T>;
    },
    close: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
    },
  };
}

/** Signed identity of the desk's own service for one request. */
function identityFor(address: AgencyAddress, body: string, purpose: Purpose): string {
  const caller: Caller = {
    ...{ subject: DESK_SERVICE, role: "service", agency: "ONE_STOP", permissions: permissionsOf("service") },
    ...{ requestId: purpose.requestId ?? randomUUID(), onBehalfOf: purpose.onBehalfOf },
    ...(purpose.dossier && { purpose: purpose.dossier }),
  };
  return signIdentity(address.keys, { audience: address.name, issuer: "one-stop", body, caller, now: Date.now() });
}

function failureOf({ message, extensions }: GraphqlError): NotAnswered {
  const reason = `${extensions?.code ?? "error"}: ${message}`;
  return extensions?.code === "BAD_USER_INPUT" ? new NotUnderstood(reason) : new NotAnswered("UNKNOWN", reason);
}

/** Applies the deadline also to a request that waits for a free connection, which ignores its abort signal. */
async function within<T>(deadlineMs: number, sent: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NotAnswered("UNKNOWN", `no answer within ${deadlineMs} ms`)), deadlineMs + 5);
  });
  return Promise.race([sent, late]).finally(() => clearTimeout(timer));
}

type GraphqlError = { message: string; extensions?: { code?: string } };
type GraphqlAnswer = { data?: unknown; errors?: GraphqlError[] };

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
    return JSON.parse(text) as GraphqlAnswer; // text that is not JSON throws, see below
  } catch (error) {
    if (error instanceof NotAnswered) throw error;
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    throw new NotAnswered(
      NOT_CONNECTED.has(code) ? "NO" : "UNKNOWN",
      error instanceof Error ? error.message : String(error),
    );
  }
}
