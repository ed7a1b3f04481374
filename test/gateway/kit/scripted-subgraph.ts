import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { pino } from "pino";
import { sealedIdentity } from "../../../gateway/subgraph-client/caller-identity.ts";
import type { RequestScope } from "../../../gateway/subgraph-client/request-scope.ts";
import { openSubgraph, type SubgraphOptions } from "../../../gateway/subgraph-client/subgraph.ts";
import {
  type SubgraphRequest,
  type SubgraphResponse,
  sendAndAwait,
} from "../../../gateway/subgraph-client/subgraph-request.ts";
import { toUtf8 } from "../../../gateway/utf8.ts";
import { READS_HEADER } from "../../../subgraphs/_shared/identity/call-headers.ts";
import { anonymous, type Caller } from "../../../subgraphs/_shared/identity/caller.ts";
import { IDENTITY_HEADER, type IdentityKeys, identityVerifier } from "../../../subgraphs/_shared/identity/identity.ts";
import { closeServer, listen, readBody, sendJson } from "../../../subgraphs/_shared/serving/http.ts";

/** One request received by the scripted subgraph. */
export type Arrival = {
  caller: Caller | undefined;
  body: { query: string; variables: Record<string, unknown>; operationName?: string };
  headers: IncomingMessage["headers"];
  /** Resolves when the connection is closed before the response. */
  cutOff: Promise<void>;
  /** Sends a response; `recorded`: it contains a person's data. */
  answer(data: unknown, recorded?: boolean): void;
  fail(status: number, text?: string): void;
  hangUp(): void;
};

export const KEYS: IdentityKeys = [{ id: "k1", secret: "secret-of-shop-0123456789" }];

export type Scripted = {
  /** As the gateway asks it. @throws Unreachable */
  ask(call: SubgraphRequest, scope: RequestScope): Promise<SubgraphResponse>;
  arrivals: Arrival[];
  /** Outcomes as they are counted. */
  outcomes: string[];
  breaker: string[];
  close(): Promise<void>;
};

/** Starts a subgraph over real HTTP with scripted responses, and the gateway's client for it. */
export async function scripted(
  script: (arrival: Arrival, place: number) => void,
  options: Partial<SubgraphOptions> = {},
): Promise<Scripted> {
  const arrivals: Arrival[] = [];
  const verify = identityVerifier(KEYS, "shop");
  const server = createServer(async (request, response) => {
    const body = (await readBody(request, 1e6)).toString();
    const header = request.headers[IDENTITY_HEADER];
    const caller = typeof header === "string" ? verify(header, body, Date.now()) : undefined;
    if (typeof caller === "string") return sendJson(response, 401, { errors: [{ message: caller }] });
    const arrival = arrivalOf(request, response, caller, JSON.parse(body));
    script(arrival, arrivals.push(arrival) - 1);
  });
  const url = options.url ?? `http://127.0.0.1:${await listen(server, 0)}/graphql`;
  if (options.url) await new Promise<void>((resolve) => server.listen(decodeURIComponent(new URL(url).host), resolve));
  const outcomes: string[] = [];
  const breaker: string[] = [];
  const subgraph = openSubgraph({
    name: "shop",
    url,
    identity: sealedIdentity(KEYS, "shop"),
    client: "own",
    retries: 2,
    breaker: {
      failuresInARow: 3,
      windowMs: 10_000,
      windowCalls: 1_000,
      windowShare: 1,
      openMs: 200,
      longestOpenMs: 200,
    },
    patienceMs: 100,
    metrics: { fetch: (_, outcome) => outcomes.push(outcome), breaker: (_, state) => breaker.push(state) },
    log: pino({ level: "silent" }),
    ...options,
  });
  return {
    ...{ arrivals, outcomes, breaker },
    ask: async (call, scope) => {
      const { json: _, ...response } = await sendAndAwait(subgraph, call, scope);
      return response;
    },
    async close() {
      await subgraph.close();
      await closeServer(server, 0);
    },
  };
}

function arrivalOf(
  request: IncomingMessage,
  response: ServerResponse,
  caller: Caller | undefined,
  body: Arrival["body"],
): Arrival {
  return {
    ...{ caller, body, headers: request.headers },
    cutOff: new Promise((resolve) => response.once("close", () => !response.writableFinished && resolve())),
    answer: (data, recorded = false) => sendJson(response, 200, { data }, recorded ? {} : { [READS_HEADER]: "none" }),
    fail: (status, text = "{}") => sendJson(response, status, text),
    hangUp: () => request.socket.destroy(),
  };
}

let requests = 0;

/** Scope of a request with a far deadline; the caller is anonymous by default. */
export function aScope(caller: Partial<Caller> = {}, more: Partial<RequestScope> = {}): RequestScope {
  const requestId = `request-${++requests}`;
  return {
    caller: { ...anonymous(requestId), ...caller },
    requestId,
    clientKey: "127.0.0.1",
    deadline: performance.now() + 30_000,
    signal: undefined,
    agencies: new Map(),
    ...more,
  };
}

export const aQuery = (variables: object = {}) =>
  ({
    kind: "query",
    query: "query Q($id: ID) { it(id: $id) }",
    operationName: "Q",
    variables: toUtf8(JSON.stringify(variables)),
  }) as const;

export const aMutation = () =>
  ({ kind: "mutation", query: "mutation M { do }", operationName: "M", variables: toUtf8("{}") }) as const;
