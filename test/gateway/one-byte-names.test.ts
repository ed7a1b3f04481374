import { serialize } from "node:v8";
import { expect, test } from "vitest";
import { loadSupergraph } from "../../gateway/pipeline/supergraph-version.ts";

/** True if V8 keeps a text at one byte a character: its serializer writes an object of each kind with a different tag. */
const isOneByte = (text: string) => serialize(text)[2] === '"'.charCodeAt(0);

test("short names in responses take one byte per character, although the supergraph has Vietnamese descriptions", () => {
  const type = `Odd${Date.now() % 1e6}`; // nobody has had V8 know it
  const sdl = `schema @link(url: "https://specs.apollo.dev/link/v1.0") @link(url: "https://specs.apollo.dev/join/v0.3", for: EXECUTION) { query: Query }
    directive @join__graph(name: String!, url: String!) on ENUM_VALUE
    directive @join__type(graph: join__Graph!, key: join__FieldSet, extension: Boolean! = false, resolvable: Boolean! = true, isInterfaceObject: Boolean! = false) repeatable on OBJECT | INTERFACE | UNION | ENUM | INPUT_OBJECT | SCALAR
    directive @join__field(graph: join__Graph, requires: join__FieldSet, provides: join__FieldSet, type: String, external: Boolean, override: String, usedOverridden: Boolean) repeatable on FIELD_DEFINITION | INPUT_FIELD_DEFINITION
    directive @join__implements(graph: join__Graph!, interface: String!) repeatable on OBJECT | INTERFACE
    directive @join__unionMember(graph: join__Graph!, member: String!) repeatable on UNION
    directive @join__enumValue(graph: join__Graph!) repeatable on ENUM_VALUE
    directive @link(url: String, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA
    scalar join__FieldSet
    scalar link__Import
    enum join__Graph { A @join__graph(name: "a", url: "http://a.example") }
    enum link__Purpose { SECURITY EXECUTION }
    """giấy khai sinh"""
    type Query @join__type(graph: A) { it: ${type} }
    type ${type} @join__type(graph: A) { id: ID }`;
  const loaded = loadSupergraph(sdl);
  const answer = JSON.parse(`{"it":{"__typename":"${type}"}}`) as { it: { __typename: string } };
  expect(isOneByte("giấy")).toBe(false);
  expect(isOneByte(answer.it.__typename)).toBe(true);
  expect(loaded.types.keysOf(type, "a")).toEqual([]);
});
