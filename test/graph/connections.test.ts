import { buildSchema, GraphQLObjectType, getNamedType, isObjectType } from "graphql";
import { beforeAll, describe, expect, test } from "vitest";
import { aBirthRequest, dossierThatIs } from "../given.ts";
import { acknowledged, isDone, shortBackoff } from "../kit/dossier-outcomes.ts";
import type { ResponseJson } from "../kit/response-json.ts";
import { schemaText } from "../rights/scopes-in-sdl.ts";
import { type Persona, sharedWorld } from "../world.ts";

const api = buildSchema(schemaText("api"));
const objects = Object.values(api.getTypeMap()).filter(isObjectType);
const connections = objects.filter(({ name }) => name.endsWith("Connection"));
const typesOf = (type: unknown) =>
  type instanceof GraphQLObjectType
    ? Object.fromEntries(Object.entries(type.getFields()).map(([name, field]) => [name, String(field.type)]))
    : {};
const lists = objects.flatMap((type) =>
  Object.values(type.getFields()).filter((field) => connections.some((each) => each === getNamedType(field.type))),
);

describe("by Relay's specification of cursor connections", () => {
  test("a type that has nodes and the end of a page is named a connection, and a connection has both", () => {
    const pages = objects.filter((type) => "nodes" in type.getFields() || "edges" in type.getFields());
    expect(pages.map(({ name }) => name)).toEqual(connections.map(({ name }) => name));
    expect(pages.length).toBeGreaterThan(25);
  });

  test.each(connections.map((type) => [type.name, type] as const))(
    "%s offers edges of its own type beside its nodes, each with a cursor",
    (name, type) => {
      const { nodes = "", edges, pageInfo } = typesOf(type);
      const edge = `${name.replace(/Connection$/, "")}Edge`;
      expect({ edges, pageInfo }).toEqual({ edges: `[${edge}!]!`, pageInfo: "PageInfo!" });
      expect(typesOf(api.getType(edge))).toEqual({ cursor: "String!", node: nodes.slice(1, -2) });
    },
  );

  test("the information about a page has the four fields of the specification", () => {
    expect(typesOf(api.getType("PageInfo"))).toEqual({
      ...{ hasNextPage: "Boolean!", hasPreviousPage: "Boolean!" },
      ...{ startCursor: "String", endCursor: "String" },
    });
  });

  test("every list takes `first` and `after`; the feed of changes takes `since`, as its contract says", () => {
    const names = lists.map(({ name, args }) => [name, ...args.map((each) => each.name)]);
    const forwards = names.filter((each) => each.includes("first") && each.includes("after"));
    expect(names.filter((each) => !forwards.includes(each)).map(([name]) => name)).toEqual(["dossierChanges"]);
  });
});

const world = sharedWorld({ "one-stop": { ...shortBackoff["one-stop"], WEBHOOK_PRIVATE_ADDRESSES: "127.0.0.0/8" } });
const OFFICE = '"31471"';
/** Arguments and a reader of each list of a root field. */
const READ: Record<string, [persona: string, given: string]> = {
  births: ["registrar", "filter: {}"],
  businesses: ["business-officer", "filter: {}"],
  citizens: ["police", "filter: {}"],
  clockRulesChanges: ["administrator", ""],
  deaths: ["registrar", "filter: {}"],
  dossiers: ["clerk", ""],
  expiringLicences: ["business-officer", "filter: {}"],
  expiryReminders: ["clerk", ""],
  feedback: ["leader", ""],
  healthInsuranceCards: ["insurer", "filter: {}"],
  households: ["police", `commune: ${OFFICE}`],
  landCertificates: ["land-officer", "filter: {}"],
  landParcels: ["land-officer", `filter: { commune: ${OFFICE} }`],
  lateAndAtRisk: ["leader", `scope: { office: ${OFFICE} }`],
  marriages: ["registrar", "filter: {}"],
  paymentDiscrepancies: ["clerk", ""],
  procedures: ["clerk", ""],
  stoppedPortalDeliveries: ["clerk", ""],
  tickets: ["clerk", `office: ${OFFICE}`],
  undeliveredMessages: ["clerk", ""],
  webhookDeliveries: ["clerk", "webhook: $webhook"],
  workList: ["registrar", ""],
};
/** Lists of three entries or more in this world. */
const LONG = [
  "births",
  "businesses",
  "citizens",
  "dossiers",
  "healthInsuranceCards",
  "households",
  "landCertificates",
].concat("procedures", "webhookDeliveries");
const CREATE = `mutation ($url: String!) {
  createWebhook(input: { url: $url }, idempotencyKey: "edges-0") { webhook { id } problems { code } } }`;
const PING = `mutation ($webhook: ID!, $key: String!) {
  pingWebhook(webhook: $webhook, idempotencyKey: $key) { delivery { id } problems { code } } }`;
let webhook = "";

beforeAll(async () => {
  for (const request of [aBirthRequest(), aBirthRequest(), aBirthRequest()]) {
    const { code } = await acknowledged(world.current, request);
    await dossierThatIs(world.current, code, isDone);
  }
  const created = await world.current.ask({ persona: "clerk" }, CREATE, { url: `${world.current.url}/nowhere` });
  webhook = created.data.createWebhook.webhook.id;
  for (const key of ["edges-1", "edges-2", "edges-3"])
    await world.current.ask({ persona: "clerk" }, PING, { webhook, key });
});

const PAGE = "{ nodes { id } edges { cursor node { id } } pageInfo { hasPreviousPage startCursor endCursor } }";

async function pageOf(who: Persona, field: string, given: string): Promise<ResponseJson> {
  const question = given.includes("$webhook") ? "query ($webhook: ID!)" : "";
  const { data, errors } = await world.current.ask(who, `${question} { page: ${field}(${given}) ${PAGE} }`, {
    webhook,
  });
  expect(errors).toBeUndefined();
  return data.page;
}

test("the table of lists has every list of a root field that `after` continues", () => {
  const fields = Object.values(api.getQueryType()?.getFields() ?? {});
  const continued = fields.filter((field) => lists.includes(field) && field.args.some(({ name }) => name === "after"));
  expect(continued.map(({ name }) => name).sort()).toEqual(Object.keys(READ).sort());
});

test.each(Object.entries(READ))(
  "the edges of %s are its nodes, and their cursors are those of pages that end there",
  async (field, [persona, given]) => {
    const whole = await pageOf({ persona }, field, `first: 3 ${given}`);
    const { nodes, edges, pageInfo } = whole;
    if (LONG.includes(field)) expect(nodes).toHaveLength(3);
    expect(edges.map(({ node }: ResponseJson) => node)).toEqual(nodes);
    expect(pageInfo).toEqual({
      hasPreviousPage: false,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    });
    if (edges.length < 2) return;
    const single = await pageOf({ persona }, field, `first: 1 ${given}`);
    expect(single.pageInfo.endCursor).toBe(edges[0].cursor);
    const rest = await pageOf({ persona }, field, `first: 2 after: "${edges[0].cursor}" ${given}`);
    expect(rest.edges).toEqual(edges.slice(1));
  },
);
