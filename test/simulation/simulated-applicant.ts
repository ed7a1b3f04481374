import type { SagaEvent } from "../../subgraphs/one-stop/saga/state.ts";
import type { Schedule } from "./schedule.ts";
import type { People } from "./simulated-people.ts";
import type { Store } from "./simulated-store.ts";
import type { Timeline } from "./timeline.ts";

/**
 * Applicant who answers the draft certificate once it is shown: twice at once, as two processes notice the end of the term. What an
 * agency has stated is paid after the end of a term, and the provider repeats its notice.
 */
export function simulatedApplicant(
  { confirmation, stated }: Pick<Schedule, "confirmation" | "stated">,
  { store, time }: { store: Store; time: Timeline },
  write: (change: () => void) => void,
): People {
  let isPlanned = false;
  let isPaid = false;

  function answer(kind: NonNullable<Schedule["confirmation"]>["answer"]): void {
    const event: SagaEvent = kind === "CERTIFICATE_DISPUTED" ? { kind, remark: "" } : { kind };
    for (let times = 2; times > 0; times -= 1) write(() => store.apply(event, time.now));
  }

  function lookForPayment(): void {
    if (isPaid || stated === null || store.state.payment?.state !== "PENDING") return;
    isPaid = true;
    const apply = (event: SagaEvent) => () => write(() => store.apply(event, time.now));
    time.plan(stated.paidAfterMs / 2, apply({ kind: "PAYMENT_EXPIRED" }));
    time.plan(stated.paidAfterMs, apply({ kind: "PAID", note: "" }));
    time.plan(stated.paidAfterMs * 1.5, apply({ kind: "PAID", note: "" }));
  }

  return {
    look() {
      lookForPayment();
      if (isPlanned || confirmation === null || store.state.certificate !== "AWAITED") return;
      isPlanned = true;
      time.plan(confirmation.afterMs, () => answer(confirmation.answer));
    },
  };
}
