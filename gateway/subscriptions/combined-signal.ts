/** Signal that is aborted with the first of several others. `AbortSignal.any` would stay registered at a long-lived one for ever. */
export type CombinedSignal = {
  signal: AbortSignal;
  abort(): void;
  /** Removes its listeners from the other signals. */
  release(): void;
};

export function combinedSignal(...others: AbortSignal[]): CombinedSignal {
  const combined = new AbortController();
  const abort = () => combined.abort();
  for (const each of others) {
    if (each.aborted) abort();
    each.addEventListener("abort", abort);
  }
  return {
    signal: combined.signal,
    abort,
    release() {
      for (const each of others) each.removeEventListener("abort", abort);
    },
  };
}
