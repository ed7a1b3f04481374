import { randomUUID } from "node:crypto";
import postgres from "postgres";
import type { SubgraphName } from "../../subgraphs/agency-registry.ts";

type Row = Record<string, unknown>;
type Rows = Record<string, Row[]>;
/** Rows that one finished 3-in-1 request created, by database and table. */
export type Footprint = Record<"one-stop" | "civil-status" | "residence" | "health-insurance", Rows>;

/** Reads the rows that a finished request created in every database. */
export async function footprintOf(databaseUrls: Record<SubgraphName, string>, code: string): Promise<Footprint> {
  const read = async (name: SubgraphName, queries: Record<string, string>): Promise<Rows> => {
    const sql = postgres(databaseUrls[name], { max: 1 });
    const rows: Rows = {};
    for (const [table, where] of Object.entries(queries))
      rows[table] = [...(await sql.unsafe(`select * from ${table} where ${where}`, [code]))];
    await sql.end();
    return rows;
  };
  const id = "(select id from dossiers where code = $1)";
  const change = "action = 'CHANGE' and purpose = $1";
  return {
    "one-stop": await read("one-stop", {
      dossiers: "code = $1",
      ...Object.fromEntries(
        ["dossier_duplicate_keys", "requests", "steps", "history"].map((t) => [t, `dossier_id = ${id}`]),
      ),
      access_log: change,
    }),
    "civil-status": await read("civil-status", {
      births: "dossier = $1",
      birth_versions: "birth_id in (select id from births where dossier = $1)",
      birth_numbers: "birth_id in (select id from births where dossier = $1)",
      citizen_numbers: "citizen_id in (select citizen_id from births where dossier = $1)",
      received_parts: "dossier = $1",
      access_log: change,
    }),
    residence: await read("residence", {
      persons: "dossier = $1",
      person_versions: "person_id in (select id from persons where dossier = $1)",
      residencies: "dossier = $1",
      residency_versions: "residency_id in (select id from residencies where dossier = $1)",
      received_parts: "dossier = $1",
      access_log: change,
    }),
    "health-insurance": await read("health-insurance", {
      cards: "dossier = $1",
      card_versions: "card_id in (select id from cards where dossier = $1)",
      received_parts: "dossier = $1",
      access_log: change,
    }),
  };
}

let copies = 0;

/** Copy of the rows with new identifiers, so that every unique constraint holds. */
function copyOf(footprint: Footprint): Footprint {
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
  const [dossier] = footprint["one-stop"].dossiers ?? [];
  const [birth] = footprint["civil-status"].births ?? [];
  const [person] = footprint.residence.persons ?? [];
  const [card] = footprint["health-insurance"].cards ?? [];
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
  for (const { key } of footprint["one-stop"].dossier_duplicate_keys ?? [])
    texts.set(String(key), `floor-${number}-${ids.size}`);
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
  return Object.fromEntries(Object.entries(footprint).map(([name, rows]) => [name, copyRows(rows)])) as Footprint;
}

export type Floor = { write(): Promise<number>; close(): Promise<void> };

/**
 * Writes the rows of a 3-in-1 request by plain SQL, with the same number of commits in each database and without GraphQL,
 * rights, checks and calls of agencies.
 */
export function openFloor(databaseUrls: Record<SubgraphName, string>, footprint: Footprint, desks: number): Floor {
  const open = (name: SubgraphName) => postgres(databaseUrls[name], { max: desks, onnotice: () => {} });
  const [desk, civil, residence, insurance] = [
    open("one-stop"),
    open("civil-status"),
    open("residence"),
    open("health-insurance"),
  ];
  const insert = (tx: postgres.TransactionSql, table: string, rows: Row[]) =>
    rows.length > 0 ? tx`insert into ${tx(table)} ${tx(rows)}` : undefined;
  const commit = (sql: postgres.Sql, writes: (tx: postgres.TransactionSql) => unknown[]) =>
    sql.begin((tx) => Promise.all(writes(tx)));
  const progress = (copy: Footprint, entries: Row[], changed: number) =>
    commit(desk, (tx) => {
      const [dossier] = copy["one-stop"].dossiers ?? [];
      const steps = (copy["one-stop"].steps ?? []).slice(0, changed).map((step) => String(step.id));
      return [
        tx`update dossiers set revision = revision + 1 where id = ${String(dossier?.id)}`,
        tx`update steps set attempts = attempts + 1, next_attempt_at = now() where id in ${tx(steps)}`,
        insert(tx, "history", entries),
      ];
    });
  return {
    async write() {
      const started = performance.now();
      const copy = copyOf(footprint);
      const { "one-stop": o, "civil-status": c, residence: r, "health-insurance": h } = copy;
      const history = (o.history ?? []).map(({ id, ...entry }) => entry);
      const log = (rows: Rows, at: number) => (rows.access_log ?? []).slice(at, at + 1);
      const part = (rows: Rows, procedure: string) =>
        (rows.received_parts ?? []).filter((p) => p.procedure === procedure);
      const version = (rows: Rows, n: number) => (rows.birth_versions ?? []).filter((v) => v.version === n);
      await commit(desk, (tx) => [
        ...["dossiers", "dossier_duplicate_keys", "requests", "steps"].map((table) =>
          insert(tx, table, o[table] ?? []),
        ),
        insert(tx, "history", history.slice(0, 3)),
        insert(tx, "access_log", log(o, 0)),
      ]);
      await commit(civil, (tx) => [
        insert(tx, "births", c.births ?? []),
        insert(tx, "birth_versions", version(c, 1)),
        insert(tx, "birth_numbers", c.birth_numbers ?? []),
        insert(tx, "received_parts", part(c, "1.001193")),
        insert(tx, "access_log", log(c, 0)),
      ]);
      await progress(copy, history.slice(3, 6), 2);
      await commit(residence, (tx) => [
        insert(tx, "persons", r.persons ?? []),
        insert(tx, "person_versions", r.person_versions ?? []),
        insert(tx, "received_parts", part(r, "personal-number")),
        insert(tx, "access_log", log(r, 0)),
      ]);
      await progress(copy, history.slice(6, 12), 4);
      await Promise.all([
        commit(civil, (tx) => [
          insert(tx, "citizen_numbers", c.citizen_numbers ?? []),
          insert(tx, "birth_versions", version(c, 2)),
          insert(tx, "received_parts", part(c, "personal-number-notice")),
          insert(tx, "access_log", log(c, 1)),
        ]),
        commit(residence, (tx) => [
          insert(tx, "residencies", r.residencies ?? []),
          insert(tx, "residency_versions", r.residency_versions ?? []),
          insert(tx, "received_parts", part(r, "1.004222")),
          insert(tx, "access_log", log(r, 1)),
        ]),
        commit(insurance, (tx) => [
          insert(tx, "cards", h.cards ?? []),
          insert(tx, "card_versions", h.card_versions ?? []),
          insert(tx, "received_parts", h.received_parts ?? []),
          insert(tx, "access_log", log(h, 0)),
        ]),
      ]);
      await progress(copy, history.slice(12, 13), 1);
      await progress(copy, history.slice(13, 14), 1);
      await progress(copy, history.slice(14), 1);
      return performance.now() - started;
    },
    close: async () => {
      await Promise.all([desk, civil, residence, insurance].map((sql) => sql.end({ timeout: 2 })));
    },
  };
}
