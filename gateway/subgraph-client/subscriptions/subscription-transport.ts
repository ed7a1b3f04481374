import * as z from "zod";
import { type BySubgraph, readBySubgraph, variablesBySubgraph } from "../../subgraph-settings.ts";
import type { CircuitBreaker } from "../circuit-breaker/circuit-breaker.ts";
import { openSubscriptions, type SubgraphSubscriptions } from "./subgraph-subscriptions.ts";
import { openWebSocketSubscriptions } from "./websocket-subscriptions.ts";

/** Protocol of a subgraph's subscriptions, or the address where it serves them over WebSocket. Undefined: chosen by its address. */
export type SubscriptionTransport = string | undefined;

const NAME = "SUBSCRIPTIONS";
const SSE = "sse";
const GRAPHQL_WS = "graphql-ws";

const transport = z
  .string()
  .refine((text) => text === SSE || text === GRAPHQL_WS || isWebSocketAddress(text), {
    error: `must be ${SSE}, ${GRAPHQL_WS} or an address such as wss://shop.example/subscriptions`,
  })
  .optional();

export function subscriptionVariables(environment: NodeJS.ProcessEnv) {
  return variablesBySubgraph(NAME, transport, environment);
}

export function subscriptionTransports(
  environment: NodeJS.ProcessEnv,
  read: Readonly<Record<string, unknown>>,
): BySubgraph<SubscriptionTransport> {
  return readBySubgraph(NAME, environment, read);
}

/** A subgraph whose address has the scheme `ws` or `wss` serves its subscriptions there, and all else at the same place over HTTP. */
export function subscriptionsOf(
  url: string,
  chosen: SubscriptionTransport,
  circuitBreaker: CircuitBreaker,
): SubgraphSubscriptions {
  if (chosen !== undefined && isWebSocketAddress(chosen)) return openWebSocketSubscriptions(chosen, circuitBreaker);
  const isWebSocket = chosen === GRAPHQL_WS || (chosen === undefined && isWebSocketAddress(url));
  if (!isWebSocket) return openSubscriptions(url, circuitBreaker);
  return openWebSocketSubscriptions(url.replace(/^http/, "ws"), circuitBreaker);
}

function isWebSocketAddress(text: string): boolean {
  return /^wss?:\/\//.test(text) && URL.canParse(text);
}
