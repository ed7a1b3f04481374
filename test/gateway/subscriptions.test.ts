import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { createClient } from "graphql-sse";
import { CloseCode } from "graphql-ws";
import { describe, expect, test } from "vitest";
import { WebSocketServer } from "ws";
import { gatewayConfiguration } from "../../gateway/configuration.ts";
import { demoIssuer } from "../../gateway/demo/demo-issuer.ts";
import type { ReceivedEvent } from "../kit/subscription-clients.ts";
import { composed } from "./kit/gateway-world.ts";
import { reading, TICKS, tickingGateway } from "./kit/ticking-gateway.ts";

const gatewayWithClock = tickingGateway();
const { directory, subgraphs, publish, start } = gatewayWithClock;

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await pause(5);
}

describe.each([["direct"], ["apollo"]])("a subscription on the %s path", (GATEWAY_PATH) => {
  test("a subscription is completed across subgraphs at each event, with the event ids of its subgraph", async () => {
    const { heard, stop } = reading(await start({ GATEWAY_PATH }));
    await until(() => subgraphs.ticker.listeners() === 1);
    subgraphs.ticker.tick();
    subgraphs.ticker.tick();
    await until(() => heard.length === 2);
    stop();
    const [{ id, event, answer }] = heard as [ReceivedEvent, ReceivedEvent];
    const n = Number(id);
    expect(event).toBe("next");
    expect(answer).toMatchObject({ data: { it: { n, square: n * n } }, extensions: { eventId: id } });
    expect(Object.keys(answer.extensions.agencies)).toEqual(["CLOCK", "SQUARES"]);
    await until(() => subgraphs.ticker.listeners() === 0);
  });

  test("a subscription is completed when its subgraph completes it", async () => {
    const { heard, over } = reading(await start({ GATEWAY_PATH }));
    await until(() => subgraphs.ticker.listeners() === 1);
    subgraphs.ticker.complete();
    expect(await over).toBeUndefined();
    expect(heard.map(({ event }) => event)).toEqual(["complete"]);
  });
});

describe("a stream", () => {
  test("a subscription survives broken subgraph connections and a new supergraph", async () => {
    const { numbers, stop } = reading(await start());
    for (let n = 0; n < 6; n++) {
      await until(() => subgraphs.ticker.listeners() === 1);
      const before = subgraphs.ticker.subscribed;
      subgraphs.ticker.tick();
      await until(() => numbers().length === 2 * n + 1);
      if (n % 2 === 0) subgraphs.ticker.hangUp();
      else
        publish(
          composed([{ ...subgraphs.ticker, sdl: `${subgraphs.ticker.sdl} type New${n} { a: Int }` }, subgraphs.square]),
        );
      subgraphs.ticker.tick(); // without a subscriber, or with one that is about to disconnect
      await until(() => subgraphs.ticker.subscribed > before && numbers().length === 2 * n + 2);
    }
    stop();
    const [first] = numbers();
    expect(numbers()).toEqual(Array.from({ length: 12 }, (_, n) => first + n));
  });

  test("a subscription ends with an error when its token expires, even without an event", async () => {
    const url = await start({ LIVE_HEARTBEAT_MS: "50" });
    const { trust } = gatewayConfiguration({ MOTCUA_DEMO_DIR: directory });
    if (trust.kind !== "demo") throw new Error("The demo trusts its own issuer");
    const longAgo = new Date(Date.now() - 3_600_000 + 1_500 - 5_000); // valid for an hour, with a tolerance of 5 s
    const token = await demoIssuer(trust)({ sub: "test:clerk", role: "clerk", scope: "", office: "31471" }, longAgo);
    const { heard, over } = reading(url, { token });
    await until(() => subgraphs.ticker.listeners() === 1);
    expect(await over).toBeUndefined();
    expect(heard.map(({ event }) => event)).toEqual(["next", "complete"]);
    expect(heard[0]?.answer.errors).toMatchObject([{ extensions: { code: "UNAUTHENTICATED" } }]);
    await until(() => subgraphs.ticker.listeners() === 0);
  });

  test("a caller may have only a limited number of open subscriptions", async () => {
    const url = await start({ LIVE_STREAMS_PER_CALLER: "2" });
    const [one, two] = [reading(url), reading(url)];
    await until(() => subgraphs.ticker.listeners() === 2);
    expect(String(await reading(url).over)).toMatch(/HTTP 429.*RATE_LIMITED/);
    one.stop();
    await until(() => subgraphs.ticker.listeners() === 1);
    const three = reading(url);
    await until(() => subgraphs.ticker.listeners() === 2);
    for (const each of [two, three]) each.stop();
  });

  test("a stream ends without its completion when the gateway stops, so that clients know it is interrupted", async () => {
    const { heard, over } = reading(await start());
    await until(() => subgraphs.ticker.listeners() === 1);
    await gatewayWithClock.stop();
    await over;
    expect(heard.map(({ event }) => event)).not.toContain("complete");
  });

  test("a stream of a graphql-sse client continues at the gateway that starts in place of the one that stops", async () => {
    const url = await start();
    const client = createClient({ url: `${url}/graphql`, retryAttempts: 100, retry: () => pause(50) });
    const numbers: unknown[] = [];
    const dispose = client.subscribe<{ it: { n: number } }>(
      { query: TICKS },
      { next: ({ data }) => numbers.push(data?.it.n), error() {}, complete: () => numbers.push("complete") },
    );
    await until(() => subgraphs.ticker.listeners() === 1);
    subgraphs.ticker.tick();
    await until(() => numbers.length === 1);
    await gatewayWithClock.stop();
    await until(() => subgraphs.ticker.listeners() === 0);
    await start({ PORT: new URL(url).port });
    await until(() => subgraphs.ticker.listeners() === 1);
    subgraphs.ticker.tick();
    await until(() => numbers.length === 2);
    dispose();
    const [first] = numbers as [number];
    expect(numbers).toEqual([first, first + 1]);
  });

  test("a stream comes as parts to a client of multipart subscriptions, with a heartbeat and a closing boundary", async () => {
    const url = await start({ LIVE_HEARTBEAT_MS: "50" });
    const accept = "multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/json";
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { accept, "content-type": "application/json" },
      body: JSON.stringify({ query: TICKS }),
    });
    expect(response.headers.get("content-type")).toBe("multipart/mixed;boundary=graphql;subscriptionSpec=1.0");
    const text = response.text();
    await until(() => subgraphs.ticker.listeners() === 1);
    subgraphs.ticker.tick();
    await pause(150);
    subgraphs.ticker.complete();
    const parts = (await text).split("\r\n--graphql");
    expect(parts.at(-1)).toBe("--\r\n");
    const bodies = parts.slice(1, -1).map((part) => JSON.parse(part.split("\r\n\r\n")[1] ?? ""));
    expect(bodies).toContainEqual({});
    const payloads = bodies.filter((each) => "payload" in each);
    expect(payloads).toMatchObject([{ payload: { data: { it: { n: expect.any(Number) } } } }]);
  });

  test("a subscription that the caller may not read is refused with an error, and its subgraph is not asked", async () => {
    const before = subgraphs.ticker.subscribed;
    const { heard, over } = reading(await start(), {}, "subscription { secret { n } }");
    await over;
    expect(heard[0]?.answer.errors).toMatchObject([{ path: ["secret"], extensions: { code: "UNAUTHENTICATED" } }]);
    expect(subgraphs.ticker.subscribed).toBe(before);
  });

  test("a subscription to a subgraph without subscriptions is UNAVAILABLE, and queries to it still work", async () => {
    const url = await start({ BREAKER_FAILURES: "1" });
    subgraphs.ticker.isMute = true;
    const { heard, over } = reading(url);
    await over;
    subgraphs.ticker.isMute = false;
    expect(heard[0]?.answer.errors).toMatchObject([{ extensions: { code: "UNAVAILABLE", agency: "CLOCK" } }]);
    const query = reading(url, {}, "{ hello }");
    await query.over;
    expect(query.heard[0]?.answer.data).toEqual({ hello: "hello" });
  });

  test.each([
    ["LF", "\n"],
    ["CRLF", "\r\n"],
    ["CR", "\r"],
  ])("events are read from a subgraph that ends lines with %s", async (_, lineEnd) => {
    subgraphs.ticker.lineEnd = lineEnd;
    const { heard, stop, numbers } = reading(await start());
    await until(() => subgraphs.ticker.listeners() === 1);
    subgraphs.ticker.tick();
    subgraphs.ticker.tick();
    await until(() => heard.length === 2);
    stop();
    subgraphs.ticker.lineEnd = "\n";
    expect(numbers()).toEqual(heard.map(({ id }) => Number(id)));
    await until(() => subgraphs.ticker.listeners() === 0);
  });

  test("a stream without event ids that breaks after each event is opened again ever more slowly", async () => {
    subgraphs.ticker.hasIds = false;
    const { stop, heard } = reading(await start());
    await until(() => subgraphs.ticker.listeners() === 1);
    const before = subgraphs.ticker.subscribed;
    let turn = 0;
    const breaking = setInterval(() => (turn++ % 2 === 0 ? subgraphs.ticker.tick() : subgraphs.ticker.hangUp()), 10);
    await pause(1_000);
    clearInterval(breaking);
    stop();
    subgraphs.ticker.hasIds = true;
    expect(heard.length).toBeGreaterThan(0);
    expect(subgraphs.ticker.subscribed - before).toBeLessThan(8);
  });

  test("a subgraph's refusal with GraphQL errors is told once, and the subgraph is not asked again", async () => {
    subgraphs.ticker.refusal = { errors: [{ message: "no such thing", extensions: { code: "BAD_USER_INPUT" } }] };
    const before = subgraphs.ticker.subscribed;
    const { heard, over } = reading(await start());
    await over;
    subgraphs.ticker.refusal = undefined;
    expect(heard.map(({ event }) => event)).toEqual(["next", "complete"]);
    expect(heard[0]?.answer.errors).toMatchObject([
      { message: "no such thing", extensions: { code: "BAD_USER_INPUT" } },
    ]);
    expect(subgraphs.ticker.subscribed - before).toBe(1);
  });

  test("a refusal after a broken connection ends an accepted subscription only when it is the third in a row", async () => {
    const refusing = new WebSocketServer({ port: 0, host: "127.0.0.1", handleProtocols: () => "graphql-transport-ws" });
    let connections = 0;
    refusing.on("connection", (socket) => {
      connections += 1;
      const end = connections === 1 ? () => socket.terminate() : () => socket.close(CloseCode.BadRequest);
      socket.on("message", (data) => {
        if (String(data).includes("connection_init")) socket.send('{"type":"connection_ack"}');
        else end();
      });
    });
    await once(refusing, "listening");
    const { port } = refusing.address() as AddressInfo;
    const { heard, over } = reading(await start({ SUBSCRIPTIONS_CLOCK: `ws://127.0.0.1:${port}/` }));
    await over;
    refusing.close();
    expect(connections).toBe(4);
    expect(heard.map(({ event }) => event)).toEqual(["next", "complete"]);
    expect(heard[0]?.answer.errors).toMatchObject([{ extensions: { code: "UNAVAILABLE", agency: "CLOCK" } }]);
  });

  test("a refusal without a stated length is read up to the limit of refusals, and a longer one is not passed on", async () => {
    const refusal = (length: number) =>
      JSON.stringify({ errors: [{ message: "x".repeat(length), extensions: { code: "BAD_USER_INPUT" } }] });
    const url = await start();
    const said = async (length: number) => {
      subgraphs.ticker.chunkedRefusal = refusal(length);
      const { heard, over } = reading(url);
      await over;
      subgraphs.ticker.chunkedRefusal = undefined;
      return String(heard[0]?.answer.errors[0].message);
    };
    expect(await said(900_000)).toMatch(/^x{200}/);
    expect(await said(1_000_001)).toContain("does not serve the subscription");
  });

  test("an invalid subscription document is reported in one event, and a query over the event stream gets its response", async () => {
    const url = await start();
    const wrong = reading(url, {}, "subscription { nonsense }");
    const query = reading(url, {}, "{ hello }");
    await Promise.all([wrong.over, query.over]);
    expect(wrong.heard.map(({ event }) => event)).toEqual(["next", "complete"]);
    expect(wrong.heard[0]?.answer.errors[0].message).toContain("nonsense");
    expect(query.heard[0]?.answer.data).toEqual({ hello: "hello" });
  });

  test("the reference executor refuses subscriptions and says so", async () => {
    const { heard, over } = reading(await start({ GATEWAY_EXECUTOR: "apollo" }));
    await over;
    expect(heard[0]?.answer.errors[0].message).toContain("GATEWAY_EXECUTOR=apollo");
    expect(heard.map(({ event }) => event)).toEqual(["next", "complete"]);
  });
});
