import type { CertificateState } from "../draft-certificates/stored-certificate.ts";
import type { SagaPayment } from "../payments/payment.ts";
import type { SagaState } from "../saga/state.ts";
import type { DossierDefinition, StepDefinition } from "./definition.ts";
import { stepUnknown } from "./errors.ts";

/** State of a new dossier: no step is released before the event `ACCEPTED`. */
export function initialState(
  definition: DossierDefinition,
  returnsAtOnce: boolean,
  payment: SagaPayment | null = null,
  certificate: CertificateState | null = null,
): SagaState {
  return {
    dossier: "RECEIVED",
    outcome: null,
    marks: [],
    returnsAtOnce,
    payment,
    certificate,
    steps: definition.steps.map(({ key, part, agency, dependsOn, effect, officer = false, afterPayment = false }) => ({
      key,
      part,
      agency,
      dependsOn,
      effect,
      officer,
      afterPayment,
      claimed: false,
      instruction: null,
      state: "BLOCKED",
      delivery: "QUEUED",
      attempts: 0,
      failures: 0,
    })),
  };
}

/**
 * Parts that a step waits for, directly or through steps that are not parts.
 *
 * @returns keys of parts, each once
 * @throws stepUnknown
 */
export function visibleDependencies(definition: DossierDefinition, stepKey: string): string[] {
  const direct = stepOf(definition, stepKey).dependsOn.map((key) => stepOf(definition, key));
  const visible = direct.flatMap((step) => (step.part ? [step.key] : visibleDependencies(definition, step.key)));
  return [...new Set(visible)];
}

function stepOf(definition: DossierDefinition, key: string): StepDefinition {
  const step = definition.steps.find((candidate) => candidate.key === key);
  if (step === undefined) throw stepUnknown(definition.id, definition.version, key);
  return step;
}
