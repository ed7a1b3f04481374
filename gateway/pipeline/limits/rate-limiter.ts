import { GraphQLError } from "graphql";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { Caller } from "../../../subgraphs/_shared/identity/caller.ts";
import { type ExceededLimit, tooManyRequests } from "../../errors.ts";
import type { Limits } from "./limits-configuration.ts";

/**
 * Rate limits of callers and addresses within a time window, counted in this process. Anonymous callers share one subject, so
 * they are counted by their addresses. All refusals are RATE_LIMITED and give the seconds until the window ends.
 */
export type RateLimiter = {
  /** Counts one request of an address, before anything else is read. @throws Refusal. */
  admitAddress(address: string): Promise<void>;
  /** Counts one request of an authenticated caller. @throws Refusal. */
  admitCaller(caller: Caller): Promise<void>;
  /** Charges the cost of an operation before its execution; returns an error when it exceeds the rest of the budget. */
  spendCost(caller: Caller, address: string, cost: number): Promise<GraphQLError | undefined>;
};

/** Stores one counter for each caller and address of the window. */
export function openRateLimiter({ rate, cost }: Limits): RateLimiter {
  const windowOf = (points: number, duration: number) => new RateLimiterMemory({ points, duration, keyPrefix: "" });
  const addresses = windowOf(rate.perAddress, rate.windowSeconds);
  const callers = windowOf(rate.perCaller, rate.windowSeconds);
  const costs = windowOf(cost.perCaller, cost.windowSeconds);
  return {
    async admitAddress(address) {
      const excess = await consume(addresses, address, 1);
      if (excess)
        throw tooManyRequests(
          `This address sends too many requests: ${told(excess)}`,
          excess.seconds,
          requests(excess),
        );
    },
    async admitCaller({ role, subject }) {
      const excess = role === "anonymous" ? undefined : await consume(callers, subject, 1);
      if (excess)
        throw tooManyRequests(`You send too many requests: ${told(excess)}`, excess.seconds, requests(excess));
    },
    async spendCost({ role, subject }, address, points) {
      if (points === 0) return undefined;
      const excess = await consume(costs, role === "anonymous" ? `address ${address}` : `caller ${subject}`, points);
      if (!excess) return undefined;
      const { asked, allowed, seconds } = excess;
      const limit: ExceededLimit = { name: "costBudget", allowed, asked };
      const extensions = { code: "RATE_LIMITED", limit, retryAfterSeconds: seconds };
      return new GraphQLError(`Your operations cost too much together: ${told(excess)}`, { extensions });
    },
  };
}

type Excess = { asked: number; allowed: number; windowSeconds: number; seconds: number };

async function consume(limiter: RateLimiterMemory, key: string, points: number): Promise<Excess | undefined> {
  try {
    await limiter.consume(key, points);
    return undefined;
  } catch (reached) {
    if (!(reached instanceof RateLimiterRes)) throw reached;
    const seconds = Math.max(1, Math.ceil(reached.msBeforeNext / 1_000));
    return { asked: reached.consumedPoints, allowed: limiter.points, windowSeconds: limiter.duration, seconds };
  }
}

function told({ asked, allowed, windowSeconds, seconds }: Excess): string {
  return `${asked} in ${windowSeconds} s, ${allowed} are allowed; try again in ${seconds} s`;
}

function requests({ asked, allowed }: Excess): ExceededLimit {
  return { name: "requests", allowed, asked };
}
