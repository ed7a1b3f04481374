import { createServer, type ServerResponse } from "node:http";
import { closeServer, listen, readBody, sendJson } from "../../../subgraphs/_shared/serving/http.ts";

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requiresScopes"])\n`;

/** A foreign subgraph with a subscription of numbered ticks, sent by the test and kept for reconnecting subscribers. */
export type Clock = {
  name: string;
  sdl: string;
  url: string;
  /** True: it serves no subscriptions. */
  isMute: boolean;
  /** JSON with which it answers a subscription in place of a stream. */
  refusal: unknown;
  /** The same without a stated length (chunked). */
  chunkedRefusal: string | undefined;
  /** False: its events have no ids. */
  hasIds: boolean;
  /** End of the lines that it writes. */
  lineEnd: string;
  /** Number of subscriptions so far, and of current listeners. */
  subscribed: number;
  listeners(): number;
  tick(): void;
  /** Closes all connections. */
  hangUp(): void;
  /** Completes all subscriptions. */
  complete(): void;
  close(): Promise<void>;
};

export async function clock(name = "clock"): Promise<Clock> {
  /** Listeners with the response name of the tick. */
  const listening = new Map<ServerResponse, string>();
  let ticks = 0;
  const send = (response: ServerResponse, name: string, n: number) =>
    response.write(
      [
        made.hasIds ? `id: ${n}` : ":",
        "event: next",
        `data: {"data":`,
        `data: {"${name}":{"__typename":"Tick","n":${n}}}}`,
        "",
        "",
      ].join(made.lineEnd),
    );
  const server = createServer(async (request, response) => {
    const { query } = JSON.parse((await readBody(request, 1e6)).toString());
    if (request.headers.accept !== "text/event-stream" || made.isMute) {
      return sendJson(response, 200, query.includes("hello") ? { data: { hello: "hello" } } : { data: null });
    }
    made.subscribed++;
    if (made.refusal) return sendJson(response, 200, made.refusal);
    if (made.chunkedRefusal) {
      response.writeHead(200, { "content-type": "application/json" });
      response.write(made.chunkedRefusal);
      response.end();
      return;
    }
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(`:${made.lineEnd}${made.lineEnd}`);
    const name = /(\w+) *: *tick\b/.exec(query)?.[1] ?? "tick";
    for (let n = Number(request.headers["last-event-id"] ?? ticks) + 1; n <= ticks; n++) send(response, name, n);
    listening.set(response, name);
    response.once("close", () => listening.delete(response));
  });
  const made: Clock = {
    name,
    sdl: `${LINK}
      type Query { hello: String }
      type Subscription { tick: Tick secret: Tick @requiresScopes(scopes: [["dossier:read"]]) }
      type Tick @key(fields: "n") { n: Int! }`,
    url: `http://127.0.0.1:${await listen(server, 0)}/`,
    isMute: false,
    refusal: undefined,
    chunkedRefusal: undefined,
    hasIds: true,
    lineEnd: "\n",
    subscribed: 0,
    listeners: () => listening.size,
    tick() {
      ticks++;
      for (const [each, name] of listening) send(each, name, ticks);
    },
    hangUp() {
      for (const each of listening.keys()) each.destroy();
    },
    complete() {
      for (const each of listening.keys()) each.end("event: complete\ndata:\n\n");
    },
    close: () => closeServer(server, 0),
  };
  return made;
}

/** Foreign subgraph that resolves the square of each tick. */
export async function squares(): Promise<{ name: string; sdl: string; url: string; close(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    const { variables } = JSON.parse((await readBody(request, 1e6)).toString());
    const _entities = variables.representations.map(({ n }: { n: number }) => ({ __typename: "Tick", square: n * n }));
    sendJson(response, 200, { data: { _entities } });
  });
  const sdl = `${LINK} type Tick @key(fields: "n") { n: Int! square: Int }`;
  const url = `http://127.0.0.1:${await listen(server, 0)}/`;
  return { name: "squares", sdl, url, close: () => closeServer(server, 0) };
}
