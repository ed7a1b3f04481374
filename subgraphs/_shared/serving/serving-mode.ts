import type { StoredAnswer } from "../parts/procedure.ts";

/** Decision about a part, with the reasons for which an officer must look at it. */
export type Decision = StoredAnswer & { verify?: string[] };

/**
 * Points at which a mode of the system, such as the demo, changes how an agency is served. The mechanics of serving know
 * no mode: whoever starts the agency passes one in.
 */
export type ServingMode = {
  /** True if the register gets the synthetic entries of the agency's seeds. */
  readonly seeds: boolean;
  /** The business clock. Leases, deadlines and identities never use it. */
  now(): Date;
  /** True if the agency acts as if it were switched off. */
  isDown(): boolean;
  /** Waits before a request is read, for a slow agency. */
  beforeRequest(): Promise<void>;
  /** True if a response that is ready gets lost. */
  losesResponse(): boolean;
  /** A decision that replaces the agency's own; undefined leaves the decision to the agency. */
  decide(procedure: string, now: Date): Decision | undefined;
};

/** The mode without any change: real people, the machine's clock. */
export const PLAIN_MODE: ServingMode = {
  seeds: false,
  now: () => new Date(),
  isDown: () => false,
  beforeRequest: async () => {},
  losesResponse: () => false,
  decide: () => undefined,
};
