import type { PassedErrors } from "../passed-errors.ts";
import type { Policies } from "./authorization/policies.ts";
import type { Limits } from "./limits/limits-configuration.ts";
import type { PlanningConfiguration } from "./planning/planning-configuration.ts";

/** Time limits of requests, in milliseconds. */
export type Timeouts = { queryTimeoutMs: number; mutationTimeoutMs: number };

/** Settings of the request pipeline. */
export type PipelineConfiguration = Timeouts & {
  /** Production hides introspection and "Did you mean …?" suggestions. */
  production: boolean;
  limits: Limits;
  planning: PlanningConfiguration;
  policies: Policies;
  /** Labels of progressive overrides (@override) that are active, beside those that a percentage activates. */
  overrideLabels: ReadonlySet<string>;
  /** Errors of subgraphs that clients receive beside those of the contract. */
  passedErrors: PassedErrors;
};
