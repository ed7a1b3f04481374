import { BUNDLE_DEFINITIONS, type BundleDefinition, type BundleStep } from "../bundles/birth/versions.ts";
import type { SagaState } from "../saga/state.ts";
import { bundleStepUnknown, bundleVersionUnknown, noBundleInForce } from "./errors.ts";

/** Which optional branches of the birth bundle the applicant asks for. */
export type ChosenBranches = { readonly residence: boolean; readonly insurance: boolean };

/** A birth registration without any branch is that procedure alone, whatever the regime. */
const BIRTH_ALONE = {
  code: "1.001193",
  name: "Đăng ký khai sinh",
  nameEn: "Birth registration",
  certainty: "sure",
} as const;

/**
 * The birth bundle in force on the day of receipt, narrowed to the chosen branches and under the code of that variant.
 * Among the definitions in force the newest regime wins, then the highest version.
 *
 * @param receiptDay legal day of receipt `yyyy-MM-dd` in Asia/Ho_Chi_Minh; the 15:00 rule moves terms, not the law in force
 * @param codeOverrides codes by `A`, `B`, `C`, `C-without-residence`, `C-without-insurance` and so on
 * @throws noBundleInForce before 01/07/2015
 */
export function bundleFor(
  receiptDay: string,
  chosen: ChosenBranches,
  codeOverrides: Readonly<Record<string, string>> = {},
): BundleDefinition {
  const inForce = BUNDLE_DEFINITIONS.filter(({ id, validFrom }) => id === "birth" && validFrom <= receiptDay);
  const newest = inForce.reduce<BundleDefinition | undefined>(
    (best, next) => (best !== undefined && best.validFrom > next.validFrom ? best : next),
    undefined,
  );
  if (newest === undefined) throw noBundleInForce(receiptDay);
  return narrowed(newest, chosen, codeOverrides);
}

/**
 * The whole definition that a dossier pinned, for ever as it was.
 *
 * @throws bundleVersionUnknown
 */
export function bundleDefinition(id: string, version: number): BundleDefinition {
  const pinned = BUNDLE_DEFINITIONS.find((definition) => definition.id === id && definition.version === version);
  if (pinned === undefined) throw bundleVersionUnknown(id, version);
  return pinned;
}

/** A definition without the branches that were not chosen, titled and limited as that variant. */
export function narrowed(
  definition: BundleDefinition,
  chosen: ChosenBranches,
  codeOverrides: Readonly<Record<string, string>> = {},
): BundleDefinition {
  const steps = definition.steps.filter(({ optionalFor }) => optionalFor === undefined || chosen[optionalFor]);
  if (!chosen.residence && !chosen.insurance) return { ...definition, ...BIRTH_ALONE, steps };
  const left = !chosen.residence ? "residence" : !chosen.insurance ? "insurance" : null;
  const variant = left === null ? undefined : definition.codeWithout?.[left];
  const named = codeOverrides[left === null ? definition.regime : `${definition.regime}-without-${left}`];
  const whole = codeOverrides[definition.regime];
  // A variant that shares the whole bundle's code follows the whole bundle's correction.
  const code = named ?? (variant === undefined || variant.code === definition.code ? whole : undefined);
  return { ...definition, ...variant, ...(code === undefined ? {} : { code }), steps };
}

/** A new dossier's saga: nothing released before the event `ACCEPTED`. */
export function initialState(definition: BundleDefinition, returnsAtOnce: boolean): SagaState {
  return {
    dossier: "RECEIVED",
    outcome: null,
    returnsAtOnce,
    steps: definition.steps.map(({ key, part, agency, dependsOn, effect }) => ({
      key,
      part,
      agency,
      dependsOn,
      effect,
      state: "BLOCKED",
      delivery: "QUEUED",
      attempts: 0,
      failures: 0,
    })),
  };
}

/**
 * The parts that a step waits for, as clients see them: steps without a part of their own are looked through.
 *
 * @returns keys of parts, each once
 * @throws bundleStepUnknown
 */
export function visibleDependencies(definition: BundleDefinition, stepKey: string): string[] {
  const direct = stepOf(definition, stepKey).dependsOn.map((key) => stepOf(definition, key));
  const visible = direct.flatMap((step) => (step.part ? [step.key] : visibleDependencies(definition, step.key)));
  return [...new Set(visible)];
}

function stepOf(definition: BundleDefinition, key: string): BundleStep {
  const step = definition.steps.find((candidate) => candidate.key === key);
  if (step === undefined) throw bundleStepUnknown(definition.id, definition.version, key);
  return step;
}
