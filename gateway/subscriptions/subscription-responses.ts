import type { GraphqlParameters } from "../pipeline/graphql-parameters.ts";
import type { GraphqlResponse } from "../pipeline/graphql-response.ts";
import type { Pipeline } from "../pipeline/pipeline.ts";
import type { AdmitCost } from "../pipeline/request.ts";
import { subscriptionNeedsDirectExecutor } from "../pipeline/request-errors.ts";
import type { RequestScope } from "../subgraph-client/request-scope.ts";
import { isRefusal, SubgraphFailure } from "../subgraph-client/subgraph-failure.ts";
import { combinedSignal } from "./combined-signal.ts";
import { type Subscription, startSubscription } from "./subscriptions.ts";

/** Response to one event, with the id by which the client continues after it. */
export type SubscriptionResponse = { id: string | undefined; response: GraphqlResponse };

export type SubscriptionRequest = {
  parameters: GraphqlParameters;
  /** Id of the last event that the client has received. */
  after: string | undefined;
  /** Aborted when the client disconnects. */
  signal: AbortSignal;
  /** Makes the scope of one response and verifies the client's token again. @throws Refusal */
  newScope(): Promise<RequestScope>;
  chargeCost: AdmitCost;
};

type SubscriptionPipeline = Pick<Pipeline, "current" | "respond" | "refuse" | "costAdmission" | "servesSubscriptions">;

/**
 * Attempts in a row at a subgraph that does not accept a subscription, or refuses it before its first event. Any other failure of one
 * that has accepted is retried until the client leaves.
 */
const FIRST_ATTEMPTS = 3;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Responses to a subscription, one for each event of its subgraph, completed across the agencies by the executor. When the
 * connection breaks, or the supergraph or the caller's rights change, the gateway subscribes again after the last event,
 * unnoticed by the client. The cost is charged once.
 */
export async function* subscriptionResponses(
  pipeline: SubscriptionPipeline,
  { parameters, after, signal, newScope, chargeCost }: SubscriptionRequest,
): AsyncGenerator<SubscriptionResponse> {
  if (!pipeline.servesSubscriptions) {
    return void (yield single(pipeline.refuse([subscriptionNeedsDirectExecutor()], await newScope())));
  }
  const admitCost = pipeline.costAdmission(chargeCost);
  let last = after;
  let isAccepted = false;
  let hasEvents = false;
  let refusals = 0;
  for (let failures = 0; !signal.aborted; ) {
    const { operations, replaced } = pipeline.current();
    const scope = await newScope();
    const subscription = await startSubscription(operations, parameters, scope, isAccepted ? undefined : admitCost);
    if (!("listen" in subscription)) return void (yield single(pipeline.refuse(subscription, scope)));
    if (!subscription.listen) return void (yield single(await responseTo(pipeline, subscription, scope, noEvent)));
    const until = combinedSignal(signal, replaced);
    const opened = performance.now();
    try {
      let isValid = true;
      for await (const event of subscription.listen(scope, last, until.signal)) {
        isAccepted = true;
        if (event === "open") continue;
        hasEvents = true;
        // Otherwise a stream that breaks before or after its first event would be opened again many times a second.
        const isContinued = event.id !== undefined && event.id !== last;
        if (isContinued || performance.now() - opened > LONGEST_PAUSE_MS) failures = 0;
        const eventScope = { ...(await newScope()), eventId: event.id };
        isValid = subscription.isValidFor(eventScope.caller);
        if (!isValid) break;
        yield { id: event.id, response: await responseTo(pipeline, subscription, eventScope, event.response) };
        last = event.id ?? last;
      }
      if (isValid) return;
    } catch (error) {
      if (!(error instanceof SubgraphFailure)) throw error;
      if (signal.aborted || replaced.aborted) continue;
      const isRetried = isAccepted && (hasEvents || !isRefusal(error));
      refusals = isRetried ? 0 : refusals + 1;
      if (refusals >= FIRST_ATTEMPTS) {
        const failed = () => {
          throw error; // the executor attributes it to the fields that it affects
        };
        return void (yield single(await responseTo(pipeline, subscription, scope, failed)));
      }
      await pause(backoffMs(Math.max(failures, refusals)), until.signal); // longer where the subgraph accepts nothing
      failures++;
    } finally {
      until.release();
    }
  }
}

function responseTo(
  pipeline: SubscriptionPipeline,
  { operations, preparation, parameters, eventExecutor }: Subscription,
  scope: RequestScope,
  readEvent: Parameters<Subscription["eventExecutor"]>[0],
): Promise<GraphqlResponse> {
  const execute = eventExecutor(readEvent);
  return pipeline.respond({
    ...{ operations, preparation, parameters, scope, execute },
    ...{ method: "POST", admitCost: undefined },
  });
}

/** A response without an event id. */
function single(response: GraphqlResponse): SubscriptionResponse {
  return { id: undefined, response };
}

function noEvent(): never {
  throw new Error("A subscription without a source calls no subgraph");
}

function backoffMs(failures: number): number {
  return Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS) * (0.5 + Math.random() / 2);
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
