import type { Gate, Pass } from "./gate.ts";
import type { Reply, Sending } from "./transport.ts";
import { abandoned, isWorthAnotherTry, late, Unreachable, unreachableBecause } from "./unreachable.ts";

/** One question on its way to a subgraph, with its further tries. Several requests may wait for it. */
export type Flight = {
  /** @throws Unreachable */
  reply: Promise<Reply>;
  /** `performance.now()` milliseconds at which it is given up. */
  deadline: number;
  /** The request it was sent for. */
  requestId: string;
  /** How many requests wait for it; when the last one leaves it is given up. */
  waiting: number;
  abandon(): void;
};

export type FlightPlan = {
  deadline: number;
  requestId: string;
  /** How often it may be sent again when the connection broke or the subgraph asks for patience. */
  retries: number;
  gate: Gate;
  /** Sends it, each time anew; `leftMs` is how long its answer is waited for. */
  send(leftMs: number): Sending;
  /** 0 to 1, for the pauses between tries. */
  random: () => number;
};

const FIRST_PAUSE_MS = 20;

/** Sends off a question. Nobody need handle the rejection of its reply. */
export function takeOff(plan: FlightPlan): Flight {
  const { deadline, requestId, gate, random } = plan;
  let sending: Sending | undefined;
  let stopped: Unreachable | undefined;
  let wake: (() => void) | undefined;
  const began = performance.now();
  const timer = setTimeout(() => stop(late()), deadline - began);

  function stop(why: Unreachable): void {
    stopped ??= why;
    sending?.abort(why);
    wake?.();
  }

  async function fly(): Promise<Reply> {
    let pass: Pass | undefined;
    let tries = 0;
    try {
      pass = gate.enter(began);
      for (;;) {
        try {
          sending = plan.send(deadline - performance.now());
          const reply = usable(await sending.reply);
          gate.leave(pass, undefined);
          return reply;
        } catch (error) {
          const why = unreachableBecause(error);
          if (stopped || !isWorthAnotherTry(why) || pass.isProbe || tries >= plan.retries) throw why;
          await pause(FIRST_PAUSE_MS * 2 ** tries++ * (0.5 + random() / 2));
        }
      }
    } catch (error) {
      const why = unreachableBecause(error);
      if (pass) gate.leave(pass, why);
      throw why;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Spread, so that those whose connections broke at once do not come back at once. */
  async function pause(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const waiting = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(waiting);
        resolve();
      };
    });
    wake = undefined;
    if (stopped) throw stopped;
  }

  const reply = fly();
  reply.catch(() => {});
  return { reply, deadline, requestId, waiting: 0, abandon: () => stop(abandoned()) };
}

/** @throws Unreachable for what is not GraphQL, and for a refusal of the gateway itself. */
function usable(reply: Reply): Reply {
  const { status, text } = reply;
  if (status === 401 || status === 403)
    throw new Unreachable("it does not accept this gateway's identity", "unwelcome");
  if (status === 503) throw new Unreachable("it failed with HTTP 503", "overloaded");
  if (status >= 500) throw new Unreachable(`it failed with HTTP ${status}`, "failed");
  if (!/^\s*\{/.test(text)) throw notGraphql(status);
  return reply;
}

export function notGraphql(status: number): Unreachable {
  return new Unreachable(`its answer was not GraphQL (HTTP ${status})`, "failed");
}
