import { randomUUID } from "node:crypto";
import postgres from "postgres";
import type { SubgraphName } from "../../subgraphs/agency-registry.ts";

export type Row = Record<string, unknown>;
export type Rows = Record<string, Row[]>;
/** Rows that one finished 3-in-1 request created, by database and table. */
export type RequestRows = Record<"one-stop" | "civil-status" | "residence" | "health-insurance", Rows>;

const ID = "(select id from dossiers where code = $1)";
const CHANGE = "action = 'CHANGE' and purpose = $1";

/** Rows of a dossier at the desk: conditions by table, with the dossier's code as `$1`. */
export const OF_DESK = {
  "one-stop": {
    dossiers: "code = $1",
    ...Object.fromEntries(
      ["dossier_duplicate_keys", "requests", "steps", "history", "acts"].map((table) => [table, `dossier_id = ${ID}`]),
    ),
    access_log: CHANGE,
  },
};

/** Rows that a finished 3-in-1 request created in every database. */
export const FINISHED_BUNDLE: Record<keyof RequestRows, Record<string, string>> = {
  ...OF_DESK,
  "civil-status": {
    births: "dossier = $1",
    birth_versions: "birth_id in (select id from births where dossier = $1)",
    birth_numbers: "birth_id in (select id from births where dossier = $1)",
    citizen_numbers: "citizen_id in (select citizen_id from births where dossier = $1)",
    received_parts: "dossier = $1",
    access_log: CHANGE,
  },
  residence: {
    persons: "dossier = $1",
    person_versions: "person_id in (select id from persons where dossier = $1)",
    residencies: "dossier = $1",
    residency_versions: "residency_id in (select id from residencies where dossier = $1)",
    received_parts: "dossier = $1",
    access_log: CHANGE,
  },
  "health-insurance": {
    cards: "dossier = $1",
    card_versions: "card_id in (select id from cards where dossier = $1)",
    card_terms: "card_id in (select id from cards where dossier = $1)",
    received_parts: "dossier = $1",
    access_log: CHANGE,
  },
};

/** Reads the rows that a finished request created in every database. */
export async function readRequestRows(databaseUrls: Record<SubgraphName, string>, code: string): Promise<RequestRows> {
  const read = async (name: keyof RequestRows): Promise<Rows> => {
    const sql = postgres(databaseUrls[name], { max: 1 });
    const rows: Rows = {};
    for (const [table, where] of Object.entries(FINISHED_BUNDLE[name]))
      rows[table] = [...(await sql.unsafe(`select * from ${table} where ${where}`, [code]))];
    await sql.end();
    return rows;
  };
  return {
    "one-stop": await read("one-stop"),
    "civil-status": await read("civil-status"),
    residence: await read("residence"),
    "health-insurance": await read("health-insurance"),
  };
}

let copies = 0;

/** Copy of the rows with new identifiers, so that every unique constraint holds. */
export function copyOfRows(request: RequestRows): RequestRows {
  const number = ++copies;
  const ids = new Map<string, string>();
  const texts = new Map<string, string>();
  const fresh = (value: string): string => {
    if (/^[0-9a-f]{8}-[0-9a-f]{4}-7/.test(value)) {
      const known = ids.get(value) ?? randomUUID();
      ids.set(value, known);
      return known;
    }
    return texts.get(value) ?? value;
  };
  const [dossier] = request["one-stop"].dossiers ?? [];
  const [birth] = request["civil-status"].births ?? [];
  const [person] = request.residence.persons ?? [];
  const [card] = request["health-insurance"].cards ?? [];
  const serial = String(number).padStart(6, "0");
  texts.set(String(dossier?.code), `${String(dossier?.code).slice(0, -4)}9${serial}`);
  texts.set(String(dossier?.idempotency_key), `floor-${number}`);
  texts.set(
    String(birth?.birth_notice),
    `${String(number % 100_000).padStart(5, "0")}.GCS.${String(70_000 + Math.floor(number / 100_000))}.26`,
  );
  texts.set(String(birth?.mother_key), `floor-${number}`);
  texts.set(String(person?.personal_id), `${String(person?.personal_id).slice(0, 6)}${serial}`);
  texts.set(String(card?.number), `${String(card?.number).slice(0, 5)}8999${serial}`);
  for (const { key } of request["one-stop"].dossier_duplicate_keys ?? []) texts.set(String(key), randomUUID());
  const value = (given: unknown, column: string): unknown => {
    if (column === "number" && typeof given === "number") return 1_000_000 + number;
    if (Array.isArray(given)) return given.map((item) => (typeof item === "string" ? fresh(item) : item));
    // the household existed before the child
    return typeof given === "string" && column !== "household_id" ? fresh(given) : given;
  };
  const copyRow = (row: Row): Row =>
    Object.fromEntries(
      Object.entries(row)
        .filter(([column]) => column !== "insurance_number")
        .map(([column, given]) => [column, value(given, column)]),
    );
  const copyRows = (rows: Rows): Rows =>
    Object.fromEntries(Object.entries(rows).map(([table, all]) => [table, all.map(copyRow)]));
  return Object.fromEntries(Object.entries(request).map(([name, rows]) => [name, copyRows(rows)])) as RequestRows;
}
