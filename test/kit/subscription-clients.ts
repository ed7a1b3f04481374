import { createClient } from "graphql-sse";
import { serverSentEvents } from "../../gateway/subgraph-client/subscriptions/event-stream-parser.ts";
import type { Persona, World } from "../world.ts";
import type { ResponseJson } from "./response-json.ts";

/** An event received by a client of the gateway. */
export type ReceivedEvent = {
  id: string | undefined;
  event: string;
  answer: ResponseJson;
};

type Listening = {
  variables?: object;
  lastEventId?: string | undefined;
  signal?: AbortSignal;
  token?: string | undefined;
};

/** Subscribes at the gateway with a plain reader of the event stream. */
export async function* listen(url: string, query: string, { variables = {}, lastEventId, signal, token }: Listening) {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "text/event-stream",
      ...(token && { authorization: `Bearer ${token}` }),
      ...(lastEventId !== undefined && { "last-event-id": lastEventId }),
    },
    body: JSON.stringify({ query, variables }),
    signal: signal ?? null,
  });
  if (response.status !== 200 || !response.body) throw new Error(`HTTP ${response.status}: ${await response.text()}`);
  for await (const { id, event, data } of serverSentEvents(response.body)) {
    const heard: ReceivedEvent = { id, event, answer: data === "" ? undefined : JSON.parse(data) };
    yield heard;
  }
}

/** Client of graphql-sse in its distinct connections mode. */
export async function graphqlSse(world: World, who: Extract<Persona, { persona: string }>) {
  const token = await world.token(who.persona, who.commune);
  return createClient({
    url: `${world.url}/graphql`,
    headers: { authorization: `Bearer ${token}` },
    retryAttempts: 0,
  });
}
