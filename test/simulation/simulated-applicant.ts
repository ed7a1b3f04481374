import type { SagaEvent } from "../../subgraphs/one-stop/saga/state.ts";
import type { Schedule } from "./schedule.ts";
import type { People } from "./simulated-people.ts";
import type { Store } from "./simulated-store.ts";
import type { Timeline } from "./timeline.ts";

/** Applicant who answers the draft certificate once it is shown: twice at once, as two processes notice the end of the term. */
export function simulatedApplicant(
  { confirmation }: Pick<Schedule, "confirmation">,
  { store, time }: { store: Store; time: Timeline },
  write: (change: () => void) => void,
): People {
  let isPlanned = false;

  function answer(kind: NonNullable<Schedule["confirmation"]>["answer"]): void {
    const event: SagaEvent = kind === "CERTIFICATE_DISPUTED" ? { kind, remark: "" } : { kind };
    for (let times = 2; times > 0; times -= 1) write(() => store.apply(event, time.now));
  }

  return {
    look() {
      if (isPlanned || confirmation === null || store.state.certificate !== "AWAITED") return;
      isPlanned = true;
      time.plan(confirmation.afterMs, () => answer(confirmation.answer));
    },
  };
}
