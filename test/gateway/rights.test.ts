import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type GuardedAnswer, type GuardedWorld, guardedWorld } from "./kit/protected-supergraph.ts";
import { requestPaths } from "./kit/request-paths.ts";

const ALL = ["book", "pages", "money", "grade", "secret", "pay", "raise"];
const but = (scope: string) => ALL.filter((each) => each !== scope);

type Protected = { on: string; field: string; needs: string | undefined; through: string[]; below?: string };
/** Every protected field of the graph: the scope it needs (a known caller at least), and from where it is reached. */
const PROTECTED: Protected[] = [
  { on: "Query", field: "secret", needs: "secret", through: [""], below: "{ __typename }" },
  { on: "Secret", field: "text", needs: "secret", through: ["secret"] },
  { on: "Query", field: "secretNumber", needs: undefined, through: [""] },
  { on: "Book", field: "secret", needs: "book", through: ["products", "things"] },
  { on: "Book", field: "price", needs: "money", through: ["products", "things"] },
  { on: "Book", field: "pages", needs: "pages", through: ["products", "things"] },
  { on: "Boot", field: "name", needs: undefined, through: ["products", "things"] },
  { on: "Boot", field: "secret", needs: undefined, through: ["products", "things"] },
  { on: "Boot", field: "price", needs: "money", through: ["products", "things"] },
  { on: "Boot", field: "maker", needs: undefined, through: ["products", "things"], below: "{ __typename }" },
  { on: "Boot", field: "size", needs: undefined, through: ["products", "things"] },
  { on: "Person", field: "grade", needs: "grade", through: ["me", "things", "products { maker"] },
  { on: "Person", field: "grades", needs: "grade", through: ["me", "things"] },
  { on: "Person", field: "pay", needs: "pay", through: ["me", "things"] },
  { on: "Person", field: "tax", needs: "pay", through: ["me", "things"] },
];

type Form = (each: Protected, through: string) => string;
const inside = (through: string, selection: string) =>
  through === "" ? `{ ${selection} }` : `{ ${through} { ${selection} }${through.includes("{") ? " }" : ""} }`;
const FORMS: Record<string, Form> = {
  plain: ({ on, field, below = "" }, through) => inside(through, `... on ${on} { x: ${field} ${below} }`),
  "named fragments, nested and repeated": ({ on, field, below = "" }, through) =>
    `${inside(through, "...F ...G")} fragment F on ${on} { ...G } fragment G on ${on} { x: ${field} ${below} }`,
  "an alias, twice, under a condition": ({ on, field, below = "" }, through) =>
    inside(through, `... on ${on} @include(if: true) { x: ${field} ${below} x: ${field} @skip(if: false) ${below} }`),
};

const refusals = ({ errors }: GuardedAnswer) =>
  errors.filter(({ extensions }) => String(extensions.code) !== "INTERNAL");

describe.each(requestPaths)("%s", (_, environment) => {
  let world: GuardedWorld;
  beforeAll(async () => {
    world = await guardedWorld(environment);
  });
  afterAll(() => world.close());

  describe.each(PROTECTED)("$on.$field", ({ on, field, ...more }) => {
    const each = { on, field, ...more };
    const forms = Object.entries(FORMS).flatMap(([name, form]) =>
      each.through.map((way) => [name, way, form] as const),
    );

    test.each(forms)(
      `the protected field ${on}.${field} as %s through %s is returned exactly to callers with its scopes`,
      async (_, way, form) => {
        const { errors } = await world.ask(ALL, form(each, way));
        expect(errors).toEqual([]);
        expect([...world.fetched]).toContain(`${on}.${field}`);
      },
    );

    const others = [
      ["the public", undefined] as const,
      ...(each.needs ? [["a caller without", but(each.needs)] as const] : []),
    ];
    test.each(forms.flatMap((form) => others.map((other) => [other[0], ...form, other[1]] as const)))(
      `the protected field ${on}.${field} is not fetched for %s, as %s through %s`,
      async (_, __, way, form, scopes) => {
        const answer = await world.ask(scopes, form(each, way));
        expect(answer.errors.length).toBeGreaterThan(0);
        for (const { path, extensions } of refusals(answer)) {
          expect(["x", ...way.split(" { ")]).toContain(path?.at(-1)); // the way itself may end before
          expect(extensions.code).toBe(scopes ? "FORBIDDEN" : "UNAUTHENTICATED");
          if (each.needs && path?.at(-1) === "x")
            expect(extensions.scopes).toEqual(expect.arrayContaining([expect.arrayContaining([each.needs])]));
        }
        expect([...world.fetched]).not.toContain(`${on}.${field}`);
        expect(JSON.stringify(answer.data)).not.toContain('"x":{');
      },
    );
  });

  describe("through an interface", () => {
    test("through an interface each type's own requirement decides, at its own places", async () => {
      const { data, errors } = await world.ask(but("book"), "{ products { name s: secret } }");
      expect(data).toEqual({
        products: [
          { name: "book", s: null },
          { name: "boot", s: "in the boot" },
        ],
      });
      expect(errors).toMatchObject([
        { path: ["products", 0, "s"], extensions: { code: "FORBIDDEN", scopes: [["book"]] } },
      ]);
      expect([...world.fetched]).not.toContain("Product.secret");
      expect([...world.fetched]).toContain("Boot.secret");
    });

    test("an unreadable object exposes only its existence and `__typename`", async () => {
      const { data, errors } = await world.ask(undefined, "{ products { __typename name maker { name } } }");
      expect(data).toEqual({
        products: [
          { __typename: "Book", name: "book", maker: { name: "Hoa" } },
          { __typename: "Boot", name: null, maker: null },
        ],
      });
      expect(errors.map(({ path }) => path)).toEqual([
        ["products", 1, "name"],
        ["products", 1, "maker"],
      ]);
    });

    test("a field that all its types deny is fetched from no subgraph", async () => {
      const { data } = await world.ask(but("money"), "{ products { price } }");
      expect(data).toEqual({ products: [{ price: null }, { price: null }] });
      expect([...world.fetched].filter((each) => each.endsWith(".price"))).toEqual([]);
    });
  });

  test("a denied non-null field removes its object, with one error", async () => {
    const { data, errors } = await world.ask(but("pages"), "{ products { name ... on Book { pages } } }");
    expect(data).toEqual({ products: [null, { name: "boot" }] });
    expect(errors).toMatchObject([{ path: ["products", 0, "pages"], extensions: { scopes: [["pages"]] } }]);
    expect(await world.ask(undefined, "{ open secretNumber }")).toMatchObject({
      data: null,
      errors: [{ path: ["secretNumber"] }],
    });
  });

  test("a field that a condition excludes is not reported as missing", async () => {
    const query = "query ($no: Boolean!) { open secret @include(if: $no) { text } }";
    expect(await world.ask(undefined, query, { no: false })).toMatchObject({ data: { open: "open" }, errors: [] });
    expect(await world.ask(undefined, query, { no: true })).toMatchObject({ data: { open: "open", secret: null } });
  });

  test("a query of which the caller may read nothing asks no subgraph", async () => {
    const { data } = await world.ask([], "{ secret { text } __typename }");
    expect(data).toEqual({ secret: null, __typename: "Query" });
    expect([...world.fetched]).toEqual([]);
  });

  test("a field that requires a protected one is not fetched, and neither is the required field", async () => {
    const { data, errors } = await world.ask(but("pay"), "{ me { note tax } }");
    expect(data).toEqual({ me: { note: "a note", tax: null } });
    expect(errors).toMatchObject([{ path: ["me", "tax"], extensions: { scopes: [["pay"]], policies: [["payroll"]] } }]);
    expect([...world.fetched]).not.toContain("Person.pay");
  });

  test("a denied mutation is not executed, and the mutations beside it are", async () => {
    const before = world.done.length;
    const { data, errors } = await world.ask([], 'mutation { a: note(text: "a") raise b: note(text: "b") }');
    expect(data).toEqual({ a: "a", raise: null, b: "b" });
    expect(errors).toMatchObject([{ path: ["raise"], extensions: { code: "FORBIDDEN", scopes: [["raise"]] } }]);
    expect(world.done.slice(before)).toEqual(["a", "b"]);
  });

  test("one caller's rights never affect another's, however their requests interleave", async () => {
    const query = "{ me { pay grade } secret { text } }";
    const asked = Array.from({ length: 60 }, (_, at) => [undefined, ALL, ["secret"], but("pay")][at % 4]);
    const answers = await Promise.all(asked.map((scopes) => world.ask(scopes, query)));
    answers.forEach(({ data }, at) => {
      const may = (scope: string) => asked[at]?.includes(scope) ?? false;
      expect(data).toEqual({
        me: { pay: may("pay") ? 100 : null, grade: may("grade") ? "A" : null },
        secret: may("secret") ? { text: "hidden" } : null,
      });
    });
  });
});
