import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { execute, type GraphQLSchema, parse, TypeInfo, visit, visitWithTypeInfo } from "graphql";
import { gatewayConfiguration } from "../../../gateway/configuration.ts";
import { demoIssuer } from "../../../gateway/demo/demo-issuer.ts";
import { serveGateway } from "../../../gateway/server.ts";
import { closeServer, listen, readBody, sendJson } from "../../../subgraphs/_shared/serving/http.ts";
import type { ResponseJson } from "../../kit/response-json.ts";
import { composed } from "./gateway-world.ts";

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@external", "@requires", "@shareable", "@authenticated", "@requiresScopes", "@policy"])\n`;

const shop = `
  type Query { products: [Product] things: [Thing] me: Person secret: Secret open: String secretNumber: Int! @authenticated }
  type Mutation { raise: Int @requiresScopes(scopes: [["raise"]]) note(text: String): String }
  interface Product { name: String secret: String price: Money maker: Person }
  type Book implements Product { name: String secret: String @requiresScopes(scopes: [["book"]]) price: Money maker: Person
    pages: Int! @requiresScopes(scopes: [["pages"]]) }
  type Boot implements Product @authenticated { name: String secret: String price: Money maker: Person size: Int }
  union Thing = Book | Boot | Person
  scalar Money @requiresScopes(scopes: [["money"]])
  enum Grade @requiresScopes(scopes: [["grade"], ["all", "some"]]) { A B }
  type Secret @requiresScopes(scopes: [["secret"]]) { text: String }
  type Person @key(fields: "id") { id: ID! name: String grade: Grade grades: [[Grade!]!]
    pay: Int @requiresScopes(scopes: [["pay"]]) @policy(policies: [["payroll"]]) }`;
const taxes = `
  type Person @key(fields: "id") { id: ID! pay: Int @external note: String
    tax: Int @requires(fields: "pay") @requiresScopes(scopes: [["pay"]]) @policy(policies: [["payroll"]]) }`;

const person = { __typename: "Person", id: "p1", name: "Hoa", grade: "A", grades: [["A", "B"], ["B"]], pay: 100 };
const book = { __typename: "Book", name: "book", secret: "in the book", price: 7, maker: person, pages: 300 };
const boot = { __typename: "Boot", name: "boot", secret: "in the boot", price: 9, maker: person, size: 42 };

export type GuardedAnswer = {
  data?: ResponseJson;
  errors: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
};

export type GuardedWorld = {
  /** Sends a query; `scopes` of a known caller, undefined for the public. */
  ask(scopes: readonly string[] | undefined, query: string, variables?: object): Promise<GuardedAnswer>;
  /** Coordinates of the fetched fields since the last `ask` began. */
  fetched: Set<string>;
  /** Executed mutations. */
  done: string[];
  close(): Promise<void>;
};

/** Starts two foreign subgraphs, whose supergraph uses auth directives in every way, behind a real gateway. */
export async function guardedWorld(environment: Record<string, string>): Promise<GuardedWorld> {
  const fetched = new Set<string>();
  const done: string[] = [];
  const root = {
    Query: {
      products: () => [book, boot],
      things: () => [book, boot, person],
      me: () => person,
      secret: () => ({ text: "hidden" }),
      open: () => "open",
      secretNumber: () => 1,
    },
    Mutation: {
      raise: () => done.push("raise"),
      note: (_: unknown, { text }: { text: string }) => done.push(text) && text,
    },
    Person: { __resolveReference: () => person },
  };
  const tax = { note: () => "a note", tax: ({ pay }: { pay: number }) => pay / 10 };
  const subgraphs = [
    await served("shop", LINK + shop, root, fetched),
    await served("taxes", LINK + taxes, { Person: { __resolveReference: (each: object) => each, ...tax } }, fetched),
  ];
  const directory = mkdtempSync(join(tmpdir(), "motcua-guarded-"));
  const supergraph = join(directory, "supergraph.graphql");
  writeFileSync(supergraph, composed(subgraphs));
  const configuration = gatewayConfiguration({
    SUPERGRAPH: supergraph,
    PORT: "0",
    MOTCUA_DEMO_DIR: directory,
    LOG_LEVEL: "silent",
    PLAYGROUND: "off",
    POLICIES: '{"payroll": ["clerk"]}',
    ...environment,
  });
  const gateway = await serveGateway(configuration);
  if (configuration.trust.kind !== "demo") throw new Error("This world trusts its own issuer");
  const issue = demoIssuer(configuration.trust);

  async function headersOf(scopes: readonly string[] | undefined): Promise<Record<string, string>> {
    if (!scopes) return {};
    const claims = { sub: "somebody", role: "clerk" as const, scope: scopes.join(" "), office: "31471" };
    return { authorization: `Bearer ${await issue(claims, new Date())}` };
  }

  return {
    fetched,
    done,
    async ask(scopes, query, variables = {}) {
      const headers = { "content-type": "application/json", ...(await headersOf(scopes)) };
      fetched.clear();
      const body = JSON.stringify({ query, variables });
      const response = await fetch(`http://127.0.0.1:${gateway.port}/graphql`, { method: "POST", headers, body });
      const answer = (await response.json()) as Partial<GuardedAnswer>;
      return { ...answer, errors: answer.errors ?? [] };
    },
    async close() {
      await gateway.close();
      await Promise.all(subgraphs.map((each) => each.close()));
      rmSync(directory, { recursive: true });
    },
  };
}

async function served(name: string, sdl: string, resolvers: object, fetched: Set<string>) {
  const schema = buildSubgraphSchema({ typeDefs: parse(sdl), resolvers: resolvers as never }); // its type knows no nesting
  const server = createServer(async (request, response) => {
    const { query, variables } = JSON.parse((await readBody(request, 1e6)).toString());
    for (const coordinate of coordinates(schema, query)) fetched.add(coordinate);
    sendJson(response, 200, await execute({ schema, document: parse(query), variableValues: variables }));
  });
  const port = await listen(server, 0);
  return { name, sdl, url: `http://127.0.0.1:${port}/graphql`, close: () => closeServer(server, 0) };
}

function coordinates(schema: GraphQLSchema, query: string): string[] {
  const found: string[] = [];
  const types = new TypeInfo(schema);
  const enter = ({ name }: { name: { value: string } }) =>
    void found.push(`${types.getParentType()?.name}.${name.value}`);
  visit(parse(query), visitWithTypeInfo(types, { Field: { enter } }));
  return found;
}
