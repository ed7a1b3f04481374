import type { Gate, Pass } from "./gate.ts";
import type { Awaiting, Reply, Sending } from "./transport.ts";
import { abandoned, isWorthAnotherTry, late, Unreachable, unreachableBecause } from "./unreachable.ts";

/** One question on its way to a subgraph, with its further tries. Several requests may wait for it. */
export type Flight = {
  /** `performance.now()` milliseconds at which it is given up. */
  deadline: number;
  /** The request it was sent for. */
  requestId: string;
  /** How many requests wait for it. */
  waiting(): number;
  /** Waits for its reply, which is told at once if it is there. */
  join(one: Awaiting): void;
  /** Does not wait any more. When the last one leaves, it is given up. */
  leave(one: Awaiting): void;
};

export type FlightPlan = {
  deadline: number;
  requestId: string;
  /** How often it may be sent again when the connection broke or the subgraph asks for patience. */
  retries: number;
  gate: Gate;
  /** Sends it, each time anew; `leftMs` is how long its answer is waited for. */
  send(leftMs: number, to: Awaiting): Sending;
  /** Told before those who wait: with `why` if there was no usable answer. */
  ended(why: Unreachable | undefined): void;
  /** 0 to 1, for the pauses between tries. */
  random: () => number;
};

const FIRST_PAUSE_MS = 20;

/** Sends off a question. Whoever waits is called back, without promises in between: this is done for every fetch. */
export function takeOff(plan: FlightPlan): Flight {
  const { deadline, requestId, gate } = plan;
  const waiting = new Set<Awaiting>();
  const began = performance.now();
  let pass: Pass | undefined;
  let tries = 0;
  let sending: Sending | undefined;
  let pause: NodeJS.Timeout | undefined;
  let stopped: Unreachable | undefined;
  let tell: ((one: Awaiting) => void) | undefined;

  function end(why: Unreachable | undefined, how: (one: Awaiting) => void): void {
    if (tell) return;
    tell = how;
    clearTimeout(timer);
    clearTimeout(pause);
    if (pass) gate.leave(pass, why);
    plan.ended(why);
    for (const one of waiting) how(one);
  }

  function replied(reply: Reply): void {
    const why = unusable(reply);
    if (why) failed(why);
    else end(undefined, (one) => one.replied(reply));
  }

  function failed(why: Unreachable): void {
    const isFinal = stopped || !pass || pass.isProbe || !isWorthAnotherTry(why) || tries >= plan.retries;
    if (isFinal) end(why, (one) => one.failed(why));
    // Spread, so that those whose connections broke at once do not come back at once.
    else pause = setTimeout(send, FIRST_PAUSE_MS * 2 ** tries++ * (0.5 + plan.random() / 2));
  }

  function send(): void {
    pause = undefined;
    try {
      pass ??= gate.enter(began);
      sending = plan.send(deadline - performance.now(), { replied, failed });
    } catch (error) {
      failed(unreachableBecause(error));
    }
  }

  function stop(why: Unreachable): void {
    stopped ??= why;
    if (pause) end(why, (one) => one.failed(why));
    else sending?.abort(why);
  }

  const timer = setTimeout(() => stop(late()), deadline - began);
  send();
  return {
    deadline,
    requestId,
    waiting: () => waiting.size,
    join(one) {
      if (tell) tell(one);
      else waiting.add(one);
    },
    leave(one) {
      if (waiting.delete(one) && waiting.size === 0) stop(abandoned());
    },
  };
}

/** What is wrong with a reply that is not GraphQL, or a refusal of the gateway itself. */
function unusable({ status, text }: Reply): Unreachable | undefined {
  if (status === 401 || status === 403)
    return new Unreachable("it does not accept this gateway's identity", "unwelcome");
  if (status === 503) return new Unreachable("it failed with HTTP 503", "overloaded");
  if (status >= 500) return new Unreachable(`it failed with HTTP ${status}`, "failed");
  return /^\s*\{/.test(text) ? undefined : notGraphql(status);
}

export function notGraphql(status: number): Unreachable {
  return new Unreachable(`its answer was not GraphQL (HTTP ${status})`, "failed");
}
