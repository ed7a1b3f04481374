import { createServer, type RequestListener } from "node:http";
import { GraphQLInt, GraphQLObjectType, GraphQLSchema, GraphQLString } from "graphql";
import { createHandler } from "graphql-sse/lib/use/http";
import { afterEach, expect, test } from "vitest";
import { subscriptionResults } from "../../gateway/screens/browser/client/subscription-results.ts";
import { closeServer, listen } from "../../subgraphs/_shared/serving/http.ts";

const running: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.close()));
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  const port = await listen(server, 0);
  running.push({ close: () => closeServer(server, 0) });
  return `http://127.0.0.1:${port}/graphql`;
}

function asked(url: string, query: string, isRefusal?: (result: unknown) => boolean) {
  const body = JSON.stringify({ query });
  return subscriptionResults(
    (headers, signal) =>
      fetch(url, { method: "POST", headers: { "content-type": "application/json", ...headers }, body, signal }),
    { retryMs: 10, isRefusal },
  );
}

async function* counting() {
  for (const count of [1, 2, 3]) yield { count };
}

const schema = new GraphQLSchema({
  query: new GraphQLObjectType({ name: "Query", fields: { hello: { type: GraphQLString } } }),
  subscription: new GraphQLObjectType({
    name: "Subscription",
    fields: { count: { type: GraphQLInt, subscribe: counting } },
  }),
});

test("the playground reads the event stream of a graphql-sse server to its end", async () => {
  const url = await serve(createHandler({ schema }));
  const results = [];
  for await (const result of asked(url, "subscription { count }")) results.push(result);
  expect(results).toEqual([{ data: { count: 1 } }, { data: { count: 2 } }, { data: { count: 3 } }]);
});

test("the playground resumes a broken event stream after the last received event", async () => {
  const since: unknown[] = [];
  const url = await serve((request, response) => {
    since.push(request.headers["last-event-id"]);
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(":\n\n");
    if (since.length === 1) {
      response.write('id: 7\nevent: next\ndata: {"data":\ndata: {"n":1}}\n\nid: 8\nevent: ne');
      setTimeout(() => response.destroy(), 50);
    } else response.end('id: 8\nevent: next\ndata: {"data":{"n":2}}\n\nevent: complete\ndata:\n\n');
  });
  const results = [];
  for await (const result of asked(url, "subscription { n }")) results.push(result);
  expect(results).toEqual([{ data: { n: 1 } }, { data: { n: 2 } }]);
  expect(since).toEqual([undefined, "7"]);
});

test("a stream whose token has expired goes on with the next token after the last received event", async () => {
  const since: unknown[] = [];
  const refusal = '{"errors":[{"message":"The token has expired","extensions":{"code":"UNAUTHENTICATED"}}]}';
  const url = await serve((request, response) => {
    since.push(request.headers["last-event-id"]);
    const isRefused = since.length === 2;
    response.writeHead(isRefused ? 401 : 200, { "content-type": isRefused ? "application/json" : "text/event-stream" });
    const end = since.length === 1 ? `event: next\ndata: ${refusal}\n\n` : "";
    if (isRefused) response.end(refusal);
    else response.end(`id: ${since.length}\nevent: next\ndata: {"data":{"n":1}}\n\n${end}event: complete\ndata:\n\n`);
  });
  const results = [];
  const isRefusal = (result: unknown) => JSON.stringify(result) === refusal;
  for await (const result of asked(url, "subscription { n }", isRefusal)) results.push(result);
  expect(results).toEqual([{ data: { n: 1 } }, { data: { n: 1 } }]);
  expect(since).toEqual([undefined, "1", "1"]);
});

test("the playground shows a response that is no event stream unchanged", async () => {
  const url = await serve((_, response) => {
    response.setHeader("content-type", "application/json");
    response.end('{"errors":[{"message":"Subscriptions are not served here"}]}');
  });
  const { value } = await asked(url, "subscription { n }").next();
  expect(value).toEqual({ errors: [{ message: "Subscriptions are not served here" }] });
});

test("stopping a subscription in the playground disconnects at once, even without an event", async () => {
  let gone: (() => void) | undefined;
  const hungUp = new Promise<void>((resolve) => {
    gone = resolve;
  });
  const url = await serve((_, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(":\n\n");
    response.once("close", () => gone?.());
  });
  const results = asked(url, "subscription { n }");
  const pending = results.next();
  setTimeout(() => void results.return?.(), 50);
  await hungUp;
  expect(await pending).toMatchObject({ done: true });
});
