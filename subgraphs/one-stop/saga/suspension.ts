import type { StoredClock } from "../clock/stored-clock.ts";
import { certificateClock } from "../draft-certificates/certificate.ts";
import { paymentClock } from "./clocks.ts";
import { awaitsConfirmation } from "./decide-certificate.ts";
import type { SagaState } from "./state.ts";

/** Business time, and the ends of the terms (ISO texts) to pay and to confirm the draft certificate, null where there are none. */
type Terms = { now: Date; payBy: string | null; confirmBy: string | null };

/**
 * Suspension of the terms that run from the receipt, where a change begins to await a payment or the confirmation of the draft
 * certificate; null where it begins neither.
 */
export function suspensionOf(
  before: SagaState,
  next: SagaState,
  { now, payBy, confirmBy }: Terms,
): ((clock: StoredClock | null) => StoredClock) | null {
  if (awaitsConfirmation(next) && !awaitsConfirmation(before))
    return (clock) => certificateClock(clock, now, confirmBy);
  if (next.dossier === "AWAITING_PAYMENT" && before.dossier !== next.dossier)
    return (clock) => paymentClock(clock, now, payBy);
  return null;
}

/** True if the terms of the dossier stand still for a payment or the confirmation of the draft certificate. */
export function isSuspended(state: SagaState): boolean {
  return state.dossier === "AWAITING_PAYMENT" || awaitsConfirmation(state);
}
