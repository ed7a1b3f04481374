import type { GraphQLError } from "graphql";
import type { OperationToPlan } from "./operation-to-plan.ts";
import type { Planned, PlanRequest } from "./planned.ts";
import { refusedPlanning } from "./planning-refusals.ts";

/** Longest delay that `setTimeout` accepts. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export type PlanningJobEvents = {
  /** Error of a request that can wait no longer. */
  refusalOf(job: PlanningJob): GraphQLError;
  /** No request waits for the plan any more. */
  onAbandoned(job: PlanningJob): void;
};

/** Planning of one operation, for all requests that wait for it. */
export class PlanningJob {
  readonly operation: OperationToPlan;
  /** Key of the client that it is queued for; clients take turns. */
  readonly client: string;
  /** True once it has taken longer than a short planning. */
  isLong = false;
  isRunning = false;
  private readonly waiting = new Set<(planned: Planned) => void>();
  private readonly events: PlanningJobEvents;

  constructor(operation: OperationToPlan, client: string, events: PlanningJobEvents) {
    this.operation = operation;
    this.client = client;
    this.events = events;
  }

  /** Waits for the plan until the request's deadline, or until its client disconnects before the planning begins. */
  join({ deadline, signal }: PlanRequest): Promise<Planned> {
    return new Promise((resolve) => {
      const finish = (planned: Planned) => {
        this.waiting.delete(finish);
        clearTimeout(timer);
        signal?.removeEventListener("abort", onDisconnect);
        resolve(planned);
      };
      const giveUp = () => {
        finish(refusedPlanning(this.events.refusalOf(this)));
        if (this.waiting.size === 0) this.events.onAbandoned(this);
      };
      const onDisconnect = { handleEvent: () => void (this.isRunning || giveUp()) };
      const leftMs = deadline - performance.now();
      const timer = leftMs < LONGEST_TIMER_MS ? setTimeout(giveUp, leftMs) : undefined;
      signal?.addEventListener("abort", onDisconnect);
      this.waiting.add(finish);
    });
  }

  settle(planned: Planned): void {
    for (const finish of this.waiting) finish(planned);
  }
}
