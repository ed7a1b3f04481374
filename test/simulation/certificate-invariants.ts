import type { SagaState } from "../../subgraphs/one-stop/saga/state.ts";
import { invariantViolated } from "./invariant-violation.ts";

/** Checks that no step begins before the draft certificate is answered, and that it is answered once. */
export function checkCertificate(before: SagaState, { certificate, steps }: SagaState): void {
  const begun = steps.find(({ state }) => state !== "BLOCKED");
  if (isOpen(certificate) && begun)
    throw invariantViolated(`${begun.key} begins before the draft certificate is answered`);
  if (before.certificate !== certificate && !isOpen(before.certificate))
    throw invariantViolated(`the draft certificate is answered twice: ${before.certificate}, ${certificate}`);
}

export function checkCertificateEnd({ certificate }: SagaState): void {
  if (isOpen(certificate)) throw invariantViolated(`the draft certificate was never answered: ${certificate}`);
}

function isOpen(certificate: SagaState["certificate"]): boolean {
  return certificate === "PLANNED" || certificate === "AWAITED";
}
