import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect } from "vitest";
import type { SubgraphFailure } from "../../../gateway/subgraph-client/subgraph-failure.ts";
import { endpointOf } from "../../../gateway/subgraph-client/transport/endpoint.ts";
import { openConnectionPool } from "../../../gateway/subgraph-client/transport/http1/connection-pool.ts";
import type { HttpResponse, Transport } from "../../../gateway/subgraph-client/transport/transport.ts";
import { fromUtf8, toUtf8 } from "../../../gateway/utf8.ts";
import { type RawServer, rawServer, type Script } from "./raw-socket-server.ts";

/** Raw servers and clients of one test file; each test closes those that it opened. */
export function http1Clients() {
  const open: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of open.splice(0)) await close();
  });

  async function serverOf(script: Script, on?: string): Promise<RawServer> {
    const server = await rawServer(script, on);
    open.push(server.close);
    return server;
  }

  async function served(script: Script, most = 256): Promise<{ server: RawServer; transport: Transport }> {
    const server = await serverOf(script);
    const transport = openConnectionPool(endpointOf(server.url), most);
    open.push(() => transport.close());
    return { server, transport };
  }

  return { open, serverOf, served };
}

export function ask(transport: Transport, text = "{}", headers: string[] = []): Promise<HttpResponse> {
  const body = toUtf8(text);
  return new Promise((replied, failed) => transport.send(headers, body, { onResponse: replied, onFailure: failed }));
}

export const textOf = async (reply: Promise<HttpResponse>) => fromUtf8((await reply).text);
/** Longer than the two turns of the event loop after which a connection is reusable. */
export const untilReusable = () => sleep(20);

export const never = {
  onResponse: () => expect.unreachable("a response arrived"),
  onFailure: (why: SubgraphFailure) => expect.unreachable(String(why)),
};
