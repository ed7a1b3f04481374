import { drizzle } from "drizzle-orm/postgres-js";
import { execute, parse } from "graphql";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessRecorder } from "../../subgraphs/_shared/access-log/recorder.ts";
import { PLAIN_MODE } from "../../subgraphs/_shared/serving/serving-mode.ts";
import { buildSubgraph } from "../../subgraphs/_shared/serving/subgraph.ts";
import { civilStatusLoaders } from "../../subgraphs/civil-status/loaders.ts";
import { definition } from "../../subgraphs/civil-status/subgraph.ts";
import { a, type ServedAgency, serveAgency } from "../health-insurance/served-agency.ts";
import { aConfirmation, aDeath, aMarriage, civilOfficer } from "./civil-acts.ts";

const COUPLES = 50;

let agency: ServedAgency;
const representations: { __typename: string; personalId: string | null }[] = [];
const { done } = civilOfficer(() => agency);

/** Registers a couple's confirmation, marriage and the husband's death. */
async function registerCouple(): Promise<void> {
  const { husband, wife } = aMarriage();
  for (const person of [husband, wife]) await done("confirmMaritalStatus", aConfirmation(person));
  await done("registerMarriage", aMarriage({ husband, wife }));
  await done("registerDeath", aDeath({ deceased: husband }));
  for (const { personalId } of [husband, wife]) representations.push({ __typename: "Citizen", personalId });
}

beforeAll(async () => {
  agency = await serveAgency(definition);
  for (let each = 0; each < COUPLES; each++) await registerCouple();
}, 300_000);
afterAll(() => agency?.stop());

async function statementsFor(fields: string): Promise<number> {
  const statements: string[] = [];
  const db = drizzle(agency.sql, { logger: { logQuery: (query) => statements.push(query) } });
  const caller = a("registrar", { office: "31471" });
  const base = { caller, db, database: agency, now: new Date(), access: accessRecorder(agency.relaxed, caller) };
  const { schema } = await buildSubgraph(definition);
  const contextValue = {
    ...{ ...base, log: pino({ level: "silent" }), mode: PLAIN_MODE, loaders: civilStatusLoaders(base) },
    procedures: { handlers: [], officer: new Set<string>() },
  };
  const source = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Citizen { ${fields} } } }`;
  const document = parse(source);
  const { data, errors } = await execute({ schema, document, contextValue, variableValues: { r: representations } });
  expect(errors).toBeUndefined();
  expect(data?._entities).toHaveLength(2 * COUPLES);
  return statements.length;
}

test.each([
  ["deaths", "death { number facts { diedOn deceased { fullName } } }", 1],
  ["marriages with their ends", "marriages { number facts { husband { fullName } } end { cause } }", 1],
  ["the marital status", "maritalStatus", 1],
  ["confirmations", "maritalStatusConfirmations { number status isValid person { fullName } }", 1],
  ["children", "children { personalId }", 1],
  ["spouses", "spouse { personalId }", 1],
  ["the recorded births", "birth { number } recordedAtBirth { fullName }", 1],
  [
    "everything",
    "birth { number } death { id } marriages { id } maritalStatus maritalStatusConfirmations { id } children { personalId } spouse { personalId }",
    7,
  ],
])("_entities of a hundred citizens takes one statement for each group of fields: %s", async (_, fields, count) => {
  expect(await statementsFor(fields)).toBe(count);
});
