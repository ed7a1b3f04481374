import { readdirSync, readFileSync } from "node:fs";
import postgres from "postgres";
import { seededRandom } from "../../../subgraphs/_shared/demo/population-random.ts";
import { packHexJson } from "../../../subgraphs/_shared/registers/packed-json.ts";
import { projectPath } from "../../../subgraphs/_shared/serving/paths.ts";
import type { DossierState, RecordedState } from "../../../subgraphs/one-stop/saga/state.ts";
import { packEntries } from "../../../subgraphs/one-stop/saga/stored-history.ts";
import { emptyDatabase } from "../../kit/agency-database.ts";

/** States that may follow a state of a dossier, as at the desk; none after an end. */
const NEXT: Readonly<Record<DossierState, readonly DossierState[]>> = {
  RECEIVED: ["IN_PROGRESS", "IN_PROGRESS", "AWAITING_PAYMENT", "AWAITING_CITIZEN", "WITHDRAWN"],
  IN_PROGRESS: ["AWAITING_CITIZEN", "COMPLETED", "COMPLETED", "WITHDRAWN", "STOPPED"],
  AWAITING_CITIZEN: ["IN_PROGRESS", "IN_PROGRESS", "WITHDRAWN"],
  AWAITING_PAYMENT: ["IN_PROGRESS", "NOT_ACCEPTED"],
  COMPLETED: ["RETURNED"],
  ...{ RETURNED: [], NOT_ACCEPTED: [], WITHDRAWN: [], STOPPED: [] },
};
const PART_STATES = ["READY", "SENT", "PROCESSING", "SUPPLEMENT_NEEDED", "GRANTED", "REFUSED"] as const;
const PROCEDURE = "1.000894";
const RECEIVED_AT_ONCE = 4;

/** Database of a desk whose dossiers are written directly, each with a request, one part and a history. */
export type WrittenHistories = {
  url: string;
  sql: postgres.Sql;
  codeOf(n: number): string;
  idOf(n: number): string;
  /** Receives dossiers, numbered from 0. */
  receive(count: number): Promise<void>;
  /** One random change of a dossier, under its lock: several entries in one row, often in the same second. False at its end. */
  change(n: number, random: () => number): Promise<boolean>;
  /** One change that is a step: the officer goes on with the part. */
  process(n: number): Promise<void>;
  drop(): Promise<void>;
};

export async function writtenHistories(): Promise<WrittenHistories> {
  const database = await emptyDatabase("one-stop");
  const sql = postgres(database.url, { max: 4, onnotice: () => {}, fetch_types: false });
  const folder = projectPath("subgraphs", "one-stop", "migrations");
  for (const name of readdirSync(folder).sort())
    if (name.endsWith(".sql")) await sql.unsafe(readFileSync(`${folder}/${name}`, "utf8"));
  await sql`insert into communes (list, code, name, province) values ('2025-07-01', '31471', 'Phường mẫu', '92')`;
  const idOf = (n: number) => `019ac000-0000-7000-8000-${String(n).padStart(12, "0")}`;
  const codeOf = (n: number) => `H13.105-261123-${String(n).padStart(4, "0")}`;
  return {
    ...{ url: database.url, sql, idOf, codeOf },
    async receive(count) {
      for (let n = 0; n < count; n += RECEIVED_AT_ONCE)
        await Promise.all(
          Array.from({ length: Math.min(RECEIVED_AT_ONCE, count - n) }, (_, more) => n + more).map((each) =>
            receive(sql, { id: idOf(each), code: codeOf(each), key: `k${each}` }),
          ),
        );
    },
    async process(n) {
      const entries = [{ stepKey: "PROCEDURE", state: "PROCESSING" as const, actor: "registrar", note: null }];
      await sql.begin(async (tx) => {
        await tx`update dossiers set revision = revision + 1 where id = ${idOf(n)}`;
        await tx`insert into history (dossier_id, at, entries) values (${idOf(n)}, now(), ${packEntries(entries)})`;
      });
    },
    change: (n, random) => change(sql, idOf(n), random),
    async drop() {
      await sql.end({ timeout: 1 });
      await database.drop();
    },
  };
}

async function receive(sql: postgres.Sql, { id, code, key }: { id: string; code: string; key: string }): Promise<void> {
  const request = {
    declarant: { fullName: "Lê A", personalId: null, relation: null, phone: "0912345678", email: null },
    ...{ handover: { method: "DESK", paperCopies: 0 }, papers: [], form: {} },
  };
  await sql.begin(async (tx) => {
    await tx`
      insert into dossiers (id, code, owner, idempotency_key, body_hash, commune_list, office, province, channel, definition_id,
        definition_version, procedure_code, state, returns_at_once, received_at, due_at, updated_at, applicant_name, parties)
      values (${id}, ${code}, 'o', ${key}, gen_random_uuid(), '2025-07-01', '31471', '92', 'DESK', ${PROCEDURE}, 1, ${PROCEDURE},
        'RECEIVED', false, now(), now(), now(), 'Lê A', '')`;
    await tx`insert into requests (dossier_id, request) values (${id}, ${packHexJson(request)}::text::bytea)`;
    await tx`
      insert into steps (id, dossier_id, key, ordinal, part, agency, procedure, office, state, delivery)
      values (gen_random_uuid(), ${id}, 'PROCEDURE', 0, true, 'CIVIL_STATUS', ${PROCEDURE}, '31471', 'PROCESSING', 'QUEUED')`;
    const entries = [{ stepKey: null, state: "RECEIVED" as const, actor: "clerk", note: null }];
    await tx`insert into history (dossier_id, at, entries) values (${id}, now(), ${packEntries(entries)})`;
  });
}

async function change(sql: postgres.Sql, id: string, random: () => number): Promise<boolean> {
  return sql.begin(async (tx) => {
    const [dossier] = await tx<{ state: DossierState }[]>`select state from dossiers where id = ${id} for update`;
    let state = dossier?.state ?? "RETURNED";
    const entries: { stepKey: string | null; state: RecordedState; actor: string; note: null }[] = [];
    for (let left = 1 + Math.floor(random() * 3); left > 0 && NEXT[state].length > 0; left--) {
      if (random() < 0.5) {
        const part = PART_STATES[Math.floor(random() * PART_STATES.length)] ?? "READY";
        entries.push({ stepKey: "PROCEDURE", state: part, actor: "CIVIL_STATUS", note: null });
      } else {
        state = NEXT[state][Math.floor(random() * NEXT[state].length)] ?? state;
        entries.push({ stepKey: null, state, actor: "ONE_STOP", note: null });
      }
    }
    if (entries.length === 0) return false;
    await tx`update dossiers set state = ${state}, revision = revision + 1, updated_at = now() where id = ${id}`;
    await tx`insert into history (dossier_id, at, entries) values (${id}, now(), ${packEntries(entries)})`;
    return true;
  });
}

/** Random numbers between 0 and 1. */
export function seeded(seed: number): () => number {
  const random = seededRandom(seed);
  return () => random.below(1_000_000) / 1_000_000;
}
