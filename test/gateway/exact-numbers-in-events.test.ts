import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { gatewayConfiguration } from "../../gateway/configuration.ts";
import { type RunningGateway, serveGateway } from "../../gateway/server.ts";
import { closeServer, listen, readBody } from "../../subgraphs/_shared/serving/http.ts";
import { composed } from "./kit/gateway-world.ts";

/** Digits that a double would lose. */
const LONG = "9007199254740993";
const AMOUNT = "0.1000000000000000055511151231257827";
const SDL = `scalar Decimal
  type Query { sum: Decimal }
  type Subscription { paid(from: Decimal): Payment }
  type Payment { id: Decimal amount: Decimal }`;
const QUERY = "subscription ($from: Decimal) { paid(from: $from) { id amount } }";
const PAYMENT = `{"id":${LONG},"amount":${AMOUNT}}`;

let subgraph: Server;
let gateway: RunningGateway;
let directory: string;
const asked: string[] = [];
beforeAll(async () => {
  subgraph = createServer(async (request, response) => {
    const body = (await readBody(request, 1e6)).toString();
    asked.push(body);
    const name = /(\w+) *: *paid\b/.exec(body)?.[1] ?? "paid";
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end(`event: next\ndata: {"data":{"${name}":${PAYMENT}}}\n\nevent: complete\ndata:\n\n`);
  });
  directory = mkdtempSync(join(tmpdir(), "motcua-event-numbers-"));
  const SUPERGRAPH = join(directory, "supergraph.graphql");
  const url = `http://127.0.0.1:${await listen(subgraph, 0)}/`;
  writeFileSync(SUPERGRAPH, composed([{ name: "payments", sdl: SDL, url }]));
  const configuration = gatewayConfiguration({ SUPERGRAPH, PORT: "0", PLAYGROUND: "off" });
  gateway = await serveGateway(configuration, pino({ level: "silent" }));
});
afterAll(async () => {
  await gateway.close();
  await closeServer(subgraph, 0);
  rmSync(directory, { recursive: true });
});

const PAYLOAD = `{"query":${JSON.stringify(QUERY)},"variables":{"from":${LONG}}}`;

async function overHttp(accept: string): Promise<string> {
  const headers = { accept, "content-type": "application/json" };
  const url = `http://127.0.0.1:${gateway.port}/graphql`;
  return (await fetch(url, { method: "POST", headers, body: PAYLOAD })).text();
}

/** The text of all messages until the operation is complete. */
function overWebSocket(): Promise<string> {
  const socket = new WebSocket(`ws://127.0.0.1:${gateway.port}/graphql`, "graphql-transport-ws");
  socket.once("open", () => socket.send('{"type":"connection_init"}'));
  return new Promise((resolve) => {
    let heard = "";
    socket.on("message", (data) => {
      heard += String(data);
      if (heard.endsWith('{"type":"connection_ack"}')) {
        socket.send(`{"id":"1","type":"subscribe","payload":${PAYLOAD}}`);
      } else if (heard.includes('"type":"complete"')) {
        socket.close();
        resolve(heard);
      }
    });
  });
}

test.each<[string, () => Promise<string>]>([
  ["server-sent events", () => overHttp("text/event-stream")],
  ["multipart", () => overHttp("multipart/mixed;subscriptionSpec=1.0")],
  ["graphql-ws", overWebSocket],
])("numbers of a subscription keep their digits over %s, in variables and in events", async (_, subscribe) => {
  asked.length = 0;
  expect(await subscribe()).toContain(`{"data":{"paid":${PAYMENT}}`);
  expect(asked).toEqual([expect.stringMatching(new RegExp(`"variables":\\{"\\w+":${LONG}\\}`))]);
});
