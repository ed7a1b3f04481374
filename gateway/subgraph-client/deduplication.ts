import { identityText } from "../../subgraphs/_shared/identity/caller-text.ts";
import type { Flight } from "./in-flight-request.ts";
import { cancelled, type SubgraphFailure, timedOut } from "./subgraph-failure.ts";
import type { RequestScope, SubgraphRequest } from "./subgraph-request.ts";
import type { ExchangeListener, HttpResponse } from "./transport/transport.ts";

const MOST_KNOWN = 1_000;
/** A question that is given up long before one's own time is over is not waited for. */
const LEAST_SHARE_OF_TIME = 0.5;

export type Sharing = {
  /** Asks a query, together with others who ask the same at this moment and for whom the answer must be the same. */
  ask(call: SubgraphRequest, scope: RequestScope, to: ExchangeListener): void;
  /** A question has ended. */
  ended(flight: Flight, reply: HttpResponse | undefined): void;
  /** How many questions on their way may be joined. */
  size(): number;
};

export type SharingOptions = {
  /** Whether the subgraph is told who asks. */
  isSealed: boolean;
  /** Sends a question off, which others may join by its key. */
  takeOff(call: SubgraphRequest, scope: RequestScope, key: string | undefined): Flight;
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

  function learn(query: string, { recordsNothing }: HttpResponse): void {
    if (!isSealed || recordsNothing === harmless.has(query)) return;
    if (!recordsNothing) harmless.delete(query);
    else if (harmless.size < MOST_KNOWN) harmless.add(query);
  }

  function begin(call: SubgraphRequest, scope: RequestScope, to: ExchangeListener, key: string | undefined): void {
    const flight = takeOff(call, scope, key);
    if (key !== undefined && !flight.hasEnded) flights.set(key, flight);
    waitFor(flight, scope, to);
  }

  return {
    size: () => flights.size,
    ended(flight, reply) {
      const { key, call } = flight.question;
      if (key !== undefined && flights.get(key) === flight) flights.delete(key); // another may have taken its place
      if (reply && call.kind === "query") learn(call.query, reply);
    },
    ask(call, scope, to) {
      if (isSealed && !harmless.has(call.query)) return begin(call, scope, to, undefined);
      const key = `${isSealed ? identityText(scope.caller) : ""}\0${call.variables}\0${call.operationName ?? ""}\0${call.query}`;
      const found = flights.get(key);
      if (!found || !isInTime(found, scope)) return begin(call, scope, to, key);
      joined();
      waitFor(found, scope, {
        onResponse(reply) {
          const isOurs = !isSealed || reply.recordsNothing || found.question.scope.requestId === scope.requestId;
          if (isOurs) to.onResponse(reply);
          else begin(call, scope, to, undefined);
        },
        onFailure: (why) => to.onFailure(why),
      });
    },
  };
}

function isInTime(flight: Flight, { deadline }: RequestScope): boolean {
  const now = performance.now();
  return flight.isWaitedFor() && flight.deadline - now >= (deadline - now) * LEAST_SHARE_OF_TIME;
}

/**
 * Waits for a flight until it ends, one's own time is over or one's client has gone. The last one who leaves ends it; a
 * mutation is on its way for good: whoever sent it may be gone, and it is waited for all the same.
 */
export function waitFor(flight: Flight, scope: RequestScope, to: ExchangeListener, isForGood = false): void {
  if (!isForGood && scope.signal?.aborted) to.onFailure(cancelled());
  else flight.join(new Waiter(flight, scope, to, isForGood));
}

class Waiter implements ExchangeListener {
  private readonly flight: Flight;
  private readonly signal: RequestScope["signal"];
  private readonly to: ExchangeListener;
  private readonly timer: NodeJS.Timeout | undefined;

  constructor(flight: Flight, { deadline, signal }: RequestScope, to: ExchangeListener, isForGood: boolean) {
    this.flight = flight;
    this.signal = isForGood ? undefined : signal;
    this.to = to;
    const isOwn = flight.deadline <= deadline; // then its own timer does
    this.timer = isOwn ? undefined : setTimeout(() => this.leave(timedOut()), deadline - performance.now());
    this.signal?.addEventListener("abort", this);
  }

  onResponse(reply: HttpResponse): void {
    this.stopWaiting();
    this.to.onResponse(reply);
  }

  onFailure(why: SubgraphFailure): void {
    this.stopWaiting();
    this.to.onFailure(why);
  }

  /** The client has gone. */
  handleEvent(): void {
    this.leave(cancelled());
  }

  private leave(why: SubgraphFailure): void {
    this.stopWaiting();
    this.flight.leave(this);
    this.to.onFailure(why);
  }

  private stopWaiting(): void {
    if (this.timer) clearTimeout(this.timer);
    this.signal?.removeEventListener("abort", this);
  }
}
