import type { IncomingMessage } from "node:http";
import type { GraphQLFormattedError } from "graphql";
import type { Caller } from "../../../subgraphs/_shared/identity/caller.ts";
import { invalidToken, publicError, Refusal } from "../../errors.ts";
import { parseExactly } from "../../json-numbers.ts";
import { requestScope } from "../../pipeline/create-request-scope.ts";
import type { GraphqlParameters } from "../../pipeline/graphql-parameters.ts";
import type { GraphqlResponse } from "../../pipeline/graphql-response.ts";
import { isEventId } from "../../subgraph-client/subscriptions/event-ids.ts";
import { combinedSignal } from "../../subscriptions/combined-signal.ts";
import { subscriptionResponses } from "../../subscriptions/subscription-responses.ts";
import { fromUtf8 } from "../../utf8.ts";
import { type GraphqlEndpoint, type RequestLog, report, traceOf } from "../graphql-request.ts";
import { bearerToken } from "../headers.ts";
import { parsedParameters } from "../read-parameters.ts";
import { newRequestId } from "../request-id.ts";

/** One connection of a client. */
export type WebSocketClient = {
  /** Request of the upgrade. */
  request: IncomingMessage;
  address: string;
  token: string | undefined;
  /** Aborted when the connection ends. */
  closed: AbortSignal;
};

/** Token in the payload of `connection_init`, as `authorization` in any case, or of the upgrade. @throws Refusal */
export function tokenOf(request: IncomingMessage, payload: Readonly<Record<string, unknown>> = {}): string | undefined {
  const [, given] = Object.entries(payload).find(([name]) => name.toLowerCase() === "authorization") ?? [];
  if (given === undefined || given === null) return bearerToken(request);
  const [, token] = /^(?:Bearer +)?([\w.~+/=-]+)$/i.exec(typeof given === "string" ? given : "") ?? [];
  if (!token) throw invalidToken("authorization in the payload of connection_init must look like: Bearer TOKEN");
  return token;
}

/**
 * Responses to one operation as JSON texts, with the limits of an HTTP request: one for each event of a subscription, one for
 * anything else. Errors before the execution are thrown as `Refused`.
 */
export async function* operationResponses(
  endpoint: GraphqlEndpoint,
  client: WebSocketClient,
  payload: unknown,
  stopped: AbortSignal,
): AsyncGenerator<string> {
  const requestId = newRequestId();
  const started = performance.now();
  const facts: RequestLog = { outcome: "fault" };
  const trace = traceOf(endpoint, client.request);
  try {
    yield* responses(endpoint, client, payload, { stopped, requestId, started, trace, facts });
  } catch (error) {
    if (error instanceof Refused) throw error;
    if (error instanceof Refusal) facts.outcome = error.code;
    else endpoint.log.error({ requestId, err: error }, "fault");
    throw new Refused([errorOf(error, requestId)]);
  } finally {
    report(endpoint, facts, trace, requestId, performance.now() - started);
  }
}

/** An operation that was not executed; its errors for the client. */
export class Refused extends Error {
  readonly errors: readonly GraphQLFormattedError[];

  constructor(errors: readonly GraphQLFormattedError[]) {
    super(errors[0]?.message);
    this.errors = errors;
  }
}

function errorOf(error: unknown, requestId: string): GraphQLFormattedError {
  if (error instanceof Refusal)
    return publicError({ message: error.message, extensions: { code: error.code, ...error.details } }, requestId);
  const message = "The gateway failed; the fault is logged under the request id";
  return publicError({ message, extensions: { code: "INTERNAL" } }, requestId);
}

/** @returns JSON text @throws Refused */
function executedText({ kind, text }: GraphqlResponse): string {
  if (kind === "executed") return fromUtf8(text);
  throw new Refused((parseExactly(fromUtf8(text)) as { errors: GraphQLFormattedError[] }).errors);
}

type Arrival = {
  stopped: AbortSignal;
  requestId: string;
  started: number;
  trace: ReturnType<typeof traceOf>;
  facts: RequestLog;
};

async function* responses(
  endpoint: GraphqlEndpoint,
  { request, address, token, closed }: WebSocketClient,
  payload: unknown,
  { stopped, requestId, started, trace, facts }: Arrival,
): AsyncGenerator<string> {
  const { rateLimiter, pipeline, timeouts, streams } = endpoint;
  const authenticate = (): Promise<Caller> => endpoint.authenticate(token, requestId);
  const caller = await authenticate();
  facts.caller = caller;
  rateLimiter.admitAddress(address);
  rateLimiter.admitCaller(caller);
  const { parameters, after } = parametersOf(endpoint, payload, requestId, facts);
  const exchange = endpoint.openExchange?.(request, token, requestId);
  const client = exchange && { ...exchange, returned: undefined };
  const until = combinedSignal(stopped, closed);
  const scopeOf = (by: Caller, at: number) =>
    requestScope(by, timeouts, at, { address, signal: until.signal as never, trace, client }); // it has what a disconnect signal needs
  const scope = scopeOf(caller, started);
  const chargeCost = (cost: number) => {
    facts.cost = cost;
    return rateLimiter.spendCost(caller, address, cost);
  };
  try {
    if (!pipeline.isSubscription(parameters)) {
      const response = await pipeline.run(parameters, "POST", scope, chargeCost);
      facts.outcome = response.outcome;
      return void (yield executedText(response));
    }
    facts.isStream = true;
    const stream = streams.open(scope.clientKey);
    const ending = combinedSignal(until.signal, stream.stopping);
    try {
      const newScope = async () => scopeOf(await authenticate(), performance.now());
      const events = { parameters, after, signal: ending.signal, newScope, chargeCost };
      for await (const { response } of subscriptionResponses(pipeline, events)) {
        facts.outcome = response.outcome;
        yield executedText(response);
      }
    } finally {
      ending.release();
      stream.close();
    }
  } finally {
    until.release();
  }
}

/** The parameters, and the event after which a subscription continues: `lastEventId` of the extensions. */
function parametersOf(
  { limits, documents }: GraphqlEndpoint,
  payload: unknown,
  requestId: string,
  facts: RequestLog,
): { parameters: GraphqlParameters; after: string | undefined } {
  const given = parsedParameters(payload, limits);
  const { operationName, variables, extensions } = given;
  const { text: query, isRegistered } = documents.find(given, requestId);
  const parameters = { query, operationName, variables };
  facts.parameters = parameters;
  facts.isRegistered = isRegistered;
  const last = extensions?.lastEventId;
  return { parameters, after: typeof last === "string" && last !== "" && isEventId(last) ? last : undefined };
}
