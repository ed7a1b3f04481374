import { describe, expect, test } from "vitest";
import { withoutAuthDirectives } from "../../gateway/supergraph/security-directives.ts";
import { anonymous, having, rightsIn, supergraphOf } from "./kit/authorization-decisions.ts";

const shop = `
  type Query { top: [Product] me: Person one: Thing grades: [[Grade!]] open: String }
  type Mutation { raise(pay: Int): Int @requiresScopes(scopes: [["raise"]]) }
  interface Product { name: String secret: String owner: Person }
  type Book implements Product { name: String secret: String @requiresScopes(scopes: [["book"]]) owner: Person }
  type Boot implements Product @authenticated { name: String secret: String owner: Person }
  union Thing = Boot | Person
  enum Grade @requiresScopes(scopes: [["grade"], ["all", "some"]]) { A B }
  scalar Money @requiresScopes(scopes: [["money"]])
  type Person @key(fields: "id") { id: ID! name: String grade: Grade pay: Money @policy(policies: [["payroll"]]) friend: Person card: Card }
  type Card @requiresScopes(scopes: [["card"]]) { number: String limit: Money }`;
const shopRights = rightsIn(supergraphOf({ shop }));

describe("a field is denied", () => {
  test("a protected field is denied to the public and to callers without its scope", () => {
    const query = "mutation { raise(pay: 1) }";
    expect(shopRights.denied(anonymous, query)).toEqual({ raise: ["*"] });
    expect(shopRights.denied(having("other"), query)).toEqual({ raise: ["*"] });
    expect(shopRights.denied(having("raise"), query)).toEqual({});
  });

  test("a field is denied for the scopes of its enum or scalar, behind lists and aliases too", () => {
    const query = "{ mine: grades me { grade limit: card { limit } } }";
    const denied = (...scopes: string[]) => Object.keys(shopRights.denied(having(...scopes), query));
    expect(denied("card")).toEqual(["mine", "grade", "limit"]);
    expect(denied("all", "some", "card", "money")).toEqual([]);
    expect(denied("grade", "card")).toEqual(["limit"]);
  });

  test("a field is denied for the scopes of the object type that it returns or belongs to", () => {
    expect(shopRights.denied(having(), "{ me { card { number } } }")).toEqual({ card: ["*"], number: ["*"] });
    expect(shopRights.denied(having("card"), "{ me { card { number } } }")).toEqual({});
  });

  test("a field is denied with all its requirements together, as alternative sets of scopes", () => {
    const query = "{ me { card { limit } } }";
    expect(shopRights.why(having("money"), query, "limit")).toEqual({
      code: "FORBIDDEN",
      message: "This needs the permissions card and money",
      scopes: [["card", "money"]],
    });
    expect(shopRights.why(having(), "{ grades }", "grades")).toMatchObject({
      message: "This needs the permissions all and some or the permission grade",
      scopes: [["all", "some"], ["grade"]],
    });
    expect(shopRights.why(anonymous, "{ grades }", "grades")).toMatchObject({
      code: "UNAUTHENTICATED",
      scopes: [["all", "some"], ["grade"]],
    });
  });

  test("a field without requirements is never denied, and no scope is needed for a directive alone", () => {
    const decision = shopRights.decide(anonymous, "{ open me { name __typename } __schema { types { name } } }");
    expect(decision).toMatchObject({ key: "", denials: new Map() });
  });
});

describe("a policy", () => {
  const query = "{ me { pay } }";
  const held = new Map([["payroll", ({ subject }: { subject: string }) => subject === "somebody"]]);

  test("a field with an unknown policy is denied, and the message says so", () => {
    expect(shopRights.why(having("money"), query, "pay")).toEqual({
      code: "FORBIDDEN",
      message: "This needs the permission money and the policy payroll; nothing here decides payroll, so it is denied",
      scopes: [["money"]],
      policies: [["payroll"]],
    });
  });

  test("a field with a policy is decided by the policy's entry", () => {
    const rights = rightsIn(supergraphOf({ shop }), held);
    expect(rights.denied(having("money"), query)).toEqual({});
    expect(rights.why({ ...having("money"), subject: "else" }, query, "pay")?.message).toBe(
      "This needs the permission money and the policy payroll",
    );
  });
});

describe("through an interface", () => {
  test("through an interface a field is denied for the types that protect it and fetched for the others by name", () => {
    const query = "{ top { secret } }";
    expect(shopRights.denied(having(), query)).toEqual({ secret: ["Book"] });
    expect(shopRights.narrowed(having(), query)).toBe("{ top { ... on Boot { secret } } }");
    expect(shopRights.narrowed(having("book"), query)).toBe(query);
  });

  test("a protected type has none of its fields, however it is reached", () => {
    expect(
      shopRights.denied(anonymous, "{ top { name } one { ... on Product { name } ... on Boot { secret } } }"),
    ).toEqual({ name: ["Boot"], secret: ["*"] });
  });

  test("a field that returns a type of which the caller may read nothing is denied", () => {
    const rights = rightsIn(
      supergraphOf({
        s: `type Query { any: Any u: U } interface Any { a: Int } union U = One | Two
          type One implements Any @requiresScopes(scopes: [["one"]]) { a: Int }
          type Two implements Any @requiresScopes(scopes: [["two"]]) { a: Int }`,
      }),
    );
    expect(rights.denied(having(), "{ any { __typename } u { __typename } }")).toEqual({ any: ["*"], u: ["*"] });
    expect(rights.why(having(), "{ u { __typename } }", "u")?.scopes).toEqual([["one"], ["two"]]);
    expect(rights.denied(having("two"), "{ any { a } u { ... on One { b: a } } }")).toEqual({ a: ["One"], b: ["*"] });
  });

  test("a requirement on an interface itself, as older compositions allow, applies to all its types", () => {
    const supergraph = supergraphOf({ shop }).replace(
      /(interface Product[^{]*\{[^}]*name: String)/,
      '$1 @requiresScopes(scopes: [["product"]])',
    );
    const rights = rightsIn(supergraph);
    const query = "{ top { name ... on Boot { alias: name } } }";
    expect(rights.denied(having(), query)).toEqual({ name: ["Book", "Boot"], alias: ["*"] });
    expect(rights.denied(having("product"), query)).toEqual({});
  });

  test("a field of an interface object is protected for every type", () => {
    const one = `type Query { top: [P] } interface P @key(fields: "id") { id: ID! } type A implements P @key(fields: "id") { id: ID! }`;
    const two = `type P @key(fields: "id") @interfaceObject { id: ID! score: Int @requiresScopes(scopes: [["score"]]) }`;
    const rights = rightsIn(supergraphOf({ one, two }));
    expect(rights.denied(having(), "{ top { id score ... on A { a: score } } }")).toEqual({ score: ["*"], a: ["*"] });
  });
});

describe("a field that needs others (@requires)", () => {
  const people = `type Query { me: Person mine: Int @authenticated }
    type Person @key(fields: "id") { id: ID! pay: Pay wish: Wish } type Pay { sum: Int, of: Currency }
    enum Currency { VND } interface Wish { what: String } type Toy implements Wish { what: String secret: String }`;
  const taxes = `type Person @key(fields: "id") { id: ID! pay: Pay @external wish: Wish @external bank: Int @external
      tax: Int @requires(fields: "pay { sum }") present: String @requires(fields: "wish { what ... on Toy { secret } }")
      both: Int @requires(fields: "bank") }
    type Pay { sum: Int @external }
    interface Wish { what: String } type Toy implements Wish { what: String @external secret: String @external }`;
  const banks = `type Person @key(fields: "id") { id: ID! pay: Pay @external bank: Int @requires(fields: "pay { of }") }
    type Pay { of: Currency @external } enum Currency { VND }`;
  // composition refuses to forget the right on the field that requires; this is for supergraphs of before it did
  const forgetful = supergraphOf({ people, taxes, banks });
  const stating = (on: RegExp) => rightsIn(forgetful.replace(on, "$& @authenticated"));

  test("a field with @requires is denied with a field that it needs, with that field's type, and over several steps", () => {
    expect(stating(/\n {2}sum: Int[^\n]*/).denied(anonymous, "{ me { tax both } }")).toEqual({ tax: ["*"] });
    expect(stating(/\n {2}pay: Pay[^\n]*/).denied(anonymous, "{ me { tax both id } }")).toEqual({
      tax: ["*"],
      both: ["*"],
    });
    expect(stating(/enum Currency[^{]*/).denied(anonymous, "{ me { tax both } }")).toEqual({ both: ["*"] });
  });

  test("a field with @requires is denied with what it needs through interfaces and fragments", () => {
    expect(stating(/(?<=type Toy[^}]*)\n {2}secret: String[^\n]*/).denied(anonymous, "{ me { present } }")).toEqual({
      present: ["*"],
    });
    expect(stating(/type Toy implements Wish[^{]*/).denied(anonymous, "{ me { present } }")).toEqual({
      present: ["*"],
    });
  });
});

describe("a field with values from elsewhere", () => {
  // composition refuses to forget these rights, too
  const rightsAfter = (subgraphs: Record<string, string>, on: RegExp) => {
    const forgetful = supergraphOf({ ...subgraphs, other: "type Query { other: Int @authenticated }" });
    expect(forgetful).toMatch(on);
    return rightsIn(forgetful.replace(on, "$& @authenticated"));
  };

  test("a field is denied with the fields from which a context fills its arguments, with their types, and for each type that sets it", () => {
    const shops = `type Query { shop: Shop any: Place }
      type Shop @key(fields: "id") @context(name: "shop") @context(name: "both") { id: ID! unit: String deep: Deep offer: Offer last: Last }
      interface Place @context(name: "both") { deep: Deep last: Last }
      type Market implements Place { deep: Deep last: Last } type Deep { value: String }
      type Offer @key(fields: "id") { id: ID! free: Int price(unit: String @fromContext(field: "$shop { unit }")): String
        cost(unit: String @fromContext(field: "$shop { deep { value } }")): String }
      type Last @key(fields: "id") { id: ID! cost(unit: String @fromContext(field: "$both { deep { value } }")): String }`;
    const query = "{ shop { offer { free price cost } last { lowest: cost } } }";
    const denied = (on: RegExp) => Object.keys(rightsAfter({ shops }, on).denied(anonymous, query));
    expect(denied(/(?<=type Shop[^}]*)\n {2}unit: String/)).toEqual(["price"]);
    expect(denied(/(?<=type Deep[^}]*)\n {2}value: String/)).toEqual(["cost", "lowest"]);
    expect(denied(/type Deep/)).toEqual(["cost", "lowest"]);
    expect(denied(/(?<=type Market[^}]*)\n {2}deep: Deep/)).toEqual(["lowest"]);
  });

  test("a field of an interface object is denied on the types whose fields it requires are denied", () => {
    const one = `type Query { top: [P] } interface P @key(fields: "id") { id: ID! base: Int }
      type A implements P @key(fields: "id") { id: ID! base: Int } type B implements P @key(fields: "id") { id: ID! base: Int }`;
    const two = `type P @key(fields: "id") @interfaceObject { id: ID! base: Int @external score: Int @requires(fields: "base") }`;
    const rights = rightsAfter({ one, two }, /(?<=type A[^}]*)\n {2}base: Int[^\n]*/);
    const query = "{ top { id score ... on A { a: score } ... on B { b: score } } }";
    expect(rights.denied(anonymous, query)).toEqual({ score: ["A"], a: ["*"] });
  });
});

describe("names", () => {
  const sdl = `type Query { a: Int @known b: Int @needs(scopes: [["b"]]) c: Int @policy(policies: [["p"]]) }`;
  const imports = '{name: "@authenticated", as: "@known"}, {name: "@requiresScopes", as: "@needs"}, "@policy"';

  test("auth directives are recognised under the names of an import", () => {
    const rights = rightsIn(supergraphOf({ s: sdl }, imports));
    expect(Object.keys(rights.denied(anonymous, "{ a b c }"))).toEqual(["a", "b", "c"]);
    expect(Object.keys(rights.denied(having("b"), "{ a b c }"))).toEqual(["c"]);
  });

  test("auth directives are recognised under the name that `as:` gives to a specification", () => {
    const supergraph = supergraphOf({ s: 'type Query { a: Int @requiresScopes(scopes: [["a"]]) }' })
      .replaceAll("requiresScopes__Scope", "needs__Scope")
      .replaceAll("@requiresScopes", "@needs")
      .replace('requiresScopes/v0.1"', 'requiresScopes/v0.1", as: "needs"');
    expect(rightsIn(supergraph).denied(having(), "{ a }")).toEqual({ a: ["*"] });
    expect(withoutAuthDirectives(supergraph)).not.toMatch(/needs|requiresScopes/);
  });

  test("auth directives and their definitions are removed for @apollo/gateway", () => {
    expect(withoutAuthDirectives(supergraphOf({ s: sdl }, imports))).not.toMatch(
      /known|needs|policy|Scope|requiresScopes/,
    );
  });
});
