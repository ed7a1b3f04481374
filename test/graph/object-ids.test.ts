import { buildSchema, type GraphQLField, GraphQLObjectType, getNamedType, isObjectType } from "graphql";
import { expect, test } from "vitest";
import { agencies, schemaText } from "../rights/scopes-in-sdl.ts";

const api = buildSchema(schemaText("api"));
const roots = [api.getQueryType(), api.getMutationType(), api.getSubscriptionType()].flatMap((type) => type ?? []);
const objects = Object.values(api.getTypeMap()).filter(
  (type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith("__") && !roots.includes(type),
);
const fieldsOf = (type: GraphQLObjectType) => Object.values(type.getFields());
/** Outcome of an operation, or a page: the objects in it have identities, it has none. */
const isAnswer = (type: GraphQLObjectType) => "problems" in type.getFields() || "pageInfo" in type.getFields();
/** Root fields that read; a mutation returns the outcome of its act. */
const readings = [api.getQueryType(), api.getSubscriptionType()].flatMap((type) => (type ? fieldsOf(type) : []));

/** Object type that a field returns, by itself or in a list. */
function objectOf({ type }: GraphQLField<unknown, unknown>): GraphQLObjectType[] {
  const inner = getNamedType(type);
  return isObjectType(inner) ? [inner] : [];
}

/** Reasons for which a client cache has to identify objects of a type. */
const REASONS: Record<string, (type: GraphQLObjectType) => boolean> = {
  "has a field of type ID!": (type) => fieldsOf(type).some(({ name, type }) => name !== "id" && String(type) === "ID!"),
  "is an entity": ({ name }) => agencies.some((agency) => isEntity(agency, name)),
  "is read by a root field with an argument": (type) =>
    readings.some((field) => field.args.length > 0 && objectOf(field).includes(type)),
  "stands in a page": (type) =>
    objects.some((page) => {
      const { nodes, pageInfo } = page.getFields();
      return nodes && pageInfo && objectOf(nodes).includes(type);
    }),
};

function isEntity(agency: string, type: string): boolean {
  return new RegExp(`^type ${type} @key`, "m").test(schemaText(agency));
}

test.each(Object.entries(REASONS))("every type that %s has an id for client caches", (_, needsId) => {
  const needing = objects.filter((type) => !isAnswer(type) && needsId(type));
  expect(needing.length).toBeGreaterThan(3);
  const without = needing.filter((type) => String(type.getFields().id?.type) !== "ID!");
  expect(without.map(({ name }) => name)).toEqual([]);
});

test("an id is never nullable, never takes an argument and needs no permission", () => {
  const ids = objects.flatMap((type) => (type.getFields().id ? [[type.name, type.getFields().id] as const] : []));
  const wrong = ids.filter(([, field]) => String(field?.type) !== "ID!" || field?.args.length !== 0);
  expect(wrong.map(([name]) => name)).toEqual([]);
  const supergraph = buildSchema(schemaText("supergraph"), { assumeValidSDL: true });
  const guarded = ids.filter(([name]) => {
    const type = supergraph.getType(name);
    const nodes = [type?.astNode, type instanceof GraphQLObjectType ? type.getFields().id?.astNode : null];
    return nodes.some((node) => node?.directives?.some((each) => each.name.value === "requiresScopes"));
  });
  expect(guarded.map(([name]) => name)).toEqual([]);
});
