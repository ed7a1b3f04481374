import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import type { RequestTrace } from "../observability/request-trace.ts";
import type { AgencyStates } from "./agency-states.ts";
import type { ClientExchange } from "./client-headers/client-exchange.ts";

export type DisconnectListener = { handleEvent(): void };

/** The part of AbortSignal that the gateway needs. An AbortSignal for each request costs ten times as much. */
export type DisconnectSignal = {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: DisconnectListener): void;
  removeEventListener(type: "abort", listener: DisconnectListener): void;
};

/** Data that belong to one request of a client and accompany it to the subgraphs. */
export type RequestScope = {
  /** The identity that the gateway vouches for. */
  caller: Caller;
  requestId: string;
  /** The caller, or the address of an anonymous one. Planning and calls give each client its turn. */
  clientKey: string;
  /** Latest time of a response, as `performance.now()` milliseconds. */
  deadline: number;
  /** Client disconnect; undefined where the client cannot disconnect. */
  signal: DisconnectSignal | undefined;
  /** States of the agencies that were called. The calls fill it. */
  agencies: AgencyStates;
  /** Event of a subscription that the request completes: a client resumes after it. */
  eventId?: string | undefined;
  /** Trace; each call begins with `trace.fetch(name)`. */
  trace?: RequestTrace | undefined;
  /** Token and headers that pass between client and subgraphs; undefined if there are none. */
  client?: ClientExchange | undefined;
};
