import type { Policies } from "./authorization/policies.ts";
import type { Limits } from "./limits/limits-configuration.ts";

/** Time limits of requests, in milliseconds. */
export type Timeouts = { queryTimeoutMs: number; mutationTimeoutMs: number };

/** Settings of the request pipeline. */
export type PipelineConfiguration = Timeouts & {
  /** Production hides introspection and "Did you mean …?" suggestions. */
  production: boolean;
  limits: Limits;
  policies: Policies;
};
