import { randomInt } from "node:crypto";
import { drizzle } from "drizzle-orm/postgres-js";
import { execute, parse } from "graphql";
import { pino } from "pino";
import postgres from "postgres";
import { uuidv7 } from "uuidv7";
import { accessRecorder } from "../../subgraphs/_shared/access-log/recorder.ts";
import { families } from "../../subgraphs/_shared/demo/population.ts";
import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import { type Delivery, deliverPart, type IncomingPart } from "../../subgraphs/_shared/parts/delivery.ts";
import { instructPart } from "../../subgraphs/_shared/parts/instruction.ts";
import type { PartInstruction } from "../../subgraphs/_shared/parts/procedure.ts";
import { permissionsOf, type Role } from "../../subgraphs/_shared/rights/permissions.ts";
import { openDatabase } from "../../subgraphs/_shared/serving/database.ts";
import { prepareDatabase } from "../../subgraphs/_shared/serving/preparation.ts";
import { PLAIN_MODE } from "../../subgraphs/_shared/serving/serving-mode.ts";
import { buildSubgraph } from "../../subgraphs/_shared/serving/subgraph.ts";
import { residenceLoaders } from "../../subgraphs/residence/loaders.ts";
import { personalNumber } from "../../subgraphs/residence/procedures/personal-number.ts";
import { definition } from "../../subgraphs/residence/subgraph.ts";
import { emptyDatabase } from "../kit/agency-database.ts";
import type { ResponseJson } from "../kit/response-json.ts";

/** The business time of the tests' decisions: early on the 24th in Viet Nam, while it is still the 23rd in UTC. */
export const NOW = new Date("2026-11-24T06:30:00+07:00");
export const SAMPLE = families()[0] as NonNullable<ReturnType<typeof families>[0]>;

export function caller(role: Role, more: Partial<Caller> = {}): Caller {
  return { subject: `test:${role}`, role, permissions: permissionsOf(role), requestId: "test", ...more };
}

export type ResidenceWorld = Awaited<ReturnType<typeof openResidence>>;

/** The residence agency's seeded database, and ways to ask the agency. */
export async function openResidence() {
  const { url, drop } = await emptyDatabase("residence");
  await prepareDatabase(url, definition, { seeds: true, now: NOW, accessRetentionMonths: 24 });
  const database = openDatabase(url, { name: "test", pool: 20 });
  const sql = postgres(url, { max: 2, onnotice: () => {} });
  const { schema } = await buildSubgraph(definition);
  const statements: string[] = [];
  const watchedSql = postgres(url, { max: 4 });
  const watched = drizzle(watchedSql, { logger: { logQuery: (query) => statements.push(query) } });

  /** Runs an operation as the gateway would, and records what was read. */
  async function ask(by: Caller, source: string, variableValues: Record<string, unknown> = {}) {
    const access = accessRecorder(database.relaxed, by);
    const base = { caller: by, db: watched, database, now: NOW, access, log: pino({ level: "silent" }) };
    const procedures = { handlers: definition.procedures, officer: new Set<string>() };
    const contextValue = { ...base, procedures, mode: PLAIN_MODE, loaders: residenceLoaders(base) };
    statements.length = 0;
    const { data, errors = [] } = await execute({ schema, document: parse(source), variableValues, contextValue });
    await access.flush(["test"]);
    return { data: data as ResponseJson, codes: errors.map((e) => e.extensions.code), statements: [...statements] };
  }

  /** The fields of one citizen, looked up by either key as the gateway does. */
  async function citizen(by: Caller, key: { id: string } | { personalId: string }, fields: string) {
    const source = `query($r: [_Any!]!) { _entities(representations: $r) { ... on Citizen { ${fields} } } }`;
    const { data, ...rest } = await ask(by, source, { r: [{ __typename: "Citizen", ...key }] });
    return { ...rest, citizen: data?._entities[0] };
  }

  /** Delivers a part as one-stop does; `handlers` replaces the agency's own. */
  async function deliver(part: IncomingPart, handlers = definition.procedures) {
    const by = caller("service", { subject: "service:one-stop" });
    const procedures: Delivery["procedures"] = { handlers, officer: new Set() };
    return deliverPart({ db: database.db, procedures, caller: by, now: NOW, mode: PLAIN_MODE }, part);
  }

  /** Applies an officer's instruction to a delivered part. */
  async function instruct(partId: string, instruction: PartInstruction) {
    const procedures: Delivery["procedures"] = { handlers: definition.procedures, officer: new Set() };
    const delivery = { db: database.db, procedures, caller: caller("service"), now: NOW, mode: PLAIN_MODE };
    return instructPart(delivery, partId, instruction);
  }

  const close = async () => {
    await Promise.all([database.close(), watchedSql.end(), sql.end()]);
    await drop();
  };
  return { database, sql, ask, citizen, deliver, instruct, close };
}

export function part(procedure: string, content: unknown, more: Partial<IncomingPart> = {}): IncomingPart {
  const dossier = `H13.152-261124-${String(randomInt(1_000_000)).padStart(6, "0")}`;
  return { id: uuidv7(), procedure, dossier, office: "31471", receivedAt: NOW, content, ...more };
}

type Family = typeof SAMPLE;

/** Content of the step "personal-number" for a newborn of a seeded family. */
export function numberContent({ mother, father }: Pick<Family, "mother" | "father">, child: object = {}) {
  const newborn = {
    citizenId: uuidv7(),
    fullName: "Phạm Minh Thử",
    sex: "MALE",
    dateOfBirth: "2026-11-16",
    ethnicity: "Kinh",
    nationality: "VNM",
  };
  return { child: { ...newborn, ...child }, mother: { ...mother }, father: { ...father } };
}

/** Content of procedure 1.004222 for a newborn of a seeded family that joins the family's household. */
export function residenceContentOf({ mother, father, household }: Family, personalId: string | null) {
  return {
    child: { personalId, fullName: "Phạm Minh Thử", dateOfBirth: "2026-11-16" },
    mother: { ...mother },
    father: { ...father },
    residence: {
      headPersonalId: (household.head === "mother" ? mother : father).personalId,
      relationToHead: "CHILD",
      address: { line: household.addressLine, commune: household.commune },
    },
  };
}

/** A newborn of the family with number and residence, by one dossier. */
export async function settleNewborn(
  { deliver }: ResidenceWorld,
  family: Family,
  more: Partial<IncomingPart> = {},
  newborn: object = {},
) {
  const content = numberContent(family, newborn);
  const first = part("personal-number", content, more);
  const personalId = (await deliver(first)).facts?.personalId ?? "";
  const second = part("1.004222", residenceContentOf(family, personalId), { ...more, dossier: first.dossier });
  const settled = await deliver(second);
  const residencyId = settled.result?.id ?? "";
  return { id: content.child.citizenId, personalId, residencyId, dossier: first.dossier, settled };
}

/** The step with serials from a range, or from a given sequence. */
export function numbersFrom(from: number, to: number, draw?: (low: number, high: number) => number) {
  return [personalNumber({ from, to }, draw)];
}

export const service = () => caller("service", { subject: "service:one-stop" });
export const CHECK = `query($part: PartInput!) { checkPart(part: $part) { handling problems { code path } } }`;
export const asInput = (incoming: IncomingPart) => ({ ...incoming, receivedAt: NOW.toISOString() });
