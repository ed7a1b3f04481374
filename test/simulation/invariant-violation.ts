/** Error of a simulated schedule that has violated an invariant. */
export function invariantViolated(what: string): Error {
  return new Error(`invariant violated: ${what}`);
}
