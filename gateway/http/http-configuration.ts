import * as z from "zod";
import { list } from "../../subgraphs/_shared/serving/environment.ts";
import type { CompressionConfiguration } from "./compression.ts";
import type { ConnectionLimits } from "./connection-limits.ts";
import type { CorsConfiguration } from "./cors.ts";

/** Settings of the HTTP server. */
export type HttpConfiguration = {
  connections: ConnectionLimits;
  /** Number of proxies in front of the gateway that write X-Forwarded-For; 0: none, and the header is ignored. */
  trustedProxies: number;
  cors: CorsConfiguration;
  compression: CompressionConfiguration;
  /** Origin under which citizens reach the gateway, for the addresses in QR codes; undefined: that of the request's host. */
  publicUrl: string | undefined;
};

/** Headers that clients of GraphQL usually send: tokens, bodies, reconnection, polling, traces, and the awareness headers of Apollo's clients. */
const USUAL_HEADERS = [
  "authorization",
  "content-type",
  "last-event-id",
  "if-none-match",
  "phone-last4",
  "x-request-id",
  "traceparent",
  "tracestate",
  "apollographql-client-name",
  "apollographql-client-version",
  "x-apollo-operation-name",
  "apollo-require-preflight",
].join(", ");

const milliseconds = (fallback: number) => z.coerce.number().int().min(100).max(600_000).default(fallback);
const headerNames = (fallback: string) =>
  z
    .string()
    .regex(/^[\w!#$%&'*+.^`|~-]+(\s*,\s*[\w!#$%&'*+.^`|~-]+)*$/, {
      error: "must be a list of header names such as a, b",
    })
    .default(fallback);

export const httpVariables = {
  HEADERS_TIMEOUT_MS: milliseconds(10_000),
  BODY_TIMEOUT_MS: milliseconds(30_000),
  KEEP_ALIVE_MS: milliseconds(75_000),
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
  PUBLIC_URL: z
    .string()
    .refine(isOrigin, { error: "must be an origin without a path, such as https://motcua.example" })
    .optional(),
  CORS_HEADERS: headerNames(USUAL_HEADERS),
  CORS_EXPOSED_HEADERS: headerNames("x-request-id, retry-after, etag, ratelimit, ratelimit-policy"),
  COMPRESSION: z.enum(["on", "off"], { error: "must be on or off" }).default("on"),
  COMPRESSION_MIN_BYTES: z.coerce.number().int().min(0).max(100_000_000).default(4_096),
};

type Read = {
  HEADERS_TIMEOUT_MS: number;
  BODY_TIMEOUT_MS: number;
  KEEP_ALIVE_MS: number;
  MAX_CONNECTIONS: number;
  TRUST_PROXY: number;
  CORS_ORIGINS: string[];
  PUBLIC_URL?: string | undefined;
  CORS_HEADERS: string;
  CORS_EXPOSED_HEADERS: string;
  COMPRESSION: "on" | "off";
  COMPRESSION_MIN_BYTES: number;
};

export function httpConfiguration(read: Read): HttpConfiguration {
  return {
    connections: {
      headersMs: read.HEADERS_TIMEOUT_MS,
      requestMs: read.BODY_TIMEOUT_MS,
      keepAliveMs: read.KEEP_ALIVE_MS,
      connections: read.MAX_CONNECTIONS,
    },
    trustedProxies: read.TRUST_PROXY,
    cors: {
      origins: new Set(read.CORS_ORIGINS),
      allowedHeaders: read.CORS_HEADERS,
      exposedHeaders: read.CORS_EXPOSED_HEADERS,
    },
    compression: { minBytes: read.COMPRESSION === "on" ? read.COMPRESSION_MIN_BYTES : Number.POSITIVE_INFINITY },
    publicUrl: read.PUBLIC_URL,
  };
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}
