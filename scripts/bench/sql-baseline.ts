import postgres from "postgres";
import type { SubgraphName } from "../../subgraphs/agency-registry.ts";
import { BIRTH_VERSIONS, type BirthStep } from "../../subgraphs/one-stop/bundles/birth/birth-versions.ts";
import { copyOfRows, type RequestRows, type Row, type Rows } from "./request-rows.ts";

/** Writes the rows of one request with plain SQL. `write` resolves to the milliseconds that it took. */
export type SqlBaseline = { write(): Promise<number>; close(): Promise<void> };

type Databases = { desk: postgres.Sql; civil: postgres.Sql; residence: postgres.Sql; insurance: postgres.Sql };

/**
 * Baseline of the throughput: writes the rows of a 3-in-1 request with plain SQL and the same number of commits in each
 * database, without GraphQL, rights, checks and calls of agencies.
 */
export function openSqlBaseline(
  databaseUrls: Record<SubgraphName, string>,
  request: RequestRows,
  desks: number,
): SqlBaseline {
  const open = (name: SubgraphName) => postgres(databaseUrls[name], { max: desks, onnotice: () => {} });
  const databases: Databases = {
    ...{ desk: open("one-stop"), civil: open("civil-status") },
    ...{ residence: open("residence"), insurance: open("health-insurance") },
  };
  return {
    async write() {
      const started = performance.now();
      await writeRequest(databases, copyOfRows(request));
      return performance.now() - started;
    },
    close: async () => {
      await Promise.all(Object.values(databases).map((sql) => sql.end({ timeout: 2 })));
    },
  };
}

/** Commits in the order of the saga: acceptance, birth, personal number, then the three last steps at the same time. */
async function writeRequest(databases: Databases, copy: RequestRows): Promise<void> {
  const { desk, civil, residence } = databases;
  const { "one-stop": o, "civil-status": c, residence: r } = copy;
  const history = (o.history ?? []).map(({ id, ...entry }) => entry);
  await commit(desk, (tx) => [
    ...["dossiers", "dossier_duplicate_keys", "requests", "steps"].map((table) => insert(tx, table, o[table] ?? [])),
    insert(tx, "history", history.slice(0, 1)),
    insert(tx, "access_log", accessEntry(o, 0)),
  ]);
  await commit(civil, (tx) => [
    insert(tx, "births", c.births ?? []),
    insert(tx, "birth_versions", birthVersion(c, 1)),
    insert(tx, "birth_numbers", c.birth_numbers ?? []),
    insert(tx, "received_parts", part(c, "BIRTH")),
    insert(tx, "access_log", accessEntry(c, 0)),
  ]);
  await advance(desk, copy, history.slice(1, 2), 2);
  await commit(residence, (tx) => [
    insert(tx, "persons", r.persons ?? []),
    insert(tx, "person_versions", r.person_versions ?? []),
    insert(tx, "received_parts", part(r, "PERSONAL_NUMBER")),
    insert(tx, "access_log", accessEntry(r, 0)),
  ]);
  await advance(desk, copy, history.slice(2, 3), 4);
  await writeLastSteps(databases, copy);
  await advance(desk, copy, history.slice(3, 4), 1);
  await advance(desk, copy, history.slice(4, 5), 1);
  await advance(desk, copy, history.slice(5), 1);
}

async function writeLastSteps({ civil, residence, insurance }: Databases, copy: RequestRows): Promise<void> {
  const { "civil-status": c, residence: r, "health-insurance": h } = copy;
  await Promise.all([
    commit(civil, (tx) => [
      insert(tx, "citizen_numbers", c.citizen_numbers ?? []),
      insert(tx, "birth_versions", birthVersion(c, 2)),
      insert(tx, "received_parts", part(c, "NUMBER_NOTICE")),
      insert(tx, "access_log", accessEntry(c, 1)),
    ]),
    commit(residence, (tx) => [
      insert(tx, "residencies", r.residencies ?? []),
      insert(tx, "residency_versions", r.residency_versions ?? []),
      insert(tx, "received_parts", part(r, "RESIDENCE")),
      insert(tx, "access_log", accessEntry(r, 1)),
    ]),
    commit(insurance, (tx) => [
      insert(tx, "cards", h.cards ?? []),
      insert(tx, "card_versions", h.card_versions ?? []),
      insert(tx, "received_parts", part(h, "INSURANCE")),
      insert(tx, "access_log", accessEntry(h, 0)),
    ]),
  ]);
}

/** Transition of the dossier at the desk: its revision, the changed steps and the history. */
function advance(desk: postgres.Sql, copy: RequestRows, history: Row[], changedSteps: number): Promise<unknown> {
  return commit(desk, (tx) => {
    const [dossier] = copy["one-stop"].dossiers ?? [];
    const steps = (copy["one-stop"].steps ?? []).slice(0, changedSteps).map((step) => String(step.id));
    return [
      tx`update dossiers set revision = revision + 1 where id = ${String(dossier?.id)}`,
      tx`update steps set attempts = attempts + 1, next_attempt_at = now() where id in ${tx(steps)}`,
      insert(tx, "history", history),
    ];
  });
}

function commit(sql: postgres.Sql, writes: (tx: postgres.TransactionSql) => unknown[]): Promise<unknown> {
  return sql.begin((tx) => Promise.all(writes(tx)));
}

function insert(tx: postgres.TransactionSql, table: string, rows: Row[]): unknown {
  return rows.length > 0 ? tx`insert into ${tx(table)} ${tx(rows)}` : undefined;
}

const accessEntry = (rows: Rows, at: number) => (rows.access_log ?? []).slice(at, at + 1);
const part = (rows: Rows, step: BirthStep) =>
  (rows.received_parts ?? []).filter(({ procedure }) => procedure === procedureOf(step));
const procedureOf = (step: BirthStep) => BIRTH_VERSIONS.at(-1)?.steps.find(({ key }) => key === step)?.procedure;
const birthVersion = (rows: Rows, version: number) =>
  (rows.birth_versions ?? []).filter((each) => each.version === version);
