import { chanceOf } from "../../../subgraphs/_shared/demo/population-chance.ts";
import type { Branches } from "../birth-requests.ts";

/** A planned request of a desk and its time; `rival` is another desk that sends the same child at the same time. */
export type PlannedRequest = {
  atMs: number;
  child: number;
  desk: number;
  clicks: number;
  rival?: number;
  without: Branches;
};

/** Percentages of double clicks, of children sent by two desks, and of requests without a branch. */
const OFTEN = { doubleClick: 15, twoDesks: 10, withoutResidence: 10, withoutInsurance: 10 };

/** Requests of all desks, spread over the campaign's seconds; the same for the same seed. */
export function plannedRequests(
  seed: number,
  plan: { requests: number; seconds: number; desks: number },
): PlannedRequest[] {
  const chance = chanceOf(seed);
  const happens = (percent: number) => chance.below(100) < percent;
  return Array.from({ length: plan.requests }, (_, child): PlannedRequest => {
    const desk = child % plan.desks;
    const rival = happens(OFTEN.twoDesks) && plan.desks > 1 ? (desk + 1) % plan.desks : undefined;
    const clicks = happens(OFTEN.doubleClick) ? 2 : 1;
    const without: Branches = happens(OFTEN.withoutResidence)
      ? { residence: false }
      : happens(OFTEN.withoutInsurance)
        ? { insurance: false }
        : {};
    return {
      ...{ atMs: (child * plan.seconds * 1_000) / plan.requests, child, desk, clicks, without },
      ...(rival !== undefined && { rival }),
    };
  });
}
