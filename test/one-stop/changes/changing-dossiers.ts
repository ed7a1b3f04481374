import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { seededRandom } from "../../../subgraphs/_shared/demo/population-random.ts";
import { projectPath } from "../../../subgraphs/_shared/serving/paths.ts";
import { packEntries } from "../../../subgraphs/one-stop/saga/stored-history.ts";
import { emptyDatabase } from "../../kit/agency-database.ts";

const DOSSIERS = 12;
/** Ids of the dossiers of the database. */
export const ids = Array.from({ length: DOSSIERS }, (_, n) => `019ac000-0000-7000-8000-${String(n).padStart(12, "0")}`);

/** Database of a desk with a few dossiers, whose histories are written directly. */
export type ChangingDossiers = {
  url: string;
  admin: postgres.Sql;
  /** Connection like that of a process of its own. Its statements fail after `limitMs`, wherever they are then. */
  connect(limitMs?: number): postgres.Sql;
  /** Changes dossiers like the saga: under the lock of the dossier. Some transactions are undone. */
  write(seed: number, changes: number): Promise<void>;
  drop(): Promise<void>;
};

class Undone extends Error {}

export async function changingDossiers(): Promise<ChangingDossiers> {
  const database = await emptyDatabase("one-stop");
  const opened: postgres.Sql[] = [];
  function connect(limitMs = 0): postgres.Sql {
    const connection = { statement_timeout: limitMs };
    const sql = postgres(database.url, { max: 1, onnotice: () => {}, fetch_types: false, connection });
    opened.push(sql);
    return sql;
  }
  const admin = connect();
  await prepareDossiers(admin);
  return {
    ...{ url: database.url, admin, connect },
    write: (seed, changes) => write(connect(), seed, changes),
    async drop() {
      await Promise.all(opened.map((sql) => sql.end({ timeout: 1 })));
      await database.drop();
    },
  };
}

/** Tables of a desk with the dossiers, in an empty database. */
export async function prepareDossiers(sql: postgres.Sql): Promise<void> {
  const folder = projectPath("subgraphs", "one-stop", "migrations");
  for (const name of readdirSync(folder).sort())
    if (name.endsWith(".sql")) await sql.unsafe(readFileSync(`${folder}/${name}`, "utf8"));
  await sql`insert into communes (list, code, name, province) values ('2025-07-01', '31471', 'Phường mẫu', '92')`;
  for (const [n, id] of ids.entries())
    await sql`
      insert into dossiers (id, code, owner, idempotency_key, body_hash, commune_list, office, province, channel, definition_id,
        definition_version, procedure_code, state, returns_at_once, received_at, due_at, updated_at, applicant_name, parties)
      values (${id}, ${`H13.1-261123-${n}`}, 'o', ${`k${n}`}, gen_random_uuid(), '2025-07-01', '31471', '92', 'DESK', 'birth', 1, '3.000722',
        'RECEIVED', false, now(), now(), now(), 'Lê A', '')`;
}

/** Changes a dossier once. Resolves when the change is acknowledged. */
export async function writeNote(sql: postgres.Sql, id: string, note: string): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`update dossiers set revision = revision + 1 where id = ${id}`;
    const entries = packEntries([{ stepKey: null, state: "IN_PROGRESS", actor: "ONE_STOP", note }]);
    await tx`insert into history (dossier_id, at, entries) values (${id}, now(), ${entries})`;
  });
}

async function write(sql: postgres.Sql, seed: number, changes: number): Promise<void> {
  const random = seededRandom(seed);
  for (let n = 0; n < changes; n++) {
    const id = ids[random.below(DOSSIERS)] ?? "";
    const end = random.below(10);
    await sql
      .begin(async (tx) => {
        if (end % 2 === 0) await tx`select pg_current_xact_id()`; // an older transaction than its lock
        const [row] = await tx<{ revision: number }[]>`
          update dossiers set revision = revision + 1 where id = ${id} returning revision`;
        const notes = Array.from({ length: 1 + random.below(3) }, (_, part) => `${row?.revision}.${part}`);
        const entries = notes.map((note) => ({ stepKey: "BIRTH", state: "SENT" as const, actor: "ONE_STOP", note }));
        await tx`insert into history (dossier_id, at, entries) values (${id}, now(), ${packEntries(entries)})`;
        await sleep(random.below(n % 20 === 0 ? 60 : 4));
        if (end > 7) throw new Undone();
      })
      .catch((error) => {
        if (!(error instanceof Undone)) throw error;
      });
  }
}
