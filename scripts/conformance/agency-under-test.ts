import { randomUUID } from "node:crypto";
import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import { callerText } from "../../subgraphs/_shared/identity/caller-text.ts";
import type { IdentityKeys } from "../../subgraphs/_shared/identity/identity.ts";
import { sealWith } from "../../subgraphs/_shared/identity/seal.ts";
import { PERMISSIONS } from "../../subgraphs/_shared/rights/permissions.ts";

const IDENTITY_HEADER = "x-motcua-identity";
const TIMEOUT_MS = 10_000;

export type GraphqlError = { message?: string; extensions?: { code?: string } };
export type AgencyResponse = {
  status: number;
  data?: Record<string, unknown> | null;
  errors?: GraphqlError[];
};

/** Faults that a check puts into an otherwise valid identity. */
export type IdentityChanges = {
  version?: string;
  key?: IdentityKeys[number];
  audience?: string;
  nonce?: string;
  /** Validity from now, in milliseconds; a sender gives 20,000. */
  validMs?: number;
};

/** The agency under test, as a sender of signed requests reaches it. */
export type Agency = {
  name: string;
  keys: IdentityKeys;
  /** Header value for a body, valid unless `changes` says otherwise. */
  identity(body: string, caller: Caller, changes?: IdentityChanges): string;
  /** Sends a body to `/graphql` with the headers given, an identity among them or not. */
  send(body: string, identity: string | undefined, headers?: Record<string, string>): Promise<AgencyResponse>;
  /** Sends a signed GraphQL request. */
  ask(caller: Caller, query: string, variables?: object, headers?: Record<string, string>): Promise<AgencyResponse>;
  /** HTTP status of a GET without an identity, of a path beside `/graphql`. */
  statusOf(path: string): Promise<number>;
};

/** @throws when the agency cannot be reached, when its response is not JSON is an empty response. */
export function agencyAt(url: string, name: string, keys: IdentityKeys): Agency {
  const [first] = keys;
  if (!first) throw new Error("At least one key is needed");

  function identity(body: string, caller: Caller, changes: IdentityChanges = {}): string {
    const { version = "v2", key = first, audience = name, nonce = randomUUID(), validMs = 20_000 } = changes;
    if (!key) throw new Error("A key is needed");
    const head = JSON.stringify({ aud: audience, iss: "conformance", expiresAt: Date.now() + validMs, nonce });
    const payload = `${head.slice(0, -1)},"caller":${callerText(caller)}}`;
    const signed = `${version}.${key.id}.${payload}`;
    return `${version}.${key.id}.${sealWith(key.secret, signed, Buffer.from(body))}.${payload}`;
  }

  async function send(body: string, given: string | undefined, headers: Record<string, string> = {}) {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        ...{ "content-type": "application/json", accept: "application/json" },
        ...(given !== undefined && { [IDENTITY_HEADER]: given }),
        ...headers,
      },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { ...graphqlOf(await response.text()), status: response.status };
  }

  return {
    ...{ name, keys, identity, send },
    ask(caller, query, variables = {}, headers = {}) {
      const body = JSON.stringify({ query, variables });
      return send(body, identity(body, caller), headers);
    },
    async statusOf(path) {
      const response = await fetch(new URL(path, url), { signal: AbortSignal.timeout(TIMEOUT_MS) });
      await response.arrayBuffer();
      return response.status;
    },
  };
}

function graphqlOf(text: string): Omit<AgencyResponse, "status"> {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null ? parsed : {};
  } catch {
    return {};
  }
}

const PART_PERMISSIONS = ["part:check", "part:deliver", "part:status", "part:cancel"] as const;

/** The desk's service identity, with the permissions of the part protocol unless others are given. */
export function service(permissions: Caller["permissions"] = PART_PERMISSIONS, scopes: readonly string[] = []): Caller {
  const known = scopes.filter((scope): scope is Caller["permissions"][number] => Object.hasOwn(PERMISSIONS, scope));
  const otherScopes = scopes.filter((scope) => !Object.hasOwn(PERMISSIONS, scope));
  return {
    ...{ subject: "service:one-stop", role: "service", agency: "ONE_STOP", permissions: [...permissions, ...known] },
    ...(otherScopes.length > 0 && { otherScopes }),
    ...{ requestId: randomUUID(), onBehalfOf: "conformance" },
  };
}
