import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { buildSchema, graphql } from "graphql";
import { closeServer, listen, readBody, sendJson } from "../../../subgraphs/_shared/serving/http.ts";

/** Public schema of Apollo Uplink, as far as routers need it. */
const UPLINK_SCHEMA = buildSchema(`
  type Query { routerConfig(ref: String!, apiKey: String!, ifAfterId: ID): RouterConfigResponse! }
  union RouterConfigResponse = RouterConfigResult | Unchanged | FetchError
  type RouterConfigResult { id: ID! supergraphSDL: String! minDelaySeconds: Float! }
  type Unchanged { id: ID! minDelaySeconds: Float! }
  type FetchError { code: FetchErrorCode! message: String! }
  enum FetchErrorCode { AUTHENTICATION_FAILED ACCESS_DENIED UNKNOWN_REF RETRY_LATER NOT_IMPLEMENTED_ON_THIS_INSTANCE }`);

type Registry = { url: string; sdl: string; requests: string[]; isDown: boolean; close(): Promise<void> };

/** A registry that speaks Uplink's protocol. */
export type Uplink = Registry & { minDelaySeconds: number; refusal: { code: string; message: string } | undefined };

const versionOf = (sdl: string) => createHash("sha256").update(sdl).digest("hex");

export async function uplink(sdl: string, { ref = "shop@current", key = "service:shop:secret" } = {}): Promise<Uplink> {
  const server = createServer(async (request, response) => {
    const { query, variables } = JSON.parse((await readBody(request, 1e6)).toString());
    registry.requests.push(String(variables.ifAfterId));
    if (registry.isDown) return sendJson(response, 503, {});
    const rootValue = { routerConfig };
    const result = await graphql({ schema: UPLINK_SCHEMA, source: query, variableValues: variables, rootValue });
    sendJson(response, result.data ? 200 : 400, result);
  });

  function routerConfig({ ref: asked, apiKey, ifAfterId }: { ref: string; apiKey: string; ifAfterId?: string }) {
    const { refusal, minDelaySeconds } = registry;
    const refuse = (code: string, message: string) => ({ __typename: "FetchError", code, message });
    if (apiKey !== key) return refuse("AUTHENTICATION_FAILED", "the key is not known");
    if (asked !== ref) return refuse("UNKNOWN_REF", `no graph ${asked}`);
    if (refusal) return refuse(refusal.code, refusal.message);
    const id = versionOf(registry.sdl);
    if (ifAfterId === id) return { __typename: "Unchanged", id, minDelaySeconds };
    return { __typename: "RouterConfigResult", id, supergraphSDL: registry.sdl, minDelaySeconds };
  }

  const registry: Uplink = {
    ...{ url: `http://127.0.0.1:${await listen(server, 0)}/graphql`, sdl, requests: [], isDown: false },
    ...{ minDelaySeconds: 0, refusal: undefined },
    close: () => closeServer(server, 0),
  };
  return registry;
}

/** A registry that speaks Hive CDN's protocol. */
export async function hiveCdn(sdl: string, key = "hv2-secret"): Promise<Registry> {
  const server = createServer((request, response) => {
    registry.requests.push(`${request.url} ${request.headers["if-none-match"] ?? "-"}`);
    if (registry.isDown) return sendJson(response, 500, {});
    if (request.headers["x-hive-cdn-key"] !== key) return sendJson(response, 403, { code: "INVALID_AUTH_KEY" });
    if (request.url !== "/artifacts/v1/target/supergraph") return sendJson(response, 404, { code: "NOT_FOUND" });
    const etag = `"${versionOf(registry.sdl)}"`;
    if (request.headers["if-none-match"] === etag) return void response.writeHead(304).end();
    response.writeHead(200, { etag, "content-type": "text/plain" }).end(registry.sdl);
  });
  const url = `http://127.0.0.1:${await listen(server, 0)}/artifacts/v1/target`;
  const registry: Registry = { url, sdl, requests: [], isDown: false, close: () => closeServer(server, 0) };
  return registry;
}
