/** Time limits of a client, in milliseconds, and the maximum number of connections. */
export type ConnectionLimits = { headersMs: number; requestMs: number; keepAliveMs: number; connections: number };
