import { BIRTH_VERSIONS } from "../../../subgraphs/one-stop/bundles/birth/birth-versions.ts";
import type { StepDefinition } from "../../../subgraphs/one-stop/definitions/definition.ts";
import type { FaultSetup } from "./fault-setup.ts";

/** One directed fault. Resolves when the fault is over; the invariants are checked afterwards. */
export type Scenario = { name: string; run(setup: FaultSetup): Promise<void> };

/** A step of the birth bundle, and the agency that it goes to. */
export type BundleStep = Pick<StepDefinition, "key" | "agency" | "part">;

/** Steps of the latest birth bundle. A step that is added later gets the same faults, at whatever agency. */
export const BUNDLE_STEPS: readonly BundleStep[] = BIRTH_VERSIONS.at(-1)?.steps ?? [];
export const STEPS: readonly string[] = BUNDLE_STEPS.map(({ key }) => key);
/** Agencies that a request goes to, in the order of the steps. */
export const AGENCIES = [...new Set(BUNDLE_STEPS.map(({ agency }) => agency))];
export const MOMENTS = ["before-call", "after-call", "after-commit"] as const;
