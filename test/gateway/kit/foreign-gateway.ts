import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { execute, parse } from "graphql";
import { pino } from "pino";
import { gatewayConfiguration } from "../../../gateway/configuration.ts";
import { serveGateway } from "../../../gateway/server.ts";
import { closeServer, listen, readBody, sendJson } from "../../../subgraphs/_shared/serving/http.ts";
import type { ResponseJson } from "../../kit/response-json.ts";
import { composed } from "./gateway-world.ts";

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external",
  "@requires", "@provides", "@override", "@inaccessible", "@interfaceObject", "@context", "@fromContext"])\n`;

export type ForeignSubgraph = {
  sdl: string;
  resolvers?: Record<string, unknown>;
  /** Replaces the response by JSON text where it gives one. */
  sends?: (query: string) => string | undefined;
};

export type ForeignGateway = {
  url: string;
  /** Queries that the subgraphs received, as `subgraph: query`. */
  asked: string[];
  /** Lines of the gateway's log. */
  lines: { level: number; msg?: string }[];
  ask(query: string, variables?: object, headers?: Record<string, string>): Promise<ForeignAnswer>;
  close(): Promise<void>;
};

type ForeignAnswer = {
  status: number;
  data?: ResponseJson;
  errors: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
};

/** Starts a gateway over HTTP for a graph that is not ours, with subgraphs that know no identity. */
export async function foreignGateway(
  subgraphs: Record<string, ForeignSubgraph>,
  environment: Record<string, string> = {},
  edit: (supergraph: string) => string = (supergraph) => supergraph,
): Promise<ForeignGateway> {
  const asked: string[] = [];
  const lines: ForeignGateway["lines"] = [];
  const servers: Server[] = [];
  const parts = [];
  for (const [name, subgraph] of Object.entries(subgraphs)) {
    const server = serverOf(subgraph, (query) => void asked.push(`${name}: ${query}`));
    servers.push(server);
    parts.push({ name, sdl: LINK + subgraph.sdl, url: `http://127.0.0.1:${await listen(server, 0)}/graphql` });
  }
  const directory = mkdtempSync(join(tmpdir(), "motcua-foreign-"));
  const path = join(directory, "supergraph.graphql");
  writeFileSync(path, edit(composed(parts)));
  const log = pino({ level: "info" }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const settings = { SUPERGRAPH: path, PORT: "0", PLAYGROUND: "off", ...environment };
  const gateway = await serveGateway(gatewayConfiguration(settings), log);
  const url = `http://127.0.0.1:${gateway.port}/graphql`;
  return {
    ...{ url, asked, lines },
    async ask(query, variables = {}, headers = {}) {
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify({ query, variables }),
      });
      const { data, errors = [] } = (await response.json()) as Partial<ForeignAnswer>;
      return { status: response.status, data, errors };
    },
    async close() {
      await gateway.close();
      await Promise.all(servers.map((each) => closeServer(each, 0)));
      rmSync(directory, { recursive: true });
    },
  };
}

function serverOf({ sdl, resolvers = {}, sends }: ForeignSubgraph, onQuery: (query: string) => void): Server {
  const schema = buildSubgraphSchema({ typeDefs: parse(LINK + sdl), resolvers: resolvers as never });
  return createServer(async (request, response) => {
    const { query, variables } = JSON.parse((await readBody(request, 1e7)).toString());
    onQuery(query);
    const contextValue: { headers: IncomingHttpHeaders } = { headers: request.headers };
    const text = sends?.(query);
    if (text === undefined) {
      return sendJson(
        response,
        200,
        await execute({ schema, document: parse(query), variableValues: variables, contextValue }),
      );
    }
    response.setHeader("content-type", "application/json");
    response.end(text);
  });
}
