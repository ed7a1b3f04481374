import * as z from "zod";
import type { IdentityKeys } from "../_shared/identity/identity.ts";
import { keysFor } from "../_shared/identity/keys.ts";
import { BadConfiguration, milliseconds, readEnvironment } from "../_shared/serving/environment.ts";
import { type AgencyCode, environmentName, type SubgraphName, subgraphs } from "../agency-registry.ts";
import { PACES, type Paces } from "./saga/backoff.ts";
import { type Failpoints, failpoints } from "./saga/failpoints.ts";

export type AgencyAddress = { name: SubgraphName; agency: AgencyCode; url: string; keys: IdentityKeys };

/** What the one-stop desk needs beyond what every agency reads. Durations are milliseconds. */
export type OneStopConfiguration = {
  agencies: Partial<Record<AgencyCode, AgencyAddress>>;
  /** How long all agencies together may take to check a request that is being submitted. */
  checkBudgetMs: number;
  /** How long one delivery may take before its outcome is unknown. */
  deliveryTimeoutMs: number;
  leaseMs: number;
  pollMs: number;
  /** Deliveries that one process has in hand at most. */
  concurrency: number;
  paces: Paces;
  /** Codes of bundles where the published ones are unsure, such as {"C":"3.000722","C-without-residence":"…"}. */
  bundleCodes: Record<string, string>;
  /** Agency codes of offices that differ from the rule, by commune code. */
  officeCodes: Record<string, string>;
  /** Where tests kill or hold the process; nowhere unless FAILPOINTS_DIR is set. */
  failpoints: Failpoints;
};

const jsonTable = z
  .string()
  .default("{}")
  .transform((text, context): Record<string, string> => {
    try {
      return z.record(z.string(), z.string()).parse(JSON.parse(text));
    } catch {
      context.addIssue({ code: "custom", message: 'must be a JSON object of texts, such as {"C":"3.000722"}' });
      return z.NEVER;
    }
  });

/** @throws BadConfiguration naming every bad variable. */
export function oneStopConfiguration(environment: NodeJS.ProcessEnv = process.env): OneStopConfiguration {
  const read = readEnvironment(
    {
      CHECK_BUDGET_MS: milliseconds(300),
      DELIVERY_TIMEOUT_MS: milliseconds(5_000),
      SAGA_LEASE_MS: milliseconds(10_000),
      SAGA_POLL_MS: milliseconds(250),
      SAGA_CONCURRENCY: z.coerce.number().int().min(0).max(1_000).default(64),
      SAGA_BACKOFF_BASE_MS: milliseconds(PACES.deliver.baseMs),
      SAGA_BACKOFF_CAP_MS: milliseconds(PACES.deliver.capMs),
      BUNDLE_CODES: jsonTable,
      OFFICE_CODES: jsonTable,
    },
    environment,
  );
  if (read.SAGA_LEASE_MS <= read.DELIVERY_TIMEOUT_MS) {
    throw new BadConfiguration("  SAGA_LEASE_MS: must be longer than DELIVERY_TIMEOUT_MS, or two workers call at once");
  }
  const agencies: Partial<Record<AgencyCode, AgencyAddress>> = {};
  for (const { name, agency, port } of subgraphs) {
    const url = environment[`SUBGRAPH_URL_${environmentName(name)}`] || `http://127.0.0.1:${port}/graphql`;
    agencies[agency] = { name, agency, url, keys: keysFor(name, environment) };
  }
  return {
    agencies,
    checkBudgetMs: read.CHECK_BUDGET_MS,
    deliveryTimeoutMs: read.DELIVERY_TIMEOUT_MS,
    leaseMs: read.SAGA_LEASE_MS,
    pollMs: read.SAGA_POLL_MS,
    concurrency: read.SAGA_CONCURRENCY,
    paces: { ...PACES, deliver: { baseMs: read.SAGA_BACKOFF_BASE_MS, capMs: read.SAGA_BACKOFF_CAP_MS } },
    bundleCodes: read.BUNDLE_CODES,
    officeCodes: read.OFFICE_CODES,
    failpoints: failpoints(environment),
  };
}
