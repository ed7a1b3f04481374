import type { ExecutionError } from "../executor/compiled-operation.ts";
import type { GraphqlParameters } from "../http/read-parameters.ts";
import type { GraphqlResponse } from "../pipeline/graphql-response.ts";
import type { AdmitCost, Execute, Operations } from "../pipeline/operations.ts";
import type { RequestScope } from "../subgraph-client/request-scope.ts";
import { SubgraphFailure } from "../subgraph-client/subgraph-failure.ts";
import { combinedSignal } from "./combined-signal.ts";
import { type Subscription, startSubscription } from "./subscriptions.ts";

/** What a client is sent for one event: where to go on after it, and the answer. */
export type SubscriptionResponse = { id: string | undefined; answer: GraphqlResponse };

export type SubscriptionRequest = {
  parameters: GraphqlParameters;
  /** The id of the last event that the client has seen. */
  after: string | undefined;
  /** Aborted when nobody reads any more. */
  signal: AbortSignal;
  /** What goes with an answer, made anew for each; looks at the client's token again. @throws Refusal */
  newScope(): Promise<RequestScope>;
  admit: AdmitCost;
};

/** The operations of the supergraph's present version, until it is replaced by another one. */
export type CurrentOperations = { operations: Operations; replaced: AbortSignal };

export type Answering = {
  /** The answer to a subscription's event out of what `execute` brings. */
  executed(subscription: Subscription, execute: Execute, scope: RequestScope): Promise<GraphqlResponse>;
  refused(errors: readonly ExecutionError[], scope: RequestScope): GraphqlResponse;
};

/** How often a subgraph is tried that does not take a subscription; one that has taken it is tried until the client goes. */
const FIRST_TRIES = 3;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

/**
 * The answers to a subscription: its subgraph is listened to, and for each event the selection is completed across the agencies
 * by the executor. When the connection breaks, or the supergraph or the caller's rights change, it is listened to anew after
 * the last event, without the client noticing. It is paid for once.
 */
export async function* subscriptionResponses(
  { parameters, after, signal, newScope, admit }: SubscriptionRequest,
  present: () => CurrentOperations,
  { executed, refused }: Answering,
): AsyncGenerator<SubscriptionResponse> {
  let last = after;
  let isTaken = false;
  for (let failures = 0; !signal.aborted; ) {
    const { operations, replaced } = present();
    const scope = await newScope();
    const subscription = await startSubscription(operations, parameters, scope, isTaken ? undefined : admit);
    if (!("listen" in subscription)) return void (yield { id: undefined, answer: refused(subscription, scope) });
    const answered = (to: RequestScope, said: Parameters<Subscription["executeWith"]>[0]) =>
      executed(subscription, subscription.executeWith(said), to);
    if (!subscription.listen) return void (yield { id: undefined, answer: await answered(scope, nothing) });
    const until = combinedSignal(signal, replaced);
    try {
      let holds = true;
      for await (const event of subscription.listen(scope, last, until.signal)) {
        isTaken = true;
        failures = 0;
        if (event === "open") continue;
        const forEvent = { ...(await newScope()), eventId: event.id };
        holds = subscription.isValidFor(forEvent.caller);
        if (!holds) break;
        yield { id: event.id, answer: await answered(forEvent, event.response) };
        last = event.id ?? last;
      }
      if (holds) return;
    } catch (error) {
      if (!(error instanceof SubgraphFailure)) throw error;
      if (signal.aborted || replaced.aborted) continue;
      if (!isTaken && ++failures >= FIRST_TRIES) {
        const failed = () => {
          throw error; // what the executor makes of it is partial truth
        };
        return void (yield { id: undefined, answer: await answered(scope, failed) });
      }
      await pause(Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS) * (0.5 + Math.random() / 2), until.signal);
      if (isTaken) failures++;
    } finally {
      until.release();
    }
  }
}

function nothing(): never {
  throw new Error("A subscription without a source asks nobody");
}

function pause(ms: number, until: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      until.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    until.addEventListener("abort", done);
    if (until.aborted) done();
  });
}
