import { drizzle } from "drizzle-orm/postgres-js";
import { execute, parse, print } from "graphql";
import { pino } from "pino";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import { accessRecorder } from "../../subgraphs/_shared/access-log/recorder.ts";
import { families } from "../../subgraphs/_shared/demo/population.ts";
import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import { PLAIN_MODE } from "../../subgraphs/_shared/serving/serving-mode.ts";
import { buildSubgraph } from "../../subgraphs/_shared/serving/subgraph.ts";
import { type SubgraphName, subgraphs } from "../../subgraphs/agency-registry.ts";
import { loadDefinition } from "../../subgraphs/load-definition.ts";
import { a } from "../health-insurance/served-agency.ts";
import { sharedWorld } from "../world.ts";

const world = sharedWorld();
const HUNDRED = 100;

/** A group of fields of an entity, with the number of statements that it takes: one for each table or page that it shows. */
type Group = { agency: SubgraphName; type: string; fields: string; statements: number };

const GROUPS: readonly Group[] = [
  { agency: "civil-status", type: "Citizen", fields: "birth { number registeredOn }", statements: 1 },
  { agency: "civil-status", type: "BirthRegistration", fields: "number registeredOn", statements: 1 },
  { agency: "civil-status", type: "DeathRegistration", fields: "number", statements: 1 },
  { agency: "civil-status", type: "MarriageRegistration", fields: "number", statements: 1 },
  { agency: "civil-status", type: "MaritalStatusConfirmation", fields: "number", statements: 1 },
  { agency: "residence", type: "Citizen", fields: "fullName dateOfBirth", statements: 1 },
  { agency: "residence", type: "Residency", fields: "registeredOn relationToHead", statements: 1 },
  {
    agency: "health-insurance",
    type: "Citizen",
    fields: "healthInsuranceCard { number facility { name } }",
    statements: 1,
  },
  { agency: "health-insurance", type: "HealthInsuranceCard", fields: "number facility { name }", statements: 1 },
  { agency: "land", type: "Citizen", fields: "landCertificates { serial }", statements: 1 },
  { agency: "business", type: "Citizen", fields: "businesses { name }", statements: 1 },
  { agency: "one-stop", type: "Citizen", fields: "dossiers(first: 5) { nodes { code } }", statements: 1 },
  { agency: "one-stop", type: "Citizen", fields: "dossiers(first: 5) { nodes { code } totalCount }", statements: 2 },
];

/** Tables whose ids are those of an entity; the keys of other entities are in no register. */
const TABLES: Record<string, string> = {
  BirthRegistration: "births",
  Residency: "residencies",
  HealthInsuranceCard: "cards",
};

async function keysOf(agency: SubgraphName, type: string, many: number): Promise<object[]> {
  if (type === "Citizen")
    return families()
      .slice(0, many)
      .map(({ mother: { personalId } }) => ({ __typename: type, personalId }));
  const sql = world.current.sql(agency);
  const table = TABLES[type];
  const rows = table ? await sql`select id from ${sql(table)} order by id limit ${many}` : [];
  return Array.from({ length: many }, (_, at) => ({ __typename: type, id: rows[at]?.id ?? uuidv7() }));
}

/** Statements that the entities of these keys take within one request. */
async function statementsFor({ agency, type, fields }: Omit<Group, "statements">, many: number): Promise<number> {
  const definition = await loadDefinition(agency);
  const statements: string[] = [];
  const db = drizzle(world.current.sql(agency), { logger: { logQuery: (query) => statements.push(query) } });
  const caller: Caller = a("clerk", { office: "31471", agency: "ONE_STOP" });
  const base = { caller, db, now: new Date(), access: accessRecorder(world.current.sql(agency), caller) };
  const loaders = definition.loaders(base as never); // the rest of a context is of no use to a loader
  const contextValue = { ...base, log: pino({ level: "silent" }), mode: PLAIN_MODE, loaders };
  const { schema } = await buildSubgraph(definition);
  const source = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${type} { ${fields} } } }`;
  const variableValues = { r: await keysOf(agency, type, many) };
  const { data, errors } = await execute({ schema, document: parse(source), contextValue, variableValues });
  expect(errors).toBeUndefined();
  expect(data?._entities).toHaveLength(many);
  return statements.length;
}

/** Entities that an agency resolves, by its SDL. */
async function resolvedEntities(agency: SubgraphName): Promise<string[]> {
  const { document } = await buildSubgraph(await loadDefinition(agency));
  const types = [...print(document).matchAll(/^type (\w+)([^{]*)\{/gm)].map(([, name = "", directives = ""]) => ({
    name,
    directives,
  }));
  return types.filter(({ directives }) => /@key\((?![^)]*resolvable: false)/.test(directives)).map(({ name }) => name);
}

describe("_entities of a hundred keys", () => {
  it.each(GROUPS)("take as many statements as groups of fields: $agency $type { $fields }", async (group) => {
    expect(await statementsFor(group, HUNDRED)).toBe(group.statements);
  });

  it.each(subgraphs.map(({ name }) => name))("are counted for every entity that %s resolves", async (agency) => {
    const counted = GROUPS.filter((group) => group.agency === agency).map(({ type }) => type);
    expect((await resolvedEntities(agency)).filter((type) => !counted.includes(type))).toEqual([]);
  });
});
