import { describe, expect, test } from "vitest";
import { federation } from "./kit/in-process-federation.ts";

const numbers = (length: number) => Array.from({ length }, (_, n) => n);

/** An interface of many entities whose shared field `state` each of two subgraphs resolves. @param key of State, if any. */
function unitsOf(types: number, key: string) {
  const sdl = (name: string, root: string) => `
    type Query { ${root}: [Unit] }
    interface Unit { id: ID! state: State }
    ${numbers(types)
      .map((n) => `type T${n} implements Unit @key(fields: "id") { id: ID! state: State @shareable }`)
      .join("\n")}
    type State ${key} { id: ID! @shareable label: String @shareable ${name}only: String }`;
  const state = (name: string) => ({ __typename: "State", id: "s", label: "open", [`${name}only`]: name });
  const units = (name: string) =>
    numbers(types).map((n) => ({ __typename: `T${n}`, id: String(n), state: state(name) }));
  const resolve = (name: string) => ({ __resolveReference: ({ id }: { id: string }) => ({ id, state: state(name) }) });
  const resolvers = (name: string, root: string) => ({
    Query: { [root]: () => units(name) },
    ...Object.fromEntries(numbers(types).map((n) => [`T${n}`, resolve(name)])),
    ...(key && { State: { __resolveReference: () => state(name) } }),
  });
  return federation({
    a: { sdl: sdl("a", "units"), resolvers: resolvers("a", "units") },
    b: { sdl: sdl("b", "qb"), resolvers: resolvers("b", "qb") },
  });
}

describe("a shared field of an interface", () => {
  test.each([11, 40])(
    "a shared field of an interface of %i entities is planned without a plan for each implementation",
    async (types) => {
      const { run, asked } = unitsOf(types, '@key(fields: "id")');
      const { data, errors } = await run("{ units { id state { label } } }");
      expect(errors).toEqual([]);
      expect(data).toEqual({ units: numbers(types).map((n) => ({ id: String(n), state: { label: "open" } })) });
      expect(asked.map(({ name }) => name)).toEqual(["a"]);
    },
  );

  test("leads to a field of another subgraph through the key of its type", async () => {
    const { run, asked } = unitsOf(12, '@key(fields: "id")');
    const { data, errors } = await run("{ units { state { label aonly bonly } } }");
    expect(errors).toEqual([]);
    expect(data).toEqual({ units: numbers(12).map(() => ({ state: { label: "open", aonly: "a", bonly: "b" } })) });
    expect(asked.map(({ name }) => name)).toEqual(["a", "b"]);
  });

  test.each([11, 40])(
    "a shared field of an interface of %i entities whose type has no key is planned without a plan for each of them",
    async (types) => {
      const { run, asked } = unitsOf(types, "");
      const { data, errors } = await run("{ units { id state { label aonly } } }");
      expect(errors).toEqual([]);
      const state = { label: "open", aonly: "a" };
      expect(data).toEqual({ units: numbers(types).map((n) => ({ id: String(n), state })) });
      expect(asked.map(({ name }) => name)).toEqual(["a"]);
    },
  );

  test.each([3, 11, 20])(
    "a shared field of an interface of %i entities whose type has no key leads to a field of another subgraph through the keys of the entities",
    async (types) => {
      const { run, asked } = unitsOf(types, "");
      for (const fields of ["aonly bonly", "bonly aonly"]) {
        asked.length = 0;
        const { data, errors } = await run(`{ units { state { ${fields} } } }`);
        expect(errors).toEqual([]);
        const state = Object.fromEntries(fields.split(" ").map((field) => [field, field[0]]));
        expect(JSON.stringify(data)).toBe(JSON.stringify({ units: numbers(types).map(() => ({ state })) }));
        expect(asked.map(({ name }) => name)).toEqual(["a", "b"]);
      }
    },
  );

  test("types that an operation selects apart stay apart", async () => {
    const { run } = unitsOf(12, "");
    const query =
      "{ units { __typename ... on T1 { state { own: bonly } } ... on Unit { state { bonly } } ... on T2 { id } } }";
    const { data, errors } = await run(query);
    expect(errors).toEqual([]);
    const expected = numbers(12).map((n) => ({
      __typename: `T${n}`,
      state: { ...(n === 1 && { own: "b" }), bonly: "b" },
      ...(n === 2 && { id: "2" }),
    }));
    expect(data).toEqual({ units: expected });
  });
});
