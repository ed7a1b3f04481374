import { GraphQLError } from "graphql";
import type { Caller } from "../../../subgraphs/_shared/identity/caller.ts";
import { type ExceededLimit, tooManyRequests } from "../../errors.ts";
import type { Limits } from "./limits-configuration.ts";
import { type Excess, type Rest, WindowCounters } from "./window-counters.ts";

/**
 * Rate limits of callers and addresses within a time window, counted in this process. Anonymous callers share one subject, so
 * they are counted by their addresses. All refusals are RATE_LIMITED and give the seconds until the window ends.
 */
export type RateLimiter = {
  /** Counts one request of an address, before anything else is read. @throws Refusal */
  admitAddress(address: string): void;
  /** Counts one request of an authenticated caller. @throws Refusal */
  admitCaller(caller: Caller): void;
  /** Charges the cost of an operation before its execution; returns an error when it exceeds the rest of the budget. */
  spendCost(caller: Caller, address: string, cost: number): GraphQLError | undefined;
  /** Rests of all limits that hold for a caller. */
  rests(caller: Caller, address: string): NamedRest[];
};

/** Names of the limits: requests of an address, requests of a caller, cost of the operations. */
type RateLimitName = "address" | "caller" | "cost";
type NamedRest = Rest & { name: RateLimitName };

/** Stores one counter for each caller and address of the window. */
export function openRateLimiter({ rate, cost }: Limits): RateLimiter {
  const addresses = new WindowCounters(rate.perAddress, rate.windowSeconds);
  const callers = new WindowCounters(rate.perCaller, rate.windowSeconds);
  const costs = new WindowCounters(cost.perCaller, cost.windowSeconds);
  return {
    admitAddress: (address) => admit(addresses.add(address, 1), "address", "This address sends too many requests"),
    admitCaller({ role, subject }) {
      if (role !== "anonymous") admit(callers.add(subject, 1), "caller", "You send too many requests");
    },
    spendCost({ role, subject }, address, points) {
      if (points === 0) return undefined;
      const excess = costs.add(costKey(role, subject, address), points);
      return excess && costError(excess);
    },
    rests({ role, subject }, address) {
      const ofAddress: NamedRest = { name: "address", ...addresses.restOf(address) };
      const ofCost: NamedRest = { name: "cost", ...costs.restOf(costKey(role, subject, address)) };
      if (role === "anonymous") return [ofAddress, ofCost];
      return [{ name: "caller", ...callers.restOf(subject) }, ofAddress, ofCost];
    },
  };
}

function costKey(role: Caller["role"], subject: string, address: string): string {
  return role === "anonymous" ? `address ${address}` : `caller ${subject}`;
}

/** @throws Refusal of a request for which a limit is reached. */
function admit(excess: Excess | undefined, name: RateLimitName, reason: string): void {
  if (!excess) return;
  const { allowed, windowSeconds, seconds } = excess;
  const headers = {
    "ratelimit-policy": `"${name}";q=${allowed};w=${windowSeconds}`,
    ratelimit: `"${name}";r=0;t=${seconds}`,
  };
  throw tooManyRequests(`${reason}: ${describeExcess(excess)}`, seconds, requests(excess), headers);
}

function costError(excess: Excess): GraphQLError {
  const { asked, allowed, seconds } = excess;
  const limit: ExceededLimit = { name: "costBudget", allowed, asked };
  const extensions = { code: "RATE_LIMITED", limit, retryAfterSeconds: seconds };
  return new GraphQLError(`Your operations cost too much together: ${describeExcess(excess)}`, { extensions });
}

function describeExcess({ asked, allowed, windowSeconds, seconds }: Excess): string {
  return `${asked} in ${windowSeconds} s, ${allowed} are allowed; try again in ${seconds} s`;
}

function requests({ asked, allowed }: Excess): ExceededLimit {
  return { name: "requests", allowed, asked };
}
