import { expect, test } from "vitest";
import { federation } from "./kit/in-process-federation.ts";

const DIRECTIVES = `directive @lang(to: String) repeatable on FIELD | INLINE_FRAGMENT | FRAGMENT_SPREAD | FRAGMENT_DEFINITION
  directive @trace(tag: String) on QUERY | MUTATION | SUBSCRIPTION\n`;
const graph = federation({
  a: {
    sdl: `${DIRECTIVES} type Query { hello: String it: It any: Any } type Mutation { go: Int }
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
    sdl: `${DIRECTIVES} type It @key(fields: "id") { id: ID! far: String }`,
    resolvers: { It: { __resolveReference: (it: object) => it, far: () => "far" } },
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
