import * as z from "zod";
import { type SubgraphName, subgraph } from "../../agency-registry.ts";
import type { IdentityKeys } from "../identity/identity.ts";
import { keysFor } from "../identity/keys.ts";
import { BadConfiguration, list, milliseconds, port, readEnvironment } from "./environment.ts";

/** What every agency reads from its environment, once, at its start. */
export type SubgraphConfiguration = {
  name: SubgraphName;
  databaseUrl: string;
  port: number;
  host: string;
  keys: IdentityKeys;
  /** Directory of the demo's switches; demo mode is on exactly when it is set. */
  demoDirectory: string | undefined;
  /** Procedures that an officer decides even where everything is verified. */
  officerProcedures: ReadonlySet<string>;
  accessRetentionMonths: number;
  pool: number;
  statementTimeoutMs: number;
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
      NODE_ENV: z.string().default("development"),
      MOTCUA_DEMO_DIR: z.string().optional(),
      OFFICER_PROCEDURES: list,
      ACCESS_LOG_RETENTION_MONTHS: z.coerce.number().int().min(1).default(24),
      DATABASE_POOL: z.coerce.number().int().min(1).max(200).default(10),
      STATEMENT_TIMEOUT_MS: milliseconds(10_000),
      LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
    },
    environment,
  );
  refuseDemoInProduction(read);
  return {
    name,
    databaseUrl: read.DATABASE_URL,
    port: read.PORT,
    host: read.HOST,
    keys: keysFor(name, environment),
    demoDirectory: read.MOTCUA_DEMO_DIR,
    officerProcedures: new Set(read.OFFICER_PROCEDURES),
    accessRetentionMonths: read.ACCESS_LOG_RETENTION_MONTHS,
    pool: read.DATABASE_POOL,
    statementTimeoutMs: read.STATEMENT_TIMEOUT_MS,
    logLevel: read.LOG_LEVEL,
  };
}

/** @throws BadConfiguration: demo tokens, moods and clocks have no place where real people are served. */
export function refuseDemoInProduction(read: { NODE_ENV: string; MOTCUA_DEMO_DIR?: string | undefined }): void {
  if (read.NODE_ENV === "production" && read.MOTCUA_DEMO_DIR) {
    throw new BadConfiguration(
      "  MOTCUA_DEMO_DIR: demo mode is refused when NODE_ENV=production; unset one of the two",
    );
  }
}
