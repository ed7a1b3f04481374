import * as z from "zod";
import { list } from "../../subgraphs/_shared/serving/environment.ts";
import type { ConnectionLimits } from "./connections.ts";

/** Whom the gateway lets connect, and for how long. */
export type HttpConfiguration = {
  connections: ConnectionLimits;
  /** How many proxies before the gateway write X-Forwarded-For; 0: none, and the header is ignored. */
  trustedProxies: number;
  /** Origins of pages, beside the gateway's own, that may ask. */
  origins: ReadonlySet<string>;
};

const milliseconds = (fallback: number) => z.coerce.number().int().min(100).max(600_000).default(fallback);

export const httpVariables = {
  HEADERS_TIMEOUT_MS: milliseconds(10_000),
  BODY_TIMEOUT_MS: milliseconds(30_000),
  MAX_CONNECTIONS: z.coerce.number().int().min(1).default(4_000),
  TRUST_PROXY: z.coerce
    .number({ error: "must be the number of proxies before the gateway" })
    .int()
    .min(0)
    .max(10)
    .default(0),
  CORS_ORIGINS: list.refine((origins) => origins.every(isOrigin), {
    error: "must be a list of origins such as https://portal.example",
  }),
};

type Read = {
  HEADERS_TIMEOUT_MS: number;
  BODY_TIMEOUT_MS: number;
  MAX_CONNECTIONS: number;
  TRUST_PROXY: number;
  CORS_ORIGINS: string[];
};

export function httpConfiguration(read: Read): HttpConfiguration {
  return {
    connections: {
      headersMs: read.HEADERS_TIMEOUT_MS,
      requestMs: read.BODY_TIMEOUT_MS,
      connections: read.MAX_CONNECTIONS,
    },
    trustedProxies: read.TRUST_PROXY,
    origins: new Set(read.CORS_ORIGINS),
  };
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}
