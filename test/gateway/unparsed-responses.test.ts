import type { FetchNode } from "@apollo/query-planner";
import { buildSchema, OperationTypeNode } from "graphql";
import { expect, test } from "vitest";
import { responseReader } from "../../gateway/executor/text/response-reader.ts";
import { toUtf8 } from "../../gateway/utf8.ts";
import { federation } from "./kit/in-process-federation.ts";

const SHOPS = 'type Query { shops: [Shop!] shop: Shop } type Shop @key(fields: "id") { id: ID! name: String! }';
const STOCK = `type Shop @key(fields: "id") { id: ID! address: Address goods: [Good!]! }
  type Address { street: String! town: String }
  type Good { code: ID! price: Float count: Int isNew: Boolean size: Size tags: [String] made: Date }
  scalar Date
  enum Size { SMALL LARGE }`;
const QUERY = "{ shops { id name address { street town } goods { code price count isNew size tags made } } }";
const GOOD = '{"code":"g","price":1.5,"count":3,"isNew":true,"size":"LARGE","tags":["a",null],"made":"2024-01-01"}';
const ENTITY = `{"address":{"street":"Phố Huế 1","town":null},"goods":[${GOOD},${GOOD}]}`;

/** Text of the response's data, and of its errors, for each of three requests: only the first response is parsed as a whole. */
async function responses(stock: string, query = QUERY) {
  const { run } = federation({
    shops: { sdl: SHOPS, sends: () => '{"data":{"shops":[{"__typename":"Shop","id":"1","name":"A"}]}}' },
    stock: { sdl: STOCK, sends: () => stock },
  });
  const texts: string[] = [];
  for (let time = 0; time < 3; time++) {
    const { text, errors } = await run(query);
    texts.push(`${text} ${errors.map(({ message }) => message).join("; ")}`);
  }
  return texts;
}

const entities = (text: string) => `{"data":{"_entities":[${text}]}}`;

test("a response in the usual form reaches the client unchanged", async () => {
  const [parsed, ...read] = await responses(entities(ENTITY));

  expect(parsed).toBe(`{"shops":[{"id":"1","name":"A",${ENTITY.slice(1)}]} `);
  expect(read).toEqual([parsed, parsed]);
});

test.each([
  ["white space", entities(ENTITY.replaceAll(",", " , ").replaceAll(":", ": "))],
  ["fields in another order", entities('{"address":{"town":null,"street":"S"},"goods":[]}')],
  ["an escape", entities(ENTITY.replace("Phố", 'Ph\\u1ed1 \\"x\\" \\/'))],
  ["a control character", entities(ENTITY.replace("Phố", "\u0001"))],
  ["a field twice", entities('{"address":{"street":"S","street":"T","town":null},"goods":[]}')],
  ["a field that is not selected", entities('{"address":{"street":"S","town":null,"zip":"1"},"goods":[]}')],
  ["a field that is missing", entities('{"address":{"street":"S"},"goods":[]}')],
  ["a null that its type forbids", entities('{"address":{"street":null,"town":null},"goods":[null]}')],
  ["a list for an object", entities('{"address":[{"street":"S","town":null}],"goods":[]}')],
  ["an object for a list", entities(`{"address":null,"goods":${GOOD}}`)],
  ["an unknown enum value", entities(ENTITY.replace("LARGE", "HUGE"))],
  ["a number for a string", entities(ENTITY.replace('"Phố Huế 1"', "1"))],
  ["a string for a number", entities(ENTITY.replace('"count":3', '"count":"3"'))],
  ["an integer beyond Int", entities(ENTITY.replace('"count":3', '"count":2147483648'))],
  ["a negative zero", entities(ENTITY.replace('"count":3', '"count":-0'))],
  ["a number in another notation", entities(ENTITY.replace("1.5", "15e-1"))],
  ["a decimal with an end of zeros", entities(ENTITY.replace("1.5", "1.50"))],
  ["a number for an ID", entities(ENTITY.replace('"g"', "123456789012345678901"))],
  ["a number for a custom scalar", entities(ENTITY.replace('"2024-01-01"', "1.10"))],
  ["an object for a custom scalar", entities(ENTITY.replace('"2024-01-01"', '{"y":[1.0,{}]}'))],
  ["a comma at the end of a list", entities(ENTITY.replace("]}", ",]}"))],
  ["text after the end", `${entities(ENTITY)} x`],
  ["no data", '{"data":null}'],
  ["no entity", entities("null")],
  ["too many entities", entities(`${ENTITY},${ENTITY}`)],
  [
    "errors beside data",
    `${entities(ENTITY).slice(0, -1)},"errors":[{"message":"m","path":["_entities",0,"address","town"]}]}`,
  ],
])("a response with %s is answered as if it were parsed", async (_, stock) => {
  const [parsed, ...read] = await responses(stock).catch((error: unknown) => [String(error)]);

  for (const each of read) expect(each).toBe(parsed);
});

test("fields that the client selects in another order, or under other names, are written in its order and under its names", async () => {
  const query = "{ shops { goods { size c: code } address { town street } } }";
  const stock = entities('{"goods":[{"size":"LARGE","code__1":"g"}],"address":{"town":"T","street":"S"}}');

  const texts = await responses(stock, query);

  const expected = '{"shops":[{"goods":[{"size":"LARGE","c":"g"}],"address":{"town":"T","street":"S"}}]} ';
  expect(texts).toEqual([expected, expected, expected]);
});

test("a field below an unparsed value is null with its error when another fetch of it fails", async () => {
  const { run } = federation({
    shops: {
      sdl: `${SHOPS} extend type Shop { owner: Owner } type Owner @key(fields: "id") { id: ID! home: Home } type Home { town: String! }`,
      sends: () => '{"data":{"shop":{"owner":{"__typename":"Owner","id":"1","home":{"town":"T"}}}}}',
    },
    people: { sdl: 'type Owner @key(fields: "id") { id: ID! phone: String }', isDown: true },
  });

  for (let time = 0; time < 3; time++) {
    const { text, errors } = await run("{ shop { owner { home { town } phone } } }");

    expect(text).toBe('{"shop":{"owner":{"home":{"town":"T"},"phone":null}}}');
    expect(errors).toMatchObject([{ path: ["shop", "owner", "phone"], extensions: { code: "UNAVAILABLE" } }]);
  }
});

test("the reader of a fetch is compiled for its second response and leaves values text that no fetch reads", () => {
  const schema = buildSchema(
    "type Query { shop: Shop } type Shop { id: ID! address: Address } type Address { town: String }",
  );
  const operation = "{ shop { id address { town } } }";
  const node: FetchNode = {
    kind: "Fetch",
    serviceName: "s",
    operationName: undefined,
    operation,
    operationKind: OperationTypeNode.QUERY,
    operationDocumentNode: undefined,
  };
  const read = responseReader(node, [], { schema, isUnread: (path) => path.join() === "shop,address" });
  const json = toUtf8('{"data":{"shop":{"id":"1","address":{"town":"Huế"}}}}');

  const [first, second] = [read(json), read(json)];

  expect(first).toBeUndefined();
  expect(second?.data).toMatchObject({ shop: { id: "1", address: { text: toUtf8('{"town":"Huế"}') } } });
});

test("a root field below another object is read by later fetches at every request", async () => {
  const shop = { __typename: "Shop", id: "1", name: "A" };
  const { run } = federation({
    viewers: {
      sdl: 'type Query { viewer: Viewer } type Viewer @key(fields: "id") { id: ID! query: Query! }',
      sends: () => '{"data":{"viewer":{"query":{"__typename":"Query"}}}}',
    },
    shops: {
      sdl: 'type Query { shop: Shop } type Shop @key(fields: "id") { id: ID! name: String }',
      sends: ({ query }) => JSON.stringify({ data: { shop: query.includes("__typename") ? shop : { name: "A" } } }),
    },
    stock: {
      sdl: 'type Shop @key(fields: "id") { id: ID! stock: Int }',
      sends: () => '{"data":{"_entities":[{"stock":7}]}}',
    },
  });
  for (let time = 0; time < 4; time++) {
    const { text, errors } = await run("{ shop { name } viewer { query { shop { id name stock } } } }");
    expect(errors).toEqual([]);
    expect(JSON.parse(text ?? "")).toEqual({
      shop: { name: "A" },
      viewer: { query: { shop: { id: "1", name: "A", stock: 7 } } },
    });
  }
});
