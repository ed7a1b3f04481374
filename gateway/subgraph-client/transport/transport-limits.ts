/** Limits of every transport. */
export const CONNECT_MS = 2_000;
export const LONGEST_RESPONSE_BYTES = 64_000_000;
