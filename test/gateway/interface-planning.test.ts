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
  test.each([11, 40])("of %i entities is planned without a plan for each implementation", async (types) => {
    const { run, asked } = unitsOf(types, '@key(fields: "id")');
    const { data, errors } = await run("{ units { id state { label } } }");
    expect(errors).toEqual([]);
    expect(data).toEqual({ units: numbers(types).map((n) => ({ id: String(n), state: { label: "open" } })) });
    expect(asked.map(({ name }) => name)).toEqual(["a"]);
  });

  test("leads to a field of another subgraph through the key of its type", async () => {
    const { run, asked } = unitsOf(12, '@key(fields: "id")');
    const { data, errors } = await run("{ units { state { label aonly bonly } } }");
    expect(errors).toEqual([]);
    expect(data).toEqual({ units: numbers(12).map(() => ({ state: { label: "open", aonly: "a", bonly: "b" } })) });
    expect(asked.map(({ name }) => name)).toEqual(["a", "b"]);
  });

  test("whose type has no key leads to a field of another subgraph through the keys of the implementations", async () => {
    const { run } = unitsOf(3, "");
    const { data, errors } = await run("{ units { state { aonly bonly } } }");
    expect(errors).toEqual([]);
    expect(data).toEqual({ units: numbers(3).map(() => ({ state: { aonly: "a", bonly: "b" } })) });
  });
});
