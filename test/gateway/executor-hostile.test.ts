import { describe, expect, test } from "vitest";
import { federation } from "./kit/in-process-federation.ts";

const first = `type Query { users: [User] user: User }
  type User @key(fields: "id") { id: ID! name: String }`;
const second = 'type User @key(fields: "id") { id: ID! phone: String tags: [String] }';
const users = [{ __typename: "User", id: "1", name: "A" }];

/** Runs a query over two subgraphs, the second of which returns an invalid response. */
function answered(says: () => unknown) {
  const graph = federation({ first: { sdl: first, says: () => ({ data: { users } }) }, second: { sdl: second, says } });
  return graph.run("{ users { name phone tags } }");
}

describe("invalid subgraph responses", () => {
  const nothing = { users: [{ name: "A", phone: null, tags: null }] };

  test.each<[string, unknown]>([
    ["no data", {}],
    ["data that are a list", { data: [] }],
    ["data that are a text", { data: "x" }],
    ["too few entities", { data: { _entities: [] } }],
    ["too many entities", { data: { _entities: [{ phone: "1" }, { phone: "2" }] } }],
    ["entities that are no list", { data: { _entities: { 0: { phone: "1" } } } }],
    ["no entities", { data: {} }],
  ])("a subgraph response with %s gives null and a gateway error at each place", async (_, says) => {
    const { data, errors } = await answered(() => says);
    expect(data).toEqual(nothing);
    expect(errors.map(({ path, extensions }) => [path?.join("."), extensions.code])).toEqual([
      ["users.0.phone", "INTERNAL"],
      ["users.0.tags", "INTERNAL"],
    ]);
  });

  test.each<[string, unknown]>([
    ["an entity that is a text", { data: { _entities: ["x"] } }],
    ["an entity that is a list", { data: { _entities: [[]] } }],
    ["no entity", { data: { _entities: [null] } }],
  ])("a subgraph response with %s gives null in the fields of that entity", async (_, says) => {
    expect((await answered(() => says)).data).toEqual(nothing);
  });

  test("a subgraph response with names of Object.prototype changes no prototype and adds no value", async () => {
    const entity = JSON.parse('{"__proto__": {"phone": "evil", "polluted": 1}, "constructor": 5, "tags": null}');
    const { data } = await answered(() => ({ data: { _entities: [entity] } }));
    expect(data).toEqual(nothing);
    expect({}).not.toHaveProperty("polluted");
  });

  test("a subgraph response with malformed errors causes no harm", async () => {
    const errors = [
      null,
      5,
      "x",
      [],
      {},
      { message: 5, path: "x", extensions: [] },
      { path: [{}] },
      { path: [-1, Number.POSITIVE_INFINITY] },
    ];
    const { data, errors: seen } = await answered(() => ({ data: { _entities: [{ phone: "1", tags: [] }] }, errors }));
    expect(data).toEqual({ users: [{ name: "A", phone: "1", tags: [] }] });
    expect(seen).toHaveLength(errors.length);
    expect(new Set(seen.map((each) => typeof each.message))).toEqual(new Set(["string"]));
  });

  test("only the first thousand of a subgraph's hundred thousand errors are read", async () => {
    const errors = Array.from({ length: 100_000 }, () => ({ message: "no", path: ["_entities", 0, "phone"] }));
    const { errors: seen } = await answered(() => ({ data: { _entities: [{ phone: null, tags: null }] }, errors }));
    expect(seen).toHaveLength(1_000);
  });
});

describe("unusual aliases", () => {
  test.each(["constructor", "toString", "__proto__", "hasOwnProperty", "id", "length"])(
    "a client's alias may be %s",
    async (alias) => {
      const graph = federation({ first: { sdl: first, resolvers: { Query: { users: () => users } } } });
      const { text } = await graph.run(`{ users { ${alias}: name } }`);
      expect(text).toBe(`{"users":[{"${alias}":"A"}]}`);
    },
  );
});
