import { describe, expect, test } from "vitest";
import { openOperations } from "../../gateway/pipeline/operations.ts";
import { federation } from "./kit/in-process-federation.ts";
import { versionOf } from "./kit/planning-in-thread.ts";
import { aScope } from "./kit/scripted-subgraph.ts";

const DIRECTIVES = `directive @lang(to: String) repeatable on FIELD | INLINE_FRAGMENT | FRAGMENT_SPREAD | FRAGMENT_DEFINITION
  directive @trace(tag: String) on QUERY | MUTATION | SUBSCRIPTION\n`;
const graph = federation({
  a: {
    sdl: `${DIRECTIVES} type Query { hello: String it: It any: Any } type Mutation { go: Int } type Subscription { tick(n: Int): It }
      interface Any { id: ID! }
      type It implements Any @key(fields: "id") { id: ID! name: String }`,
    resolvers: {
      Query: {
        hello: () => "xin chào",
        it: () => ({ id: "1", name: "n" }),
        any: () => ({ __typename: "It", id: "1" }),
      },
    },
  },
  b: {
    sdl: `${DIRECTIVES} type It @key(fields: "id") { id: ID! far: String near: String deep: Deep } type Deep { x: String }`,
    resolvers: {
      It: { __resolveReference: (it: object) => it, far: () => "far", near: () => "near", deep: () => ({ x: "x" }) },
    },
  },
});

test.each([
  ['{ hello @lang(to: "vi") }', ['{hello@lang(to:"vi")}']],
  ['{ hello @lang(to: "vi") @lang(to: "en") }', ['{hello@lang(to:"vi")@lang(to:"en")}']],
  ['{ a: hello @lang(to: "vi") b: hello @lang(to: "en") }', ['@lang(to:"vi")', '@lang(to:"en")']],
  ['mutation @trace(tag: "x") { go }', ['mutation@trace(tag:"x"){go}']],
  ["query Q($t: String) @trace(tag: $t) { hello }", ["$t:String", "@trace(tag:$t)"]],
  ["query ($l: String) { hello @lang(to: $l) }", ["$l:String", "@lang(to:$l)"]],
  ['{ it { far @lang(to: "vi") } }', ['far@lang(to:"vi")']],
  ['{ it { ... @lang(to: "vi") { name } } }', ['...@lang(to:"vi"){name}']],
  ['{ it { ...N @lang(to: "vi") } } fragment N on It { name }', ['@lang(to:"vi"){name}']],
  ['{ it { ...N } } fragment N on It @lang(to: "vi") { name }', ['@lang(to:"vi"){name}']],
  ['{ any { ... on It @lang(to: "vi") { name } } }', ['...on It@lang(to:"vi"){name}']],
  ['{ it { __typename @lang(to: "vi") name } }', ['__typename@lang(to:"vi")']],
  ['{ any { type: __typename @lang(to: "vi") } }', ['__typename@lang(to:"vi")']],
  ['{ it { ... @lang(to: "a") { __typename @lang(to: "b") } } }', ['...@lang(to:"a"){__typename@lang(to:"b")}']],
])("the directives of %s reach the subgraphs", async (query, sent) => {
  const { errors } = await graph.run(query, { t: "x", l: "vi" });
  const queries = graph.asked.map((each) => each.query).join("\n");
  expect(errors).toEqual([]);
  for (const each of sent) expect(queries).toContain(each);
});

test("@skip and @include are decided by the gateway beside directives of subgraphs", async () => {
  const { text } = await graph.run(
    'query ($no: Boolean!) { hello @lang(to: "vi") @skip(if: $no) it { id @include(if: $no) name } }',
    { no: true },
  );
  expect(text).toBe('{"it":{"id":"1","name":"n"}}');
});

/** The planner begins the fetch of another subgraph inside the fragment. */
test.each([
  ['{ it { ... @lang(to: "vi") { far } } }', '...on It{...@lang(to:"vi"){far}}'],
  ['{ it { ...F @lang(to: "vi") } } fragment F on It { name far }', '...on It{...@lang(to:"vi"){far}}'],
  ['{ it { ...F } } fragment F on It @lang(to: "vi") { far }', '...on It{...@lang(to:"vi"){far}}'],
  ['{ any { ... on It @lang(to: "vi") { far } } }', '...on It{...@lang(to:"vi"){far}}'],
  [
    '{ it { ... @lang(to: "a") { ... @lang(to: "b") @lang(to: "c") { far } } } }',
    '...@lang(to:"a"){...@lang(to:"b")@lang(to:"c"){far}}',
  ],
  ['{ it { ... @lang(to: "a") { far } ... @lang(to: "b") { near } } }', '...@lang(to:"a"){far}...@lang(to:"b"){near}'],
  ['{ it { ... @lang(to: "a") { far } far } }', '...@lang(to:"a"){far}far'],
  ['{ it { ... @lang(to: "a") { deep { x @lang(to: "b") } } } }', '...@lang(to:"a"){deep{x@lang(to:"b")}}'],
  ['{ it { ... @lang(to: "a") { again: far @lang(to: "b") } } }', '...@lang(to:"a"){far__1:far@lang(to:"b")}'],
  [
    "query ($l: String) { it { ... @lang(to: $l) { far } } }",
    "$l:String){_entities(representations:$representations){...on It{...@lang(to:$l){far}}}",
  ],
  ['{ it { far ... @lang(to: "z") @skip(if: true) { near } } }', "...on It{far}"],
])("the directives of the fragments of %s follow their fields to the other subgraph", async (query, sent) => {
  const { errors } = await graph.run(query, { l: "vi" });
  expect(errors).toEqual([]);
  expect(graph.asked.at(-1)).toMatchObject({ name: "b", query: expect.stringContaining(sent) });
  if (query.includes("$l")) expect(graph.asked.at(-1)?.variables.l).toBe("vi");
});

describe("a directive that few locations allow", () => {
  const strict = `directive @change(t: String) on MUTATION directive @spread(n: Int) on FRAGMENT_SPREAD
    directive @defined on FRAGMENT_DEFINITION directive @given(by: String) repeatable on VARIABLE_DEFINITION
    directive @part on FRAGMENT_SPREAD | FRAGMENT_DEFINITION | INLINE_FRAGMENT\n`;
  const it = { Query: { it: () => ({ id: "1", name: "n" }) }, Mutation: { make: () => ({ id: "1", name: "n" }) } };
  const { run, asked } = federation({
    a: {
      sdl: `${strict} type Query { it: It } type Mutation { make: It } type It @key(fields: "id") { id: ID! name: String kin: It }`,
      resolvers: it,
    },
    b: {
      sdl: `${strict} type It @key(fields: "id") { id: ID! far: String at(x: Int): String }`,
      resolvers: { It: { __resolveReference: (each: object) => each, far: () => "far", at: () => "at" } },
    },
  });

  test.each([
    ['mutation @change(t: "x") { make { far } }', 'mutation@change(t:"x"){', "!){_entities"],
    [
      "{ it { ...F @spread(n: 1) } } fragment F on It { name far }",
      "...fragment_1@spread(n:1)}}fragment fragment_1 on It{__typename id name}",
      "...on It{...fragment_1@spread(n:1)}}}fragment fragment_1 on It{far}",
    ],
    [
      "{ it { ...F } } fragment F on It @defined { kin { name } far }",
      "...fragment_1}}fragment fragment_1 on It@defined{__typename id kin{name}}",
      "...fragment_1}}}fragment fragment_1 on It@defined{far}",
    ],
    [
      "{ it { ...F @spread @part } } fragment F on It @part @defined { name far }",
      "...@part{...fragment_2@spread}}}fragment fragment_1 on It@defined{__typename id name}",
      "...@part{...fragment_2@spread}}}}fragment fragment_1 on It@defined{far}",
    ],
    [
      'query ($x: Int = 3 @given(by: "a") @given) { it { at(x: $x) } }',
      "{it{__typename id}}",
      '$x:Int=3@given(by:"a")@given',
    ],
  ])("the directives of %s stand where the subgraphs allow them", async (query, first, second) => {
    const { errors } = await run(query);
    expect(errors).toEqual([]);
    expect(asked.map((each) => each.query)).toEqual([expect.stringContaining(first), expect.stringContaining(second)]);
  });
});

test("the directives of an operation reach every subgraph", async () => {
  await graph.run("query ($t: String) @trace(tag: $t) { it { far } }", { t: "x" });
  expect(graph.asked.map(({ query }) => query.includes("@trace(tag:$t)"))).toEqual([true, true]);
});

test("the directives of a subscription reach its source and the subgraphs that complete its events", async () => {
  const version = versionOf(graph.supergraph, { subgraphs: new Map() });
  const preparation = openOperations(version).prepare(
    'subscription ($t: String) @trace(tag: $t) { tick(n: 1) @lang(to: "vi") { name } }',
    undefined,
  );
  if (preparation.kind === "refused") throw preparation.errors[0];
  const { prepared } = preparation;
  const scope = aScope();
  const compiled = await prepared.compile(prepared.authorize(scope.caller, { t: "x" }), { t: "x" }, scope);
  if (!("run" in compiled)) throw compiled;
  const { query, variables } = compiled.source?.call({ t: "x" }) ?? {};
  expect(query).toMatch(/^subscription\(\$t:String\)@trace\(tag:\$t\)\{tick__1:tick\(n:1\)@lang\(to:"vi"\)/);
  expect(variables).toBe('{"t":"x"}');
});
