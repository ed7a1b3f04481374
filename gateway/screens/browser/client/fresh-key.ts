/** Idempotency key; `crypto.randomUUID` does not exist in pages that come over plain http from another host. */
export function freshKey(prefix: string): string {
  return `${prefix}-${[...crypto.getRandomValues(new Uint32Array(4))].map((each) => each.toString(36)).join("-")}`;
}
