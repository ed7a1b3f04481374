/** Aborted when the first of several others is. `AbortSignal.any` would stay known to a long-lived one for ever. */
export type CombinedSignal = {
  signal: AbortSignal;
  abort(): void;
  /** Nobody waits for it any more. */
  release(): void;
};

export function combinedSignal(...others: AbortSignal[]): CombinedSignal {
  const ending = new AbortController();
  const abort = () => ending.abort();
  for (const each of others) {
    if (each.aborted) abort();
    each.addEventListener("abort", abort);
  }
  return {
    signal: ending.signal,
    abort,
    release() {
      for (const each of others) each.removeEventListener("abort", abort);
    },
  };
}
