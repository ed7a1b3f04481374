import { describe, expect, test } from "vitest";
import { federation } from "./kit/in-process-federation.ts";

const byReference = { __resolveReference: (it: object) => it };

describe("a required field that requires another one", () => {
  const VALUES: Record<string, number> = { base: 5, twice: 10, four: 20 };
  const chain = federation({
    a: {
      sdl: `type Query { o: O } type O @key(fields: "id") { id: ID! base: Int @external
        twice: Int @requires(fields: "base") }`,
      resolvers: {
        Query: { o: () => ({ id: "1" }) },
        O: { ...byReference, twice: ({ base = -1 }: { base?: number }) => 2 * base },
      },
    },
    b: {
      sdl: `type Query { fromB: O } type O @key(fields: "id") { id: ID! base: Int }`,
      resolvers: { Query: { fromB: () => ({ id: "1" }) }, O: { ...byReference, base: () => 5 } },
    },
    c: {
      sdl: `type Query { fromC: O } type O @key(fields: "id") { id: ID! twice: Int @external
        four: Int @requires(fields: "twice") }`,
      resolvers: {
        Query: { fromC: () => ({ id: "1" }) },
        O: { ...byReference, four: ({ twice }: { twice: number }) => 2 * twice },
      },
    },
  });

  test.each(["o", "fromB", "fromC"])(
    "a required field that requires another one is fetched after it, from %s",
    async (root) => {
      for (const fields of ["four", "twice four", "four twice", "four base"]) {
        const { data, errors } = await chain.run(`{ ${root} { ${fields} } }`);
        expect(errors).toEqual([]);
        expect(data).toEqual({ [root]: Object.fromEntries(fields.split(" ").map((each) => [each, VALUES[each]])) });
      }
    },
  );

  test("required fields of an interface's types, and fields that a root field provides, do not hinder a chain", async () => {
    const { run } = federation({
      a: {
        sdl: `interface Named { id: ID! } type Query { o: O }
          type O implements Named @key(fields: "id") { id: ID! base: Int @external twice: Int @requires(fields: "base") }
          type P implements Named @key(fields: "id") { id: ID! four: Int @external eight: Int @requires(fields: "four") }`,
        resolvers: {
          Query: { o: () => ({ id: "1" }) },
          O: { ...byReference, twice: ({ base }: { base: number }) => 2 * base },
        },
      },
      b: {
        sdl: `type O @key(fields: "id") { id: ID! base: Int extra: Int @shareable }
          type P @key(fields: "id") { id: ID! base: Int @external four: Int @requires(fields: "base") }`,
        resolvers: { O: { ...byReference, base: () => 5 } },
      },
      c: {
        sdl: `type Query { given: O @provides(fields: "extra") }
          type O @key(fields: "id") { id: ID! extra: Int @external twice: Int @external four: Int @requires(fields: "twice") }
          type P @key(fields: "id") { id: ID! base: Int }`,
        resolvers: { O: { ...byReference, four: ({ twice }: { twice: number }) => 2 * twice } },
      },
    });
    expect(await run("{ o { four } }")).toMatchObject({ data: { o: { four: 20 } }, errors: [] });
  });

  test("fields of one subgraph that require each other by way of another subgraph are fetched in order", async () => {
    const { run, asked } = federation({
      a: {
        sdl: 'type Query { os: [[O]] } type O @key(fields: "id") { id: ID! base: Int }',
        resolvers: { Query: { os: () => [[{ id: "1", base: 5 }], null] } },
      },
      b: {
        sdl: `type O @key(fields: "id") { id: ID! base: Int @external next: Int @requires(fields: "base")
          tens: Int @external last: Int @requires(fields: "tens") }`,
        resolvers: {
          O: {
            ...byReference,
            next: ({ base }: { base: number }) => base + 1,
            last: ({ tens }: { tens: number }) => tens + 100,
          },
        },
      },
      c: {
        sdl: 'type O @key(fields: "id") { id: ID! next: Int @external tens: Int @requires(fields: "next") }',
        resolvers: { O: { ...byReference, tens: ({ next }: { next: number }) => next * 10 } },
      },
    });
    expect(await run("{ os { last } }")).toMatchObject({ data: { os: [[{ last: 160 }], null] }, errors: [] });
    expect(asked.map(({ name }) => name)).toEqual(["a", "b", "c", "b"]);
  });

  test("an operation is refused where a required field that requires another one cannot be fetched after it", async () => {
    const { run } = federation({
      a: {
        sdl: `type Query { o: O } type O @key(fields: "id") { id: ID! base: Int @external twice: Int @requires(fields: "base") }`,
        resolvers: { Query: { o: () => ({ id: "1" }) } },
      },
      b: { sdl: 'type O @key(fields: "id") { id: ID! base: Int } type Short @key(fields: "id") { id: ID! base: Int }' },
      c: {
        sdl: `interface Long { four: Int } type O implements Long @key(fields: "id") { id: ID! twice: Int @external
            four: Int @requires(fields: "twice") }
          type Short implements Long @key(fields: "id") { id: ID! base: Int @external four: Int @requires(fields: "base") }`,
      },
    });
    const { data, errors } = await run("{ o { four } }");
    expect(data).toBeUndefined();
    expect(errors).toMatchObject([{ message: expect.stringMatching(/cannot be planned.* O\.twice/) }]);
  });
});
