import type { Caller } from "../../subgraphs/_shared/caller.ts";
import type { RequestScope, SubgraphCall } from "./call.ts";
import type { Flight } from "./flight.ts";
import type { Awaiting, Reply } from "./transport.ts";
import { abandoned, late, type Unreachable } from "./unreachable.ts";

const MOST_KNOWN = 1_000;
/** A question that is given up long before one's own time is over is not waited for. */
const LEAST_SHARE_OF_TIME = 0.5;

export type Sharing = {
  /** Asks a query, together with others who ask the same at this moment and for whom the answer must be the same. */
  ask(call: SubgraphCall, scope: RequestScope, to: Awaiting): void;
  /** How many questions on their way may be joined. */
  size(): number;
};

export type SharingOptions = {
  /** Whether the subgraph is told who asks. */
  isSealed: boolean;
  /** Sends a question off; `over` is told once it has ended. */
  takeOff(call: SubgraphCall, scope: RequestScope, over?: () => void): Flight;
  /** A request waits for another one's question. */
  joined(): void;
};

/**
 * Identical queries that are on their way to one subgraph at the same moment are sent once. "Identical" is the operation, its
 * name, its variables and everything the subgraph is told of the caller, except the id of the request. That id matters
 * where the subgraph records whose data were read: each request must have a record of its own. So it is joined only what is known
 * to record nothing, and if it recorded something after all, everyone who joined asks once more by himself.
 */
export function sharing({ isSealed, takeOff, joined }: SharingOptions): Sharing {
  const flights = new Map<string, Flight>();
  /** Operations whose last answer recorded nothing. */
  const harmless = new Set<string>();

  function learn(query: string, { recordsNothing }: Reply): void {
    if (!isSealed || recordsNothing === harmless.has(query)) return;
    if (!recordsNothing) harmless.delete(query);
    else if (harmless.size < MOST_KNOWN) harmless.add(query);
  }

  function begin(key: string, call: SubgraphCall, scope: RequestScope): Flight {
    let flight: Flight | undefined;
    let isOver = false;
    flight = takeOff(call, scope, () => {
      isOver = true; // perhaps before it is known here
      if (flights.get(key) === flight) flights.delete(key);
    });
    if (!isOver) flights.set(key, flight);
    return flight;
  }

  /** Whoever has sent a question learns from its reply. */
  function waitAndLearn(flight: Flight, call: SubgraphCall, scope: RequestScope, to: Awaiting): void {
    waitFor(flight, scope, {
      replied(reply) {
        learn(call.query, reply);
        to.replied(reply);
      },
      failed: to.failed,
    });
  }

  return {
    size: () => flights.size,
    ask(call, scope, to) {
      if (isSealed && !harmless.has(call.query)) return waitAndLearn(takeOff(call, scope), call, scope, to);
      const key = `${isSealed ? identityOf(scope.caller) : ""}\0${call.variables}\0${call.operationName ?? ""}\0${call.query}`;
      const found = flights.get(key);
      if (!found || !isInTime(found, scope)) return waitAndLearn(begin(key, call, scope), call, scope, to);
      joined();
      waitFor(found, scope, {
        replied(reply) {
          const isOurs = !isSealed || reply.recordsNothing || found.requestId === scope.requestId;
          if (isOurs) to.replied(reply);
          else waitAndLearn(takeOff(call, scope), call, scope, to);
        },
        failed: to.failed,
      });
    },
  };
}

function isInTime(flight: Flight, { deadline }: RequestScope): boolean {
  const now = performance.now();
  return flight.waiting() > 0 && flight.deadline - now >= (deadline - now) * LEAST_SHARE_OF_TIME;
}

/** Everything that a subgraph is told of a caller, but for the request's id. */
function identityOf({ requestId, ...identity }: Caller): string {
  return JSON.stringify(identity);
}

/**
 * Waits for a flight until it ends, one's own time is over or one's client has gone. The last one who leaves ends it; a
 * mutation is on its way for good: whoever sent it may be gone, and it is waited for all the same.
 */
export function waitFor(flight: Flight, scope: RequestScope, to: Awaiting, isForGood = false): void {
  const signal = isForGood ? undefined : scope.signal;
  if (signal?.aborted) return void to.failed(abandoned());
  const isOwn = flight.deadline <= scope.deadline; // then its own timer does
  const timer = isOwn ? undefined : setTimeout(() => leave(late()), scope.deadline - performance.now());
  const gone = () => leave(abandoned());
  const one: Awaiting = {
    replied(reply) {
      stopWaiting();
      to.replied(reply);
    },
    failed(why) {
      stopWaiting();
      to.failed(why);
    },
  };
  signal?.addEventListener("abort", gone);
  flight.join(one);

  function stopWaiting(): void {
    if (timer) clearTimeout(timer);
    signal?.removeEventListener("abort", gone);
  }

  function leave(why: Unreachable): void {
    stopWaiting();
    flight.leave(one);
    to.failed(why);
  }
}
