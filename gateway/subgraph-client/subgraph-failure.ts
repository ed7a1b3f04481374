/** How a call came to nothing. */
export type FailureKind =
  /** It refused a connection, or the connection broke before all of the answer was there. */
  | "disconnected"
  /** It asked to be asked later (HTTP 503). */
  | "overloaded"
  /** No answer within the time that the request had. */
  | "late"
  /** It answered with what nobody can use. */
  | "failed"
  /** It does not do what it was asked for, such as to serve a subscription. */
  | "unable"
  /** It does not take our identity. */
  | "unwelcome"
  /** It was not asked, because it failed too often just now. */
  | "left alone"
  /** Nobody waits for the answer any more. */
  | "abandoned";

/** Why an agency gave no usable answer, in words fit for a client: never an address, never the agency's own text. */
export class SubgraphFailure extends Error {
  readonly kind: FailureKind;

  constructor(reason: string, kind: FailureKind) {
    super(reason);
    this.kind = kind;
  }
}

/** Whether a query may be asked once more. */
export function isRetryable({ kind }: SubgraphFailure): boolean {
  return kind === "disconnected" || kind === "overloaded";
}

/** Whether it tells that the agency is not well; a refusal of ours, or a client that left, does not. */
export function isSubgraphFault({ kind }: SubgraphFailure): boolean {
  return isRetryable({ kind } as SubgraphFailure) || kind === "late" || kind === "failed";
}

export const timedOut = () => new SubgraphFailure("no answer in time", "late");
export const circuitOpen = () => new SubgraphFailure("it failed just now and is left alone for a moment", "left alone");
export const cancelled = () => new SubgraphFailure("nobody waits for the answer any more", "abandoned");

const DISCONNECTED = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "UND_ERR_SOCKET"]);

/** Reads what Node and undici throw when a request does not come through. */
export function failureFrom(error: unknown): SubgraphFailure {
  if (error instanceof SubgraphFailure) return error;
  const code = codeOf(error);
  if (code === "ECONNREFUSED") return new SubgraphFailure("it refuses connections", "disconnected");
  if (DISCONNECTED.has(code)) return new SubgraphFailure("the connection broke", "disconnected");
  if (code === "UND_ERR_CONNECT_TIMEOUT") return new SubgraphFailure("no connection came about", "failed");
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return new SubgraphFailure("its name is not known", "failed");
  return new SubgraphFailure("the request did not come through", "failed");
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  if ("code" in error && typeof error.code === "string") return error.code;
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return error.cause ? codeOf(error.cause) : error.name;
}
