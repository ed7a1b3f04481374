import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { execute, parse } from "graphql";
import { gatewayConfiguration } from "../../../gateway/configuration.ts";
import { serveGateway } from "../../../gateway/server.ts";
import { closeServer, listen, readBody, sendJson } from "../../../subgraphs/_shared/serving/http.ts";
import { composed } from "./gateway-world.ts";

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@authenticated", "@requiresScopes", "@policy"])\n`;

const SHOP = `type Query {
    open: String
    known: String @authenticated
    price: Int @requiresScopes(scopes: [["price"]])
    paid: String @policy(policies: [["paid"]])
    staff: String @policy(policies: [["staff"]])
    item: Item
  }
  type Mutation { buy: String }
  type Subscription { tick: Item }
  type Item @key(fields: "id") { id: ID! name: String }`;
const STOCK = `type Item @key(fields: "id") { id: ID! left: Int } type Query { room: String }`;

const shopResolvers = {
  Query: {
    ...{ open: () => "open", known: () => "known", price: () => 5, paid: () => "paid", staff: () => "staff" },
    item: () => ({ id: "i1", name: "lamp" }),
  },
  Mutation: { buy: () => "bought" },
};
const stockResolvers = {
  Query: { room: () => "room" },
  Item: { __resolveReference: (it: object) => it, left: () => 3 },
};

/** A request that a foreign subgraph has received. */
export type Asked = { subgraph: string; query: string; body: string; headers: IncomingHttpHeaders };
/** Replaces the response of a subgraph; undefined leaves it to the subgraph. */
export type Answer = (asked: Asked, response: ServerResponse) => unknown;

export type ForeignResult = {
  status: number;
  headers: Headers;
  data: Record<string, unknown> | null;
  errors: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
};

/** Foreign graph of the subgraphs `shop` and `stock` behind the real gateway. */
export type ForeignWorld = {
  url: string;
  directory: string;
  asked: Asked[];
  answer: Answer | undefined;
  ask(query: string, headers?: Record<string, string>): Promise<ForeignResult>;
  close(): Promise<void>;
};

export async function foreignWorld(environment: Record<string, string> = {}): Promise<ForeignWorld> {
  const directory = mkdtempSync(join(tmpdir(), "motcua-foreign-"));
  const asked: Asked[] = [];
  const receive = (subgraph: string, sdl: string, resolvers: object) => {
    const schema = buildSubgraphSchema({ typeDefs: parse(LINK + sdl), resolvers: resolvers as never });
    return createServer(async (request: IncomingMessage, response) => {
      if (request.method === "GET") return sendJson(response, 200, {});
      const body = (await readBody(request, 1e6)).toString();
      const { query, variables } = JSON.parse(body);
      const received = { subgraph, query, body, headers: request.headers };
      asked.push(received);
      const replaced = await world.answer?.(received, response);
      if (replaced !== undefined || response.headersSent) return;
      sendJson(response, 200, await execute({ schema, document: parse(query), variableValues: variables }));
    });
  };
  const servers = { shop: receive("shop", SHOP, shopResolvers), stock: receive("stock", STOCK, stockResolvers) };
  const shop = `http://127.0.0.1:${await listen(servers.shop, 0)}/`;
  const stock = `http://127.0.0.1:${await listen(servers.stock, 0)}/`;
  const supergraph = join(directory, "supergraph.graphql");
  const subgraphs = [
    { name: "shop", sdl: LINK + SHOP, url: shop },
    { name: "stock", sdl: LINK + STOCK, url: stock },
  ];
  writeFileSync(supergraph, composed(subgraphs));
  const own = { SUPERGRAPH: supergraph, PORT: "0", LOG_LEVEL: "silent", PLAYGROUND: "off", MOTCUA_DATA: directory };
  const gateway = await serveGateway(gatewayConfiguration({ ...own, ...environment }));
  const url = `http://127.0.0.1:${gateway.port}`;
  const world: ForeignWorld = {
    ...{ url, directory, asked, answer: undefined },
    async ask(query, headers = {}) {
      const body = JSON.stringify({ query });
      const sent = { "content-type": "application/json", ...headers };
      const response = await fetch(`${url}/graphql`, { method: "POST", headers: sent, body });
      const { data, errors = [] } = (await response.json()) as Partial<ForeignResult>;
      return { data: data ?? null, errors, status: response.status, headers: response.headers };
    },
    async close() {
      await gateway.close();
      await Promise.all(Object.values(servers).map((each) => closeServer(each, 0)));
      rmSync(directory, { recursive: true, force: true });
    },
  };
  return world;
}
