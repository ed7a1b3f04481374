import { readFileSync } from "node:fs";
import {
  buildSchema,
  getNamedType,
  isIntrospectionType,
  isSpecifiedScalarType,
  Kind,
  parse,
  typeFromAST,
  visit,
} from "graphql";
import { expect, test } from "vitest";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { subgraphs } from "../../subgraphs/agency-registry.ts";

const schemaText = (name: string) => readFileSync(projectPath("schema", `${name}.graphql`), "utf8");

test.each(subgraphs.map(({ name }) => name))("the SDL of %s defines no object type without fields", (name) => {
  const empty = parse(schemaText(name)).definitions.filter(
    (each) => each.kind === Kind.OBJECT_TYPE_DEFINITION && !each.fields?.length,
  );
  expect(empty).toEqual([]);
});

test("the supergraph describes no schema definition, which Hive's router cannot read", () => {
  const [schema] = parse(schemaText("supergraph")).definitions.filter(({ kind }) => kind === Kind.SCHEMA_DEFINITION);
  expect(schema).toBeDefined();
  expect(schema && "description" in schema && schema.description).toBeUndefined();
});

test("every type that only inaccessible operations use is itself inaccessible", () => {
  const api = buildSchema(schemaText("api"));
  const used = new Set(
    [api.getQueryType(), api.getMutationType(), api.getSubscriptionType()].map((type) => type?.name),
  );
  visit(parse(schemaText("api")), {
    NamedType(node) {
      const type = typeFromAST(api, node);
      used.add(type && getNamedType(type).name);
    },
  });
  const unused = Object.values(api.getTypeMap()).filter(
    (type) => !used.has(type.name) && !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );
  expect(unused.map(({ name }) => name)).toEqual([]);
});
