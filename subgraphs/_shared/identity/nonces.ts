/** Nonce of an identity, and the expiry of that identity in Unix milliseconds. */
export type Nonce = { nonce: string; expiresAt: number };

/** Accepted nonces in the memory of this process. `accept` is false for a nonce that was accepted before. */
export function nonceMemory(): { accept(nonce: Nonce, now: number): boolean } {
  const seen = new Map<string, number>();

  function forgetExpired(now: number): void {
    for (const [nonce, expiresAt] of seen) {
      if (expiresAt >= now) return; // insertion order is close to expiry order; the rest is removed later
      seen.delete(nonce);
    }
  }

  return {
    accept({ nonce, expiresAt }, now) {
      forgetExpired(now);
      if (seen.has(nonce)) return false;
      seen.set(nonce, expiresAt);
      return true;
    },
  };
}
