import { randomUUID } from "node:crypto";
import { buildSchema, type GraphQLInterfaceType, GraphQLObjectType, getNamedType, isObjectType } from "graphql";
import { beforeAll, describe, expect, test } from "vitest";
import { aBirthRequest, dossierThatIs } from "../given.ts";
import { bearer } from "../kit/ask-agency.ts";
import { acknowledged, isDone, shortBackoff } from "../kit/dossier-outcomes.ts";
import type { ResponseJson } from "../kit/response-json.ts";
import { noteCall } from "../one-stop/feedback/feedback-stories.ts";
import { schemaText } from "../rights/scopes-in-sdl.ts";
import { clerk, type Persona, sharedWorld } from "../world.ts";

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
    const pages = objects.filter((type) => "pageInfo" in type.getFields() && !("count" in type.getFields()));
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
/** Lists without an entry in this world: nothing is late, undelivered, stopped or awaits an officer. */
const EMPTY = ["clockRulesChanges", "deaths", "expiryReminders", "lateAndAtRisk", "marriages"].concat(
  ...["paymentDiscrepancies", "stoppedPortalDeliveries", "undeliveredMessages", "workList"],
);
const CREATE = `mutation ($url: String!) {
  createWebhook(input: { url: $url }, idempotencyKey: "edges-0") { webhook { id } problems { code } } }`;
const PING = `mutation ($webhook: ID!, $key: String!) {
  pingWebhook(webhook: $webhook, idempotencyKey: $key) { delivery { id } problems { code } } }`;
const TAKE = `mutation ($key: String!) {
  takeTicket(input: { office: ${OFFICE} }, idempotencyKey: $key) { ticket { id } } }`;
let webhook = "";

/** Codes of completed dossiers, and the mother of the first one's child. */
const codes: string[] = [];
let mother = "";

beforeAll(async () => {
  for (const request of [aBirthRequest(), aBirthRequest(), aBirthRequest()]) {
    const { code } = await acknowledged(world.current, request);
    codes.push(code);
    await dossierThatIs(world.current, code, isDone);
    mother ||= request.mother.personalId ?? "";
  }
  const created = await world.current.ask({ persona: "clerk" }, CREATE, { url: `${world.current.url}/nowhere` });
  webhook = created.data.createWebhook.webhook.id;
  for (const key of ["edges-1", "edges-2", "edges-3"]) {
    await world.current.ask({ persona: "clerk" }, PING, { webhook, key });
    await world.current.ask({ persona: "clerk" }, TAKE, { key });
    await noteCall(world.current, { field: "land", feedback: { rating: 5 } }, key);
  }
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
    if (EMPTY.includes(field)) expect(nodes).toEqual([]);
    else expect(nodes.length).toBeGreaterThan(1);
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

test("the edges of the feed of changes are its nodes, and `since` goes on from the cursor of each", async () => {
  const feed = async (given: string) => {
    const { data, errors } = await world.current.ask(
      { persona: "portal" },
      `{ dossierChanges(${given}) { nodes { cursor note } edges { cursor node { cursor note } } pageInfo { startCursor endCursor } } }`,
    );
    expect(errors).toBeUndefined();
    return data.dossierChanges;
  };
  const { nodes, edges, pageInfo } = await feed("first: 6");
  expect(nodes).toHaveLength(6);
  expect(edges.map(({ node }: ResponseJson) => node)).toEqual(nodes);
  expect(edges.map(({ cursor }: ResponseJson) => cursor)).toEqual(nodes.map(({ cursor }: ResponseJson) => cursor));
  expect(pageInfo).toEqual({ startCursor: edges[0].cursor, endCursor: edges[5].cursor });
  for (const at of [0, 1, 2, 3, 4]) {
    const rest = await feed(`first: ${5 - at} since: "${edges[at].cursor}"`);
    expect(rest.edges).toEqual(edges.slice(at + 1));
  }
});

describe("node", () => {
  const types = api.getPossibleTypes(api.getType("Node") as GraphQLInterfaceType).map(({ name }) => name);
  const OWN = `query ($code: ID!) { dossier(code: $code) { __typename id nodeId code parts { result {
    __typename ... on BirthRegistration { id nodeId number child { __typename id nodeId fullName } }
    ... on Residency { id nodeId relationToHead } ... on HealthInsuranceCard { id nodeId number } } } } }`;
  const NODES = `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id nodeId
    ... on Dossier { code } ... on Citizen { fullName dossiers(first: 1) { nodes { code } } }
    ... on BirthRegistration { number } ... on DeathRegistration { deathNumber: number }
    ... on MarriageRegistration { marriageNumber: number } ... on MaritalStatusConfirmation { confirmed: number }
    ... on Residency { relationToHead } ... on HealthInsuranceCard { card: number } } }`;
  const NODE = NODES.replace("($ids: [ID!]!) { nodes(ids: $ids)", "($id: ID!) { node(id: $id)");
  const strange = bearer("citizen", { personalId: "079195000001" });

  /** Objects of the first dossier, as the clerk reads them by their own paths. */
  async function read(): Promise<ResponseJson[]> {
    const { data, errors } = await world.current.ask(clerk, OWN, { code: codes[0] });
    expect(errors).toBeUndefined();
    const { parts, ...dossier } = data.dossier;
    const results = parts.map(({ result }: ResponseJson) => result);
    return [dossier, ...results, ...results.flatMap(({ child }: ResponseJson) => child ?? [])];
  }

  const idsOf = (objects: ResponseJson[]) => objects.map(({ nodeId }) => nodeId);
  const unknown = () => types.map((type) => `${type}:${randomUUID()}`);

  test("a node id is the type and the id of every kind of node", async () => {
    const objects = await read();
    for (const { __typename, id, nodeId } of objects) expect(nodeId).toBe(`${__typename}:${id}`);
    expect(objects.map(({ __typename }) => __typename).sort()).toEqual([
      "BirthRegistration",
      "Citizen",
      "Dossier",
      "HealthInsuranceCard",
      "Residency",
    ]);
    expect(types.sort()).toEqual(
      ["BirthRegistration", "Citizen", "DeathRegistration", "Dossier", "HealthInsuranceCard"].concat(
        "MaritalStatusConfirmation",
        "MarriageRegistration",
        "Residency",
      ),
    );
  });

  test("a clerk reads by node ids what the objects' own paths show, in the order of the ids", async () => {
    const objects = await read();
    const { data, errors } = await world.current.ask(clerk, NODES, { ids: idsOf(objects).reverse() });
    expect(errors).toBeUndefined();
    const [citizen, ...nodes] = data.nodes;
    expect(nodes.reverse().map(({ card, ...node }: ResponseJson) => (card ? { ...node, number: card } : node))).toEqual(
      objects.slice(0, -1).map(({ child: _, ...object }) => object),
    );
    expect(citizen).toEqual({ ...objects.at(-1), dossiers: { nodes: [{ code: codes[0] }] } });
  });

  test("a mother reads the nodes of her child's dossier", async () => {
    const { data, errors } = await world.current.ask(bearer("citizen", { personalId: mother }), NODES, {
      ids: idsOf((await read()).slice(0, 2)),
    });
    expect(errors).toBeUndefined();
    expect(data.nodes).toMatchObject([{ code: codes[0] }, { number: expect.any(String) }]);
  });

  test("a stranger learns of an object that exists what one learns of an object that does not", async () => {
    const existing = idsOf(await read());
    const missing = existing.map((nodeId) => `${nodeId.split(":")[0]}:${randomUUID()}`);
    const shown = async (ids: string[]) => {
      const { data, errors } = await world.current.ask(strange, NODES, { ids });
      const nodes = data.nodes.map((node: ResponseJson, at: number) => node && { ...node, id: at, nodeId: at });
      const told = errors?.map(({ message, path, extensions: { code } }) => ({ message, path: path?.join("."), code }));
      return { nodes, errors: told?.sort((one, other) => (`${one.path}` < `${other.path}` ? -1 : 1)) };
    };
    const seen = await shown(existing);
    expect(seen).toEqual(await shown(missing));
    expect(new Set(seen.errors?.map(({ code }) => code))).toEqual(new Set(["NOT_FOUND"]));
    expect(seen.errors).toHaveLength(existing.length);
    for (const node of seen.nodes)
      for (const [field, value] of Object.entries(node ?? {}))
        if (!["__typename", "id", "nodeId"].includes(field)) expect(value).toBeNull();
  });

  test("an id of every kind is answered for a clerk though there is no such object", async () => {
    for (const id of unknown()) {
      const { data, errors } = await world.current.ask(clerk, NODE, { id });
      const [type] = id.split(":");
      if (type === "Dossier" || type === "Citizen") {
        expect(data.node).toBeNull();
        expect(errors).toMatchObject([{ path: ["node"], extensions: { code: "NOT_FOUND" } }]);
      } else expect(data.node).toMatchObject({ __typename: type, nodeId: id });
    }
  });

  test("a caller who may read dossiers and no citizens is refused every citizen's node, and reads the dossier's", async () => {
    const objects = await read();
    const { data, errors } = await world.current.ask(
      bearer("clerk", { office: "31471" }, ["dossier:read"]),
      "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Dossier { code } ... on Citizen { id personalId } } }",
      { ids: [objects.at(-1).nodeId, objects[0].nodeId, `Citizen:${randomUUID()}`] },
    );
    expect(data.nodes).toEqual([null, { code: codes[0] }, null]);
    const refused = { extensions: { code: "FORBIDDEN", scopes: [["citizen:read"]] } };
    expect(errors).toMatchObject([0, 2].map((at) => ({ ...refused, path: ["nodes", at] })));
  });

  test("anonymous callers are asked for a token", async () => {
    const { data, errors } = await world.current.ask(null, NODE, { id: idsOf(await read())[0] });
    expect(data.node).toBeNull();
    expect(errors).toMatchObject([{ path: ["node"], extensions: { code: "UNAUTHENTICATED" } }]);
  });

  test.each(["", "0192f000-0000-7000-8000-000000000000", "Dossier:H13.105-261123-0001", "Household:x", "Dossier:1:2"])(
    "a malformed id is refused with the remedy: %s",
    async (id) => {
      const one = await world.current.ask(clerk, NODE, { id });
      const refused = { code: "BAD_USER_INPUT", argument: "id" };
      expect(one.errors).toMatchObject(
        [{ path: ["node"], message: /read the field `nodeId`/, extensions: refused }].map(({ message, ...rest }) => ({
          ...rest,
          message: expect.stringMatching(message),
        })),
      );
      const [dossier] = await read();
      const { data, errors } = await world.current.ask(clerk, NODES, { ids: [id, dossier.nodeId] });
      expect(data.nodes).toMatchObject([null, { code: codes[0] }]);
      expect(errors).toMatchObject([{ path: ["nodes", 0], extensions: { code: "BAD_USER_INPUT", argument: "ids" } }]);
    },
  );

  test("no id and more than a hundred ids are refused", async () => {
    for (const ids of [[], Array.from({ length: 101 }, () => unknown()[0])]) {
      const { errors } = await world.current.ask(clerk, NODES, { ids });
      expect(errors).toMatchObject([{ path: ["nodes"], extensions: { code: "BAD_USER_INPUT", argument: "ids" } }]);
    }
  });

  test("a citizen's node is unavailable while the population register does not respond, and a dossier's is not", async () => {
    const objects = await read();
    world.current.demo.setFaultMode("RESIDENCE", "DOWN");
    const ids = [objects[0].nodeId, objects.at(-1).nodeId];
    const one = await world.current.ask(clerk, NODE, { id: ids[1] });
    const other = await world.current.ask(clerk, NODE, { id: ids[0] });
    const both = await world.current.ask(clerk, NODES, { ids });
    world.current.demo.setFaultMode("RESIDENCE", "UP");
    expect(one.errors).toMatchObject([{ path: ["node"], extensions: { code: "UNAVAILABLE", agency: "RESIDENCE" } }]);
    expect(other.data.node).toMatchObject({ code: codes[0] });
    expect(both.data.nodes).toMatchObject([{ code: codes[0] }, null]);
    expect(both.errors).toMatchObject([{ path: ["nodes", 1], extensions: { code: "UNAVAILABLE" } }]);
  });
});
