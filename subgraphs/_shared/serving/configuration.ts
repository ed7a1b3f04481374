import * as z from "zod";
import { type SubgraphName, subgraph } from "../../agency-registry.ts";
import { type BearerTrust, bearerTrust, bearerVariables } from "../identity/bearer-callers.ts";
import type { IdentityKeys } from "../identity/identity.ts";
import { keysFor } from "../identity/keys.ts";
import type { MetricsAddress } from "../metrics/metrics-endpoint.ts";
import { list, milliseconds, port, readEnvironment } from "./environment.ts";

/** Configuration that every agency reads from its environment, once, at its start. */
export type SubgraphConfiguration = {
  name: SubgraphName;
  databaseUrl: string;
  port: number;
  host: string;
  keys: IdentityKeys;
  /** Issuer whose tokens are accepted in place of the signed identity; undefined for none. */
  bearers: BearerTrust | undefined;
  /** Procedures that an officer decides even if all facts are verified. */
  officerProcedures: ReadonlySet<string>;
  accessRetentionMonths: number;
  /** Store of accepted nonces: the process, or the database if several processes serve the agency. */
  nonces: "process" | "database";
  pool: number;
  statementTimeoutMs: number;
  /** Separate listener for metrics; undefined: none. */
  metrics: MetricsAddress | undefined;
  logLevel: string;
};

/** @throws BadConfiguration naming every bad variable. */
export function subgraphConfiguration(
  name: SubgraphName,
  environment: NodeJS.ProcessEnv = process.env,
): SubgraphConfiguration {
  const read = readEnvironment(
    {
      DATABASE_URL: z.url({ error: "is required: postgres://user:password@host:5432/database of this agency" }),
      PORT: port(subgraph(name).port),
      HOST: z.string().default("127.0.0.1"),
      ...bearerVariables(environment, name),
      OFFICER_PROCEDURES: list,
      ACCESS_LOG_RETENTION_MONTHS: z.coerce.number().int().min(1).default(24),
      NONCES: z.enum(["process", "database"], { error: "must be process or database" }).default("process"),
      DATABASE_POOL: z.coerce.number().int().min(1).max(200).default(10),
      STATEMENT_TIMEOUT_MS: milliseconds(10_000),
      METRICS_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
      METRICS_HOST: z.string().default("127.0.0.1"),
      LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
    },
    environment,
  );
  return {
    name,
    databaseUrl: read.DATABASE_URL,
    port: read.PORT,
    host: read.HOST,
    keys: keysFor(name, environment),
    bearers: bearerTrust(read),
    officerProcedures: new Set(read.OFFICER_PROCEDURES),
    accessRetentionMonths: read.ACCESS_LOG_RETENTION_MONTHS,
    nonces: read.NONCES,
    pool: read.DATABASE_POOL,
    statementTimeoutMs: read.STATEMENT_TIMEOUT_MS,
    metrics: read.METRICS_PORT === undefined ? undefined : { port: read.METRICS_PORT, host: read.METRICS_HOST },
    logLevel: read.LOG_LEVEL,
  };
}
