import { execute, parse } from "graphql";
import { pino } from "pino";
import postgres from "postgres";
import { uuidv7 } from "uuidv7";
import { accessRecorder } from "../../subgraphs/_shared/access-log/recorder.ts";
import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import { cancelPart, checkPart, deliverPart, type IncomingPart } from "../../subgraphs/_shared/parts/delivery.ts";
import { instructPart } from "../../subgraphs/_shared/parts/instruction.ts";
import type { PartInstruction } from "../../subgraphs/_shared/parts/procedure.ts";
import { permissionsOf, type Role } from "../../subgraphs/_shared/rights/permissions.ts";
import { openDatabase } from "../../subgraphs/_shared/serving/database.ts";
import { prepareDatabase } from "../../subgraphs/_shared/serving/preparation.ts";
import { PLAIN_MODE } from "../../subgraphs/_shared/serving/serving-mode.ts";
import { buildSubgraph } from "../../subgraphs/_shared/serving/subgraph.ts";
import { definition } from "../../subgraphs/civil-status/subgraph.ts";
import { emptyDatabase } from "../kit/agency-database.ts";
import type { ResponseJson } from "../kit/response-json.ts";
import { serial } from "../kit/serial-numbers.ts";

/** The business time of the tests: late in the evening of 24 November in Viet Nam. */
export const NOW = new Date("2026-11-24T23:30:00+07:00");
export const OFFICE = "31471";

export function caller(role: Role, more: Partial<Caller> = {}): Caller {
  return { subject: `test:${role}`, role, permissions: permissionsOf(role), requestId: "test", ...more };
}
const service = caller("service", { subject: "service:one-stop" });

export type Registry = Awaited<ReturnType<typeof openRegistry>>;

/** The civil-status agency on a separate database; without `demo` its register is empty. */
export async function openRegistry({ demo = false } = {}) {
  const { url, drop } = await emptyDatabase("civil-status");
  await prepareDatabase(url, definition, { seeds: demo, now: NOW, accessRetentionMonths: 24 });
  const database = openDatabase(url, { name: "test", pool: 20 });
  const { schema } = await buildSubgraph(definition);
  const { db } = database;
  const sql = postgres(url, { max: 2, onnotice: () => {} });
  const procedures = { handlers: definition.procedures, officer: new Set<string>() };
  const delivery = {
    db,
    procedures,
    heldPapers: {},
    caller: service,
    now: NOW,
    mode: PLAIN_MODE,
    deadline: undefined,
    stream: undefined,
  };

  async function ask(by: Caller, source: string, variableValues: Record<string, unknown> = {}) {
    const access = accessRecorder(database.relaxed, by);
    const base = { ...delivery, caller: by, database, access, log: pino({ level: "silent" }) };
    const contextValue = { ...base, loaders: definition.loaders(base) };
    const { data, errors = [] } = await execute({ schema, document: parse(source), variableValues, contextValue });
    await access.flush(["test"]);
    return { data: data as ResponseJson, codes: errors.map((e) => e.extensions.code) };
  }

  return {
    sql,
    ask,
    /** The fields of one entity, looked up as the gateway does. */
    async entity(by: Caller, reference: { __typename: string; id?: string; personalId?: string }, fields: string) {
      const source = `query($r: [_Any!]!) { _entities(representations: $r) { ... on ${reference.__typename} { ${fields} } } }`;
      const { data, codes } = await ask(by, source, { r: [reference] });
      return { entity: data?._entities[0], codes };
    },
    check: (part: IncomingPart) => checkPart(delivery, part),
    deliver: (part: IncomingPart) => deliverPart(delivery, part),
    instruct: (partId: string, instruction: PartInstruction) => instructPart(delivery, partId, instruction),
    cancel: (partId: string) => cancelPart(db, partId, NOW),
    count: async (table: string) => Number((await sql`select count(*) from ${sql(table)}`)[0]?.count),
    close: async () => {
      await Promise.all([database.close(), sql.end()]);
      await drop();
    },
  };
}

/** A birth of a mother and with a notice that no other test uses; `more` changes fields of the content, deeply. */
export function aBirth(more: object = {}) {
  const n = serial("birth");
  const content = {
    declarant: { fullName: "Lê Thị Thử Nghiệm", personalId: "093195000017", relation: "MOTHER" },
    child: {
      fullName: "Phạm Minh Khôi",
      sex: "MALE",
      dateOfBirth: "2026-11-16",
      placeOfBirth: { facilityName: "Trung tâm Y tế khu vực (mẫu)", commune: OFFICE },
      ethnicity: "Kinh",
      nationality: "VNM",
      homeCommune: OFFICE,
      birthNotice: `${String(n).padStart(5, "0")}.GCS.93012.26`,
      withoutNotice: null,
      multipleBirth: null,
    },
    mother: aParent(`093195${String(n).padStart(6, "0")}`, "1995-04-12"),
    father: aParent(`093093${String(n).padStart(6, "0")}`, "1993"),
  };
  return merged(content, more) as typeof content;
}

export function aParent(personalId: string | null, dateOfBirth: string) {
  return { fullName: "Người Mẫu Thử", dateOfBirth, personalId, ethnicity: "Kinh", nationality: "VNM" };
}

export function aPart(content: unknown, more: Partial<IncomingPart> = {}): IncomingPart {
  const dossier = `H13.152-261124-${String(serial("birth")).padStart(4, "0")}`;
  return { id: uuidv7(), procedure: "1.001193", dossier, office: OFFICE, receivedAt: NOW, content, ...more };
}

export function aNotice(citizenId: string | undefined, personalId: string) {
  return aPart({ citizenId, personalId }, { procedure: "personal-number-notice" });
}

function merged(base: object, more: object): object {
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(more)) {
    const old = result[key];
    result[key] = isPlain(old) && isPlain(value) ? merged(old, value) : value;
  }
  return result;
}

function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
