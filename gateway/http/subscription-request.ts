import type { IncomingMessage, ServerResponse } from "node:http";
import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import type { AdmitCost } from "../pipeline/operations.ts";
import { requestScope } from "../pipeline/request-scope.ts";
import type { Gateway } from "../server.ts";
import type { RequestScope } from "../subgraph-client/request-scope.ts";
import type { SubscriptionResponse } from "../subscriptions/subscription-responses.ts";
import { sendEventStream } from "./event-stream.ts";
import type { GraphqlParameters } from "./read-parameters.ts";

/** A request for events, of whom and for what. */
export type StreamRequest = {
  parameters: GraphqlParameters;
  scope: RequestScope;
  admit: AdmitCost;
  /** The address that it comes from. */
  address: string;
  /** Looks at the token again. @throws Refusal once it is not good any more. */
  authenticate(): Promise<Caller>;
};

/**
 * Answers with server-sent events: a subscription with an answer for each of its events, anything else with its one answer.
 * @returns the outcome for the log. @throws Refusal
 */
export function serveStream(
  gateway: Gateway,
  request: IncomingMessage,
  response: ServerResponse,
  { parameters, scope, admit, address, authenticate }: StreamRequest,
): Promise<string> {
  const { configuration, graphql } = gateway;
  const { caller, requestId, signal: seen, trace } = scope;
  const newScope = async () =>
    requestScope(await authenticate(), configuration, performance.now(), { signal: seen, trace });
  const after = lastEventId(request);
  const live = (signal: AbortSignal) => graphql.live({ parameters, after, signal, newScope, admit });
  const once = async function* (): AsyncGenerator<SubscriptionResponse> {
    yield { id: undefined, answer: await graphql.run(parameters, request.method ?? "", scope, admit) };
  };
  const reader = caller.role === "anonymous" ? address : caller.subject;
  const answers = graphql.isSubscription(parameters) ? live : once;
  return sendEventStream(gateway, response, { requestId, reader, authenticate, answers });
}

/** The id of the last event that a client has seen, which its new connection goes on after. */
function lastEventId({ headers }: IncomingMessage): string | undefined {
  const given = [headers["last-event-id"]].flat()[0];
  return given !== undefined && /^[\x21-\x7e]{1,200}$/.test(given) ? given : undefined;
}
