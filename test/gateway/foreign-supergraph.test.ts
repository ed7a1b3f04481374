import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { execute, parse } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { gatewayConfiguration } from "../../gateway/configuration.ts";
import { type RunningGateway, serveGateway } from "../../gateway/server.ts";
import { withoutAuthDirectives } from "../../gateway/supergraph/security-directives.ts";
import { closeServer, listen, readBody, sendJson } from "../../subgraphs/_shared/serving/http.ts";
import { composed } from "./kit/gateway-world.ts";
import { requestPaths } from "./kit/request-paths.ts";

const sdl = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
    import: ["@key", "@authenticated", "@requiresScopes", "@policy", "@inaccessible"])
  type Query { top: [Product] hidden: String @inaccessible }
  interface Product { name: String }
  type Book implements Product { name: String size: Int secret: String @authenticated }
  type Boot implements Product { name: String size: String price: Int @requiresScopes(scopes: [["price"]]) @policy(policies: [["p"]]) }`;
const top = [
  { __typename: "Book", name: "b", size: 1, secret: "s" },
  { __typename: "Boot", name: "t", size: "XL", price: 5 },
];

const headersSeen: string[][] = [];
const schema = buildSubgraphSchema({ typeDefs: parse(sdl), resolvers: { Query: { top: () => top } } as never });
const subgraph = createServer(async (request, response) => {
  headersSeen.push(Object.keys(request.headers));
  const { query, variables } = JSON.parse((await readBody(request, 1e6)).toString());
  sendJson(response, 200, await execute({ schema, document: parse(query), variableValues: variables }));
});

describe.each(requestPaths)("%s", (_, pathEnvironment) => {
  let supergraph: string;
  let gateway: RunningGateway;
  let directory: string;
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "motcua-foreign-"));
    supergraph = composed([{ name: "our-shop", sdl, url: "http://127.0.0.1:1/graphql" }]);
    const path = join(directory, "supergraph.graphql");
    writeFileSync(path, supergraph);
    const SUBGRAPH_URL_OUR_SHOP = `http://127.0.0.1:${await listen(subgraph, 0)}/`;
    const environment = {
      ...pathEnvironment,
      SUPERGRAPH: path,
      SUBGRAPH_URL_OUR_SHOP,
      PORT: "0",
      LOG_LEVEL: "silent",
      PLAYGROUND: "off",
    };
    gateway = await serveGateway(gatewayConfiguration(environment));
  });
  afterAll(async () => {
    await gateway.close();
    await closeServer(subgraph, 0);
    rmSync(directory, { recursive: true });
  });

  async function ask(query: string) {
    const search = new URLSearchParams({ query });
    const answer = await fetch(`http://127.0.0.1:${gateway.port}/graphql?${search}`);
    const { extensions, ...rest } = (await answer.json()) as Record<string, unknown>;
    return rest;
  }

  describe("a foreign supergraph", () => {
    test("a foreign supergraph is served at the address of the environment, unsigned while no key is set", async () => {
      expect(await ask("{ top { name } }")).toEqual({ data: { top: [{ name: "b" }, { name: "t" }] } });
      expect(headersSeen.at(-1)).not.toContain("x-motcua-identity");
    });

    test("auth directives of a foreign supergraph that @apollo/gateway cannot load are removed for it alone", async () => {
      expect(supergraph).toContain("for: SECURITY");
      const stripped = withoutAuthDirectives(supergraph);
      expect(stripped).not.toMatch(/authenticated|requiresScopes|policy/);
      expect(stripped).toContain("@join__graph");
      const { data, errors } = await ask("{ top { ... on Boot { price } ... on Book { secret } } }");
      expect(data).toEqual({ top: [{ secret: null }, { price: null }] });
      expect(errors).toMatchObject([
        { path: ["top", 0, "secret"], extensions: { code: "UNAUTHENTICATED" } },
        { path: ["top", 1, "price"], extensions: { scopes: [["price"]], policies: [["p"]] } },
      ]);
    });

    test("@inaccessible elements of a foreign supergraph are hidden, also with the purpose SECURITY", async () => {
      expect(withoutAuthDirectives(supergraph)).toContain("@inaccessible");
      expect(JSON.stringify(await ask("{ hidden }"))).toContain("Cannot query field");
      const plain = 'schema @link(url: "https://specs.apollo.dev/inaccessible/v0.2", for: SECURITY) { query: Query }';
      expect(withoutAuthDirectives(plain)).toBe(plain);
    });

    test("__typename fields that the gateway adds for interfaces of a foreign supergraph are not in the response", async () => {
      const answer = await ask("{ top { ... on Book { n: name book: size } ... on Boot { boot: size } } }");
      expect(answer).toEqual({ data: { top: [{ n: "b", book: 1 }, { boot: "XL" }] } });
    });
  });
});
