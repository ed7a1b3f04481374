import { serverSentEvents } from "../../gateway/subgraph-client/subscriptions/event-stream-parser.ts";
import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import { IDENTITY_HEADER, signIdentity } from "../../subgraphs/_shared/identity/identity.ts";
import type { World } from "../world.ts";

/** Subscribes at the desk directly, with an identity like the gateway's; yields its events. */
export async function* listenAtDesk(world: World, by: Caller, query: string, variables: object, lastEventId?: string) {
  const body = JSON.stringify({ query, variables });
  const to = { audience: "one-stop", issuer: "test", body, caller: by, now: Date.now() };
  const response = await fetch(`http://127.0.0.1:${world.agencies.ports["one-stop"]}/graphql`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "text/event-stream",
      [IDENTITY_HEADER]: signIdentity(world.keys("one-stop"), to),
      ...(lastEventId !== undefined && { "last-event-id": lastEventId }),
    },
    body,
  });
  if (!response.body) throw new Error(`HTTP ${response.status}`);
  for await (const { id, event, data } of serverSentEvents(response.body)) {
    yield { id, event, answer: data === "" ? undefined : JSON.parse(data) };
  }
}
