import type { GraphQLError } from "graphql";
import { FairQueue } from "./fair-queue.ts";
import type { PlanningJob } from "./planning-job.ts";
import { tooManyPlannings } from "./planning-refusals.ts";

/** Part of the queue that one client may fill. */
const CLIENTS_SHARE = 1 / 4;

/** Operations that wait for a planner thread: those known to take long, and all others. Clients take turns in each. */
export class PlanningQueue {
  private readonly most: number;
  private readonly short = new FairQueue<PlanningJob>();
  private readonly long = new FairQueue<PlanningJob>();

  constructor(most: number) {
    this.most = most;
  }

  get size(): number {
    return this.short.size + this.long.size;
  }

  /** Error for a further operation of a client where there is no room. */
  refusalOf(client: string): GraphQLError | undefined {
    if (this.size >= this.most) return tooManyPlannings(this.most);
    const share = Math.ceil(this.most * CLIENTS_SHARE);
    return this.short.sizeOf(client) + this.long.sizeOf(client) >= share ? tooManyPlannings(share) : undefined;
  }

  add(job: PlanningJob): void {
    this.laneOf(job).add(job.client, job);
  }

  remove(job: PlanningJob): void {
    this.laneOf(job).remove(job.client, job);
  }

  /** Removes and returns the next operation. Long ones come first where they may run, since short ones have a thread left. */
  take(mayBeLong: boolean): PlanningJob | undefined {
    return (mayBeLong ? this.long.take() : undefined) ?? this.short.take();
  }

  private laneOf(job: PlanningJob): FairQueue<PlanningJob> {
    return job.isLong ? this.long : this.short;
  }
}
