/** A simulated schedule in which something happened that must never happen. */
export function broken(what: string): Error {
  return new Error(`broken promise: ${what}`);
}
