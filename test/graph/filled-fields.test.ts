import { buildSchema, type GraphQLObjectType, getNamedType, isObjectType, isRequiredArgument } from "graphql";
import { beforeAll, expect, test } from "vitest";
import { families } from "../../subgraphs/_shared/demo/population.ts";
import { aBirthRequest, aFamily, dossierThatIs, submit } from "../given.ts";
import { schemaText } from "../rights/scopes-in-sdl.ts";
import { clerk, sharedWorld } from "../world.ts";

/** Fields that the made-up registers leave empty, with the reason. */
const EMPTY: Record<string, string> = {
  "PlaceOfBirth.country": "the personal numbers of the made-up adults name provinces of Viet Nam as places of birth",
};

const world = sharedWorld();
const api = buildSchema(schemaText("api"));
const citizenType = api.getType("Citizen") as GraphQLObjectType; // every agency knows the citizen

/** Fields of a citizen that show register entries: those that need no page of a list, such as the dossiers. */
const entries = Object.values(citizenType.getFields()).filter(({ args }) => !args.some(isRequiredArgument));

/** All fields below a type. Names are coordinates, so that a response tells them; a type is not entered within itself. */
function selectionOf(type: GraphQLObjectType, above: readonly string[]): string {
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const inner = getNamedType(field.type);
    if (field.args.some(isRequiredArgument)) return [];
    const name = `${type.name}_${field.name}: ${field.name}`;
    if (!isObjectType(inner)) return [name];
    return above.includes(inner.name) ? [] : [`${name} { ${selectionOf(inner, [...above, inner.name])} }`];
  });
  return fields.join(" ");
}

const filled = new Set<string>();
const asked = new Set<string>();

function note(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    if (/^[A-Z]/.test(name) && inner !== null && !(Array.isArray(inner) && inner.length === 0))
      filled.add(name.replace("_", "."));
    note(inner);
  }
}

async function look(personalId: string): Promise<void> {
  for (const { name, type } of entries) {
    const inner = getNamedType(type);
    const below = isObjectType(inner) ? ` { ${selectionOf(inner, ["Citizen", inner.name])} }` : "";
    const query = `query ($personalId: PersonalId!) { citizen(personalId: $personalId) { Citizen_${name}: ${name}${below} } }`;
    for (const [, coordinate = ""] of query.matchAll(/([A-Z]\w*_\w+): /g)) asked.add(coordinate.replace("_", "."));
    const { data, errors } = await world.current.ask(clerk, query, { personalId });
    expect(errors).toBeUndefined();
    note(data.citizen);
  }
}

beforeAll(async () => {
  const { data } = await submit(world.current, aBirthRequest(aFamily()));
  const { parts } = await dossierThatIs(world.current, data.submitBirthBundle.dossier.code, ({ outcome }) => outcome);
  await look(parts[0].result.child.personalId);
  for (const { mother, father } of families().slice(0, 40)) {
    if (missing().length === 0) break; // each citizen costs as many operations as there are fields
    await look(mother.personalId);
    await look(father.personalId);
  }
}, 300_000);

const missing = () => [...asked].filter((field) => !filled.has(field) && !(field in EMPTY)).sort();

test("every field of a register's entry has a value for some citizen of the demo", () => {
  expect(missing()).toEqual([]);
});

test("every field that is excused for being empty exists and is empty", () => {
  expect(Object.keys(EMPTY).filter((field) => !asked.has(field) || filled.has(field))).toEqual([]);
});
