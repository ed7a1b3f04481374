import type { GraphQLDataSource } from "@apollo/gateway";
import { GraphQLError } from "graphql";
import type { Logger } from "pino";
import { Pool } from "undici";
import type { Caller } from "../../subgraphs/_shared/caller.ts";
import { IDENTITY_HEADER, type IdentityKeys, signIdentity } from "../../subgraphs/_shared/identity.ts";
import { agencyOf } from "../agencies.ts";
import { Unreachable, unreachableBecause } from "../subgraphs/unreachable.ts";
import { fetchKey, type GatewayContext } from "./journey.ts";

type Answer = Awaited<ReturnType<GraphQLDataSource["process"]>>;

export type SubgraphSourceOptions = {
  name: string;
  url: string;
  /** Without keys no identity is sent: a foreign subgraph that knows nothing of it. */
  keys: IdentityKeys | undefined;
  queryTimeoutMs: number;
  mutationTimeoutMs: number;
  now: () => number;
  log: Logger;
};

/** Enough for several subgraphs that stall at once; further requests wait for a free one. */
const CONNECTIONS = 256;
const CONNECT_TIMEOUT_MS = 2_000;
const ANSWER_LIMIT_BYTES = 64_000_000;

export type SubgraphSource = GraphQLDataSource<GatewayContext> & { name: string; url: string; close(): Promise<void> };

/**
 * Asks one subgraph over kept connections, vouching for the caller with a signed identity and forwarding nothing else.
 * Mutations are sent once; a query whose connection broke is sent once more. What gives no answer is noted in the
 * request's journey and thrown as UNAVAILABLE with the agency.
 */
export function subgraphSource(options: SubgraphSourceOptions): SubgraphSource {
  const { name, url, log } = options;
  const { origin, pathname, search } = new URL(url);
  const pool = new Pool(origin, {
    connections: CONNECTIONS,
    pipelining: 1,
    connect: { timeout: CONNECT_TIMEOUT_MS },
    headersTimeout: 0, // the deadline below covers the whole answer
    bodyTimeout: 0,
    maxResponseSize: ANSWER_LIMIT_BYTES,
  });

  async function send(body: string, caller: Caller, timeoutMs: number): Promise<Answer> {
    const headers: Record<string, string> = { "content-type": "application/json", accept: "application/json" };
    if (options.keys) {
      const to = { audience: name, issuer: "gateway", body, caller, now: options.now() };
      headers[IDENTITY_HEADER] = signIdentity(options.keys, to);
    }
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const response = await pool.request({ method: "POST", path: pathname + search, headers, body, signal });
      return answerOf(response.statusCode, await response.body.text());
    } catch (error) {
      throw unreachableBecause(error, timeoutMs);
    }
  }

  async function ask(body: string, caller: Caller, isMutation: boolean): Promise<Answer> {
    if (isMutation) return send(body, caller, options.mutationTimeoutMs);
    try {
      return await send(body, caller, options.queryTimeoutMs);
    } catch (error) {
      if (!(error instanceof Unreachable && error.disconnected)) throw error;
      return send(body, caller, options.queryTimeoutMs);
    }
  }

  return {
    name,
    url,
    async process(incoming) {
      if (!("incomingRequestContext" in incoming)) throw new Error(`${name} is asked on behalf of clients only`);
      const { caller, journey } = incoming.incomingRequestContext.context;
      const { query = "", variables, operationName } = incoming.request;
      const key = fetchKey(name, query, incoming.pathInIncomingRequest ?? []);
      try {
        const answer = await ask(JSON.stringify({ query, variables, operationName }), caller, isMutation(query));
        journey.fetches.set(key, "answered");
        return answer;
      } catch (error) {
        if (!(error instanceof Unreachable)) throw error;
        log.warn({ requestId: caller.requestId, subgraph: name, reason: error.message }, "subgraph unavailable");
        const agency = agencyOf(name);
        journey.fetches.set(key, { agency, reason: error.message });
        const thrown = new GraphQLError(error.message, { extensions: { code: "UNAVAILABLE", agency } });
        journey.thrown.add(thrown);
        throw thrown;
      }
    },
    close: () => pool.destroy(),
  };
}

function isMutation(operation: string): boolean {
  return /^\s*mutation\b/.test(operation);
}

/** Reads an answer. Whatever is not GraphQL, or a refusal of the gateway itself, means the agency cannot be used now. */
function answerOf(status: number, text: string): Answer {
  if (status === 401 || status === 403) throw new Unreachable("it does not accept this gateway's identity");
  if (status >= 500) throw new Unreachable(`it failed with HTTP ${status}`);
  const parsed = parseJson(text);
  if (typeof parsed !== "object" || parsed === null || !("data" in parsed || "errors" in parsed)) {
    throw new Unreachable(`its answer was not GraphQL (HTTP ${status})`);
  }
  return parsed as Answer; // the executor checks the parts against the schema
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
