import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { Caller } from "../../subgraphs/_shared/caller.ts";
import { type Refusal, tooMany } from "../errors.ts";
import type { LimitName } from "./limits.ts";
import type { Limits } from "./variables.ts";

/**
 * What a caller and an address may ask within a window of time, counted in this process. The public is many: an anonymous
 * caller is counted by its address alone.
 * @throws Refusal RATE_LIMITED, from each of the three, with the seconds until the window is over.
 */
export type Allowance = {
  /** One request of an address, before anything else is looked at. */
  admitAddress(address: string): Promise<void>;
  /** One request of a caller who has shown a token. */
  admitCaller(caller: Caller): Promise<void>;
  /** The cost of an operation, before it is run. */
  spend(caller: Caller, address: string, cost: number): Promise<void>;
};

/** Nothing is stored beyond one counter for each caller and address seen within the window. */
export function openAllowance({ rate, cost }: Limits): Allowance {
  const windowOf = (points: number, duration: number) => new RateLimiterMemory({ points, duration, keyPrefix: "" });
  const addresses = windowOf(rate.perAddress, rate.windowSeconds);
  const callers = windowOf(rate.perCaller, rate.windowSeconds);
  const costs = windowOf(cost.perCaller, cost.windowSeconds);
  return {
    admitAddress: (address) => consume(addresses, address, 1, "requests", "this address sends"),
    async admitCaller({ role, subject }) {
      if (role !== "anonymous") await consume(callers, subject, 1, "requests", "you send");
    },
    async spend({ role, subject }, address, points) {
      const key = role === "anonymous" ? `address ${address}` : `caller ${subject}`;
      if (points > 0) await consume(costs, key, points, "costBudget", "your operations cost");
    },
  };
}

async function consume(
  limiter: RateLimiterMemory,
  key: string,
  points: number,
  name: LimitName,
  what: string,
): Promise<void> {
  try {
    await limiter.consume(key, points);
  } catch (reached) {
    throw reached instanceof RateLimiterRes ? refusal(reached, limiter, name, what) : reached;
  }
}

function refusal(reached: RateLimiterRes, limiter: RateLimiterMemory, name: LimitName, what: string): Refusal {
  const seconds = Math.max(1, Math.ceil(reached.msBeforeNext / 1_000));
  const limit = { name, allowed: limiter.points, asked: reached.consumedPoints };
  const message = `Too much: ${what} ${limit.asked} in ${limiter.duration} s, ${limit.allowed} are allowed; try again in ${seconds} s`;
  return tooMany(message, seconds, limit);
}
