/** Reasons why a call of a subgraph has no usable response. */
export type FailureKind =
  /** The subgraph refused the connection, or the connection broke before the response was complete. */
  | "disconnected"
  /** The subgraph answered HTTP 503. */
  | "overloaded"
  /** The request's deadline passed before the response. */
  | "timeout"
  /** The response is unusable, or the connection could not be made. */
  | "failed"
  /** The subgraph does not support the operation, for example a subscription. */
  | "unsupported"
  /** The subgraph does not accept the gateway's identity. */
  | "identity refused"
  /** The circuit breaker did not permit the call. */
  | "circuit open"
  /** Every caller that waited for the response has disconnected. */
  | "cancelled";

/** A call without a usable response. The message is fit for a client: no address, no text of the subgraph. */
export class SubgraphFailure extends Error {
  readonly kind: FailureKind;

  constructor(reason: string, kind: FailureKind) {
    super(reason);
    this.kind = kind;
  }
}

/** True if a query may be sent again. */
export function isRetryable({ kind }: SubgraphFailure): boolean {
  return kind === "disconnected" || kind === "overloaded";
}

/** True if the subgraph answers, and will not answer otherwise when it is asked again. */
export function isRefusal({ kind }: SubgraphFailure): boolean {
  return kind === "unsupported" || kind === "identity refused";
}

/** True if the failure counts against the subgraph's health. */
export function isSubgraphFault({ kind }: SubgraphFailure): boolean {
  return kind === "disconnected" || kind === "overloaded" || kind === "timeout" || kind === "failed";
}

export const timedOut = () => new SubgraphFailure("no response in time", "timeout");
export const circuitOpen = () =>
  new SubgraphFailure("its circuit breaker is open after repeated failures", "circuit open");
export const cancelled = () => new SubgraphFailure("the request was cancelled", "cancelled");
export const connectionBroken = () => new SubgraphFailure("the connection broke", "disconnected");
export const connectTimedOut = () => new SubgraphFailure("the connection could not be made in time", "failed");
export const notSent = () => new SubgraphFailure("the request could not be sent", "failed");
export const identityRefused = () =>
  new SubgraphFailure("it does not accept this gateway's identity", "identity refused");
export const notGraphql = (status: number) =>
  new SubgraphFailure(`its response was not GraphQL (HTTP ${status})`, "failed");

const DISCONNECTED = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "UND_ERR_SOCKET"]);

/** The failure behind an error of Node.js or undici. */
export function failureFrom(error: unknown): SubgraphFailure {
  if (error instanceof SubgraphFailure) return error;
  const code = codeOf(error);
  if (code === "ECONNREFUSED") return new SubgraphFailure("it refuses connections", "disconnected");
  if (DISCONNECTED.has(code)) return connectionBroken();
  if (code === "UND_ERR_CONNECT_TIMEOUT") return connectTimedOut();
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return new SubgraphFailure("its host name is unknown", "failed");
  return notSent();
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  if ("code" in error && typeof error.code === "string") return error.code;
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return error.cause ? codeOf(error.cause) : error.name;
}
