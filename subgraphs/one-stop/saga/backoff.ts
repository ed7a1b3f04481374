/** Exponential backoff between calls: the first wait and the longest, in milliseconds. */
export type BackoffPolicy = { readonly baseMs: number; readonly capMs: number };

/** Backoff of a saga: repeated deliveries, status queries of a part in process, and of one that waits for the citizen. */
export type BackoffPolicies = {
  readonly deliver: BackoffPolicy;
  readonly processing: BackoffPolicy;
  readonly supplement: BackoffPolicy;
};

export const DEFAULT_BACKOFF: BackoffPolicies = {
  deliver: { baseMs: 200, capMs: 30_000 },
  processing: { baseMs: 2_000, capMs: 300_000 },
  supplement: { baseMs: 5_000, capMs: 600_000 },
};

/**
 * Milliseconds to wait before round `round` (0 is the first). Doubles from the base up to the cap; half of it is jitter, so
 * that dossiers that failed together are not repeated together.
 *
 * @param jitter 0..1
 */
export function backoffMs(round: number, jitter: number, pace: BackoffPolicy): number {
  const ceiling = Math.min(pace.capMs, pace.baseMs * 2 ** Math.max(0, round));
  return Math.round(ceiling * (0.5 + jitter / 2));
}
