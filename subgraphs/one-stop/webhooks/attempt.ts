/** Reason for which an attempt to deliver failed. */
export const ATTEMPT_FAILURES = [
  "ADDRESS_REFUSED",
  "NOT_CONNECTED",
  "TIMEOUT",
  "NO_RESPONSE",
  "REDIRECT",
  "GONE",
  "STATUS",
] as const;
export type AttemptFailure = (typeof ATTEMPT_FAILURES)[number];

/** Outcome of one attempt. `failure` is null where the receiver answered 2xx; `status` where it did not answer. */
export type Attempt = { failure: AttemptFailure | null; status: number | null; retryAfterMs: number | null };

/** Effect of an attempt. `holdsMs`: time for which the receiver wants no request at all. */
export type AttemptEffect = {
  state: "PENDING" | "DELIVERED" | "DEAD_LETTER";
  afterMs: number;
  holdsMs: number | null;
  pauses: boolean;
};

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];
/** Pauses between attempts: ten attempts in about three days, the example schedule of Standard Webhooks 1.0.0. */
export const RETRY_PAUSES_MS: readonly number[] = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];
/** Longest `Retry-After` that is respected. */
export const LONGEST_HOLD_MS = 24 * HOUR;
/** Statuses of a receiver under load; see "Delivery success and failure" of Standard Webhooks. */
const OVERLOADED: ReadonlySet<number> = new Set([429, 502, 503, 504]);
const OVERLOAD_PAUSE_MS = 30 * SECOND;

/**
 * Effect of an attempt.
 * @param attempts number of attempts of the delivery, with this one
 * @param jitter 0..1, which lengthens a pause by up to a tenth
 */
export function effectOf(attempt: Attempt, attempts: number, jitter: number): AttemptEffect {
  const { failure, status } = attempt;
  if (failure === null) return { state: "DELIVERED", afterMs: 0, holdsMs: null, pauses: false };
  // the owner's act makes the receiver wanted again
  if (failure === "GONE") return { state: "PENDING", afterMs: 0, holdsMs: null, pauses: true };
  const holdsMs = holdOf(attempt, status);
  const pause = RETRY_PAUSES_MS[attempts - 1];
  if (pause === undefined) return { state: "DEAD_LETTER", afterMs: 0, holdsMs, pauses: false };
  const afterMs = Math.max(Math.round(pause * (1 + jitter / 10)), holdsMs ?? 0);
  return { state: "PENDING", afterMs, holdsMs, pauses: false };
}

function holdOf({ retryAfterMs }: Attempt, status: number | null): number | null {
  if (retryAfterMs !== null) return Math.min(retryAfterMs, LONGEST_HOLD_MS);
  return status !== null && OVERLOADED.has(status) ? OVERLOAD_PAUSE_MS : null;
}

/** Milliseconds of a `Retry-After` (RFC 9110, section 10.2.3): seconds, or an HTTP date; null for anything else. */
export function retryAfterMs(header: string | undefined, now: number): number | null {
  const text = header?.trim() ?? "";
  if (/^\d{1,9}$/.test(text)) return Number(text) * SECOND;
  const date = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
