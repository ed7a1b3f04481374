import { createClient } from "graphql-ws";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { type ForeignGateway, foreignGateway } from "./kit/foreign-gateway.ts";
import { requestPaths } from "./kit/request-paths.ts";

const DEFER =
  "Incremental delivery is not served, each response is sent as a whole: leave @defer out, or send the deferred part as an operation of its own";
const QUERY = "{ it { id ... @defer { name } } }";
const sdl = 'type Query { it: It its: [It] } type It @key(fields: "id") { id: ID! name: String }';
const resolvers = { Query: { it: () => ({ id: "1", name: "n" }) } };

describe.each(requestPaths)("%s", (path, environment) => {
  let gateway: ForeignGateway;
  beforeAll(async () => {
    gateway = await foreignGateway({ a: { sdl, resolvers } }, environment);
  });
  afterAll(() => gateway.close());

  test.each([
    "application/json",
    "application/graphql-response+json",
    "multipart/mixed;deferSpec=20220824, application/json",
    "multipart/mixed;incrementalSpec=v0.2, application/json",
  ])("@defer is refused with its remedy as %s", async (accept) => {
    const { data, errors } = await gateway.ask(QUERY, {}, { accept });
    expect({ data, errors }).toMatchObject({ data: undefined, errors: [{ message: DEFER }] });
    expect(errors[0]?.extensions.code).toBe("BAD_USER_INPUT");
  });

  test.each([
    ["{ its @stream(initialCount: 1) { id } }", "leave @stream out"],
    ["{ it { ...N @defer(if: false) } } fragment N on It { name }", "leave @defer out"],
  ])("%s is refused with its remedy", async (query, remedy) => {
    const { errors } = await gateway.ask(query);
    expect(errors.map(({ message }) => message)).toEqual([expect.stringContaining(remedy)]);
    expect(gateway.asked).toEqual([]);
  });

  test.each(["text/event-stream", "multipart/mixed;subscriptionSpec=1.0"])(
    "@defer is refused with its remedy as %s",
    async (accept) => {
      const headers = { accept, "content-type": "application/json" };
      const body = JSON.stringify({ query: QUERY });
      expect(await (await fetch(gateway.url, { method: "POST", headers, body })).text()).toContain(DEFER);
    },
  );

  test("@defer is refused with its remedy over WebSocket", async () => {
    const client = createClient({ url: gateway.url.replace("http", "ws"), webSocketImpl: WebSocket });
    const heard: unknown[] = [];
    const over = new Promise<void>((resolve) => {
      client.subscribe(
        { query: QUERY },
        {
          next: (each) => void heard.push(each.errors?.[0]),
          error: (errors) => {
            heard.push(...[errors].flat());
            resolve();
          },
          complete: resolve,
        },
      );
    });
    await over;
    await client.dispose();
    expect(heard, path).toMatchObject([{ message: DEFER }]);
  });
});
