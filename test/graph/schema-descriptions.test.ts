import { expect, it } from "vitest";
import { clerk, sharedWorld } from "../world.ts";

const world = sharedWorld();

const OPERATION = /`((?:query |mutation )?\{[^`]*\})`/g;
const BUILT_IN = ["Boolean", "Float", "ID", "Int", "String"];

it("a client reads at the gateway what specifies each scalar, and what the schema and its root types are for", async () => {
  const { data } = await world.current.ask(
    clerk,
    `{ __schema { description
      queryType { description } mutationType { description } subscriptionType { description }
      types { kind name specifiedByURL } } }`,
  );
  const { description, queryType, mutationType, subscriptionType, types } = data.__schema;
  for (const each of [description, queryType.description, mutationType.description, subscriptionType.description])
    expect(each).toMatch(/\w+.* \(.+\)\.$/);
  const scalars = (types as { kind: string; name: string; specifiedByURL: string | null }[]).filter(
    ({ kind, name }) => kind === "SCALAR" && !BUILT_IN.includes(name),
  );
  expect(scalars.map(({ name }) => name)).toEqual(expect.arrayContaining(["Date", "DateTime", "JSON", "PersonalId"]));
  const without = scalars.filter(({ specifiedByURL }) => !specifiedByURL?.startsWith("https://"));
  expect(without.map(({ name }) => name)).toEqual([]);
});

it("every operation that a description shows runs without an error", async () => {
  const { data } = await world.current.ask(clerk, "{ __schema { types { description fields { description } } } }");
  type Described = { description: string | null; fields: { description: string | null }[] | null };
  const texts = (data.__schema.types as Described[]).flatMap(({ description, fields }) => [
    description,
    ...(fields ?? []).map((field) => field.description),
  ]);
  const operations = texts.flatMap((text) =>
    [...(text ?? "").matchAll(OPERATION)].map(([, operation = ""]) => operation),
  );
  expect(operations.length).toBeGreaterThan(2);
  for (const operation of operations) {
    const { data: answer, errors } = await world.current.ask(clerk, operation);
    expect(errors, operation).toBeUndefined();
    for (const result of Object.values<{ problems?: unknown[] }>(answer)) expect(result.problems ?? []).toEqual([]);
  }
});
