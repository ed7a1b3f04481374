/** Why an agency gave no usable answer, in words fit for a client: never an address, never the agency's own text. */
export class Unreachable extends Error {
  /** Whether the connection broke before an answer began, so that a query may be asked once more. */
  readonly disconnected: boolean;

  constructor(reason: string, disconnected = false) {
    super(reason);
    this.disconnected = disconnected;
  }
}

const DISCONNECTED = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "UND_ERR_SOCKET"]);

/** Reads what Node and undici throw when a request does not come through. */
export function unreachableBecause(error: unknown, timeoutMs: number): Unreachable {
  if (error instanceof Unreachable) return error;
  const code = codeOf(error);
  if (code === "ECONNREFUSED") return new Unreachable("it refuses connections", true);
  if (DISCONNECTED.has(code)) return new Unreachable("the connection broke", true);
  if (code === "UND_ERR_CONNECT_TIMEOUT") return new Unreachable("no connection came about");
  if (code === "TimeoutError") return new Unreachable(`no answer within ${timeoutMs} ms`);
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return new Unreachable("its name is not known");
  return new Unreachable("the request did not come through");
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  if ("code" in error && typeof error.code === "string") return error.code;
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return error.cause ? codeOf(error.cause) : error.name;
}
