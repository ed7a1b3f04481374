import type { CertificateState } from "../draft-certificates/stored-certificate.ts";
import { propagate } from "./dependants.ts";
import { type Command, isEnded, type SagaEvent, type SagaState } from "./state.ts";

type Decided = { readonly state: SagaState; readonly commands: readonly Command[] };

const ANSWERS = {
  CERTIFICATE_CONFIRMED: "CONFIRMED",
  CERTIFICATE_DISPUTED: "DISPUTED",
  CERTIFICATE_EXPIRED: "ACCEPTED_BY_SILENCE",
} as const satisfies Record<string, CertificateState>;
type CertificateEvent = Extract<SagaEvent, { kind: keyof typeof ANSWERS }>;

export function isCertificateEvent(event: SagaEvent): event is CertificateEvent {
  return event.kind in ANSWERS;
}

/** Begins the work of a dossier: releases its first steps, or shows the draft certificate before. Adds to `commands`. */
export function beginWork(state: SagaState, commands: Command[]): Decided {
  if (state.certificate !== "PLANNED") return { state: { ...state, steps: propagate(state, commands) }, commands };
  commands.push({ kind: "RECORD", step: null, state: "AWAITING_CITIZEN" });
  return { state: { ...state, dossier: "AWAITING_CITIZEN", certificate: "AWAITED" }, commands };
}

/** Releases the first steps after the applicant's answer or silence. A second answer changes nothing. */
export function decideCertificate(state: SagaState, { kind }: CertificateEvent): Decided {
  if (!awaitsConfirmation(state)) return { state, commands: [] };
  const commands: Command[] = [{ kind: "RECORD", step: null, state: "IN_PROGRESS" }];
  return beginWork({ ...state, dossier: "IN_PROGRESS", certificate: ANSWERS[kind] }, commands);
}

/** Ends a draft certificate that can no longer be answered, because its dossier has ended. */
export function withLapsedCertificate(decided: Decided): Decided {
  const { certificate, dossier } = decided.state;
  const isOpen = certificate === "PLANNED" || certificate === "AWAITED";
  if (!isOpen || !isEnded(dossier)) return decided;
  return { ...decided, state: { ...decided.state, certificate: "LAPSED" } };
}

/** True if no step may begin, because the applicant has not answered the draft certificate. */
export function awaitsConfirmation({ dossier, certificate }: Pick<SagaState, "dossier" | "certificate">): boolean {
  return dossier === "AWAITING_CITIZEN" && certificate === "AWAITED";
}
