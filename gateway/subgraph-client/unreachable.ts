/** How a call came to nothing. */
export type Mishap =
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
export class Unreachable extends Error {
  readonly mishap: Mishap;

  constructor(reason: string, mishap: Mishap) {
    super(reason);
    this.mishap = mishap;
  }
}

/** Whether a query may be asked once more. */
export function isWorthAnotherTry({ mishap }: Unreachable): boolean {
  return mishap === "disconnected" || mishap === "overloaded";
}

/** Whether it tells that the agency is not well; a refusal of ours, or a client that left, does not. */
export function isFailure({ mishap }: Unreachable): boolean {
  return isWorthAnotherTry({ mishap } as Unreachable) || mishap === "late" || mishap === "failed";
}

export const late = () => new Unreachable("no answer in time", "late");
export const leftAlone = () => new Unreachable("it failed just now and is left alone for a moment", "left alone");
export const abandoned = () => new Unreachable("nobody waits for the answer any more", "abandoned");

const DISCONNECTED = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "UND_ERR_SOCKET"]);

/** Reads what Node and undici throw when a request does not come through. */
export function unreachableBecause(error: unknown): Unreachable {
  if (error instanceof Unreachable) return error;
  const code = codeOf(error);
  if (code === "ECONNREFUSED") return new Unreachable("it refuses connections", "disconnected");
  if (DISCONNECTED.has(code)) return new Unreachable("the connection broke", "disconnected");
  if (code === "UND_ERR_CONNECT_TIMEOUT") return new Unreachable("no connection came about", "failed");
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return new Unreachable("its name is not known", "failed");
  return new Unreachable("the request did not come through", "failed");
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  if ("code" in error && typeof error.code === "string") return error.code;
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return error.cause ? codeOf(error.cause) : error.name;
}
