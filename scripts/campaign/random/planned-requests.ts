import { seededRandom } from "../../../subgraphs/_shared/demo/population-random.ts";
import type { Branches } from "../birth-requests.ts";

/** A planned request of a desk and its time; `rival` is another desk that sends the same child at the same time. */
export type PlannedRequest = {
  atMs: number;
  child: number;
  desk: number;
  clicks: number;
  rival?: number;
  without: Branches;
  /** Received while the desk is offline: sent later in a batch, under a reserved code. */
  offline: boolean;
};

/** Percentages of double clicks, of children sent by two desks, of requests without a branch, and of offline ones. */
const PERCENT = { doubleClick: 15, twoDesks: 10, withoutResidence: 10, withoutInsurance: 10, offline: 15 };

/** Requests of all desks, spread over the campaign's seconds; the same for the same seed. */
export function plannedRequests(
  seed: number,
  plan: { requests: number; seconds: number; desks: number },
): PlannedRequest[] {
  const random = seededRandom(seed);
  const happens = (percent: number) => random.below(100) < percent;
  return Array.from({ length: plan.requests }, (_, child): PlannedRequest => {
    const desk = child % plan.desks;
    const rival = happens(PERCENT.twoDesks) && plan.desks > 1 ? (desk + 1) % plan.desks : undefined;
    const clicks = happens(PERCENT.doubleClick) ? 2 : 1;
    const without: Branches = happens(PERCENT.withoutResidence)
      ? { residence: false }
      : happens(PERCENT.withoutInsurance)
        ? { insurance: false }
        : {};
    return {
      ...{
        atMs: (child * plan.seconds * 1_000) / plan.requests,
        child,
        desk,
        clicks,
        without,
        offline: happens(PERCENT.offline),
      },
      ...(rival !== undefined && { rival }),
    };
  });
}
