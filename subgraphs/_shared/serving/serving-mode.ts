import type { StoredAnswer } from "../parts/procedure.ts";

/** Decision about a part, with the reasons for which an officer must look at it. */
export type Decision = StoredAnswer & { verify?: string[] };

/**
 * Hooks by which a mode of the system, such as the demo, changes how an agency is served. The serving code knows no mode; the
 * program that starts the agency passes one.
 */
export type ServingMode = {
  /** True if the register gets the synthetic entries of the agency's seeds. */
  readonly seeds: boolean;
  /** True if the agency's metrics are served beside its graph too. */
  readonly showsMetrics: boolean;
  /** The business clock. Leases, deadlines and identities never use it. */
  now(): Date;
  /** True if the agency acts as if it were switched off. */
  isDown(): boolean;
  /** Waits before a request is read, for a slow agency. */
  beforeRequest(): Promise<void>;
  /** True if the response is dropped after the work. */
  losesResponse(): boolean;
  /** A decision that replaces the agency's own; undefined leaves the decision to the agency. */
  decide(procedure: string, now: Date): Decision | undefined;
};

/** Mode without any change: no synthetic entries, metrics on their own port alone, the machine's clock. */
export const PLAIN_MODE: ServingMode = {
  seeds: false,
  showsMetrics: false,
  now: () => new Date(),
  isDown: () => false,
  beforeRequest: async () => {},
  losesResponse: () => false,
  decide: () => undefined,
};
