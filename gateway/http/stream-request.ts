import type { IncomingMessage, ServerResponse } from "node:http";
import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import { requestScope } from "../pipeline/create-request-scope.ts";
import type { GraphqlParameters } from "../pipeline/graphql-parameters.ts";
import type { Pipeline } from "../pipeline/pipeline.ts";
import type { Timeouts } from "../pipeline/pipeline-configuration.ts";
import type { AdmitCost } from "../pipeline/request.ts";
import type { RequestScope } from "../subgraph-client/request-scope.ts";
import { eventIdFromHeader } from "../subgraph-client/subscriptions/event-ids.ts";
import { type SubscriptionResponse, subscriptionResponses } from "../subscriptions/subscription-responses.ts";
import { type StreamSettings, sendEventStream } from "./event-stream.ts";
import type { StreamFraming } from "./stream-framing.ts";

/** A request whose response is a stream of events. */
export type StreamRequest = {
  framing: StreamFraming;
  parameters: GraphqlParameters;
  scope: RequestScope;
  chargeCost: AdmitCost;
  /** Address of the client. */
  address: string;
  /** Verifies the token again. @throws Refusal once it is no longer valid. */
  authenticate(): Promise<Caller>;
};

export type StreamServing = StreamSettings & { pipeline: Pipeline; timeouts: Timeouts };

/**
 * Responds with a stream: one response for each event of a subscription, a single response to anything else.
 * @returns the outcome for the log. @throws Refusal
 */
export function serveStream(
  serving: StreamServing,
  request: IncomingMessage,
  response: ServerResponse,
  { framing, parameters, scope, chargeCost, address, authenticate }: StreamRequest,
): Promise<string> {
  const { pipeline, timeouts } = serving;
  const { clientKey, requestId, signal: disconnect, trace } = scope;
  const client = scope.client && { ...scope.client, returned: undefined }; // the head of a stream is sent before its events
  const newScope = async () =>
    requestScope(await authenticate(), timeouts, performance.now(), { address, signal: disconnect, trace, client });
  const after = lastEventId(request);
  const events = (signal: AbortSignal) =>
    subscriptionResponses(pipeline, { parameters, after, signal, newScope, chargeCost });
  const once = async function* (): AsyncGenerator<SubscriptionResponse> {
    yield { id: undefined, response: await pipeline.run(parameters, request.method ?? "", scope, chargeCost) };
  };
  const responses = pipeline.isSubscription(parameters) ? events : once;
  return sendEventStream(serving, response, { framing, requestId, subscriber: clientKey, authenticate, responses });
}

/** Id of the last event that a client has received; its new connection continues after it. */
function lastEventId({ headers }: IncomingMessage): string | undefined {
  return eventIdFromHeader([headers["last-event-id"]].flat()[0]);
}
