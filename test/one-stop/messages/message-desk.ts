import { readdirSync, readFileSync } from "node:fs";
import { drizzle } from "drizzle-orm/postgres-js";
import { pino } from "pino";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll } from "vitest";
import { packJson } from "../../../subgraphs/_shared/registers/packed-json.ts";
import { projectPath } from "../../../subgraphs/_shared/serving/paths.ts";
import { bundles } from "../../../subgraphs/one-stop/bundles/bundles.ts";
import { oneStopConfiguration } from "../../../subgraphs/one-stop/configuration.ts";
import { dossierKinds } from "../../../subgraphs/one-stop/definitions/dossier-kind.ts";
import { openChannels } from "../../../subgraphs/one-stop/messages/channels/channels.ts";
import { makeMessages } from "../../../subgraphs/one-stop/messages/make-messages.ts";
import { startMessages } from "../../../subgraphs/one-stop/messages/message-worker.ts";
import type { Failpoints } from "../../../subgraphs/one-stop/saga/failpoints.ts";
import type { DossierState, RecordedState } from "../../../subgraphs/one-stop/saga/state.ts";
import { packEntries } from "../../../subgraphs/one-stop/saga/stored-history.ts";
import { singleProcedure } from "../../../subgraphs/one-stop/single-procedures/single-procedure.ts";
import { clonedDatabase, emptyDatabase } from "../../kit/agency-database.ts";
import { serial } from "../../kit/serial-numbers.ts";

export const EMAIL = "nguoi.nop@example.test";
export const PHONE = "0912345678";
/** A Monday morning in Viet Nam. */
export const MORNING = new Date("2026-11-23T02:00:00Z");

type Delivery = { state: string; channel: string; attempts: number; reason: string | null; reference: string | null };
type Started = { failpoints?: Failpoints; now?: () => Date };

/** The part of a desk that tells declarants, on a database of its own; dossiers are rows. */
export type MessageDesk = {
  readonly sql: postgres.Sql;
  readonly url: string;
  /** A dossier of a declarant with these addresses. @returns its id */
  dossier(addresses?: { phone?: string | null; email?: string | null }, state?: DossierState): Promise<string>;
  /** A change of a dossier. @returns its row in the history */
  changed(dossier: string, state: RecordedState): Promise<number>;
  /** A change of a dossier, and its message. @returns the id of the message */
  told(dossier: string, state: RecordedState): Promise<string>;
  /** Starts a worker with these variables. */
  start(environment: NodeJS.ProcessEnv, options?: Started): { stop(): Promise<void> };
  delivery(message: string, route?: string): Promise<Delivery>;
};

/** Variables of a worker that loses no time. */
const FAST = { SAGA_BACKOFF_BASE_MS: "20", SAGA_POLL_MS: "20", DELIVERY_TIMEOUT_MS: "400", SAGA_LEASE_MS: "600" };

/** @param preparation `served`: a process of the desk can serve the database, too */
export function messageDesk(routes: readonly string[], preparation: "served" | "bare" = "bare"): MessageDesk {
  let database: Awaited<ReturnType<typeof emptyDatabase>>;
  let sql: postgres.Sql;
  let forDrizzle: postgres.Sql;
  const running = new Set<{ stop(): Promise<void> }>();
  beforeAll(async () => {
    database = preparation === "served" ? await clonedDatabase("one-stop") : await emptyDatabase("one-stop");
    sql = postgres(database.url, { max: 6, onnotice: () => {}, fetch_types: false });
    forDrizzle = postgres(database.url, { max: 1, onnotice: () => {}, fetch_types: false });
    if (preparation === "served") return;
    const folder = projectPath("subgraphs", "one-stop", "migrations");
    for (const name of readdirSync(folder).sort())
      if (name.endsWith(".sql")) await sql.unsafe(readFileSync(`${folder}/${name}`, "utf8"));
    await sql`insert into communes (list, code, name, province) values ('2025-07-01', '31471', 'Phường mẫu', '92')`;
  });
  afterEach(async () => {
    await Promise.all([...running].map((worker) => worker.stop()));
    running.clear();
    await sql`delete from message_deliveries`;
    await sql`delete from message_choices`;
  });
  afterAll(async () => {
    await Promise.all([sql.end({ timeout: 1 }), forDrizzle.end({ timeout: 1 })]);
    await database.drop();
  });
  async function changed(dossier: string, state: RecordedState): Promise<number> {
    const entries = packEntries([{ stepKey: null, state, actor: "ONE_STOP", note: null }]);
    const [row] = await sql<{ id: string }[]>`
      insert into history (dossier_id, at, entries) values (${dossier}, ${MORNING}, ${entries}) returning id`;
    return Number(row?.id);
  }

  return {
    changed,
    get sql() {
      return sql;
    },
    get url() {
      return database.url;
    },
    async dossier({ phone = PHONE, email = EMAIL } = {}, state = "IN_PROGRESS") {
      const n = serial("dossier");
      const [row] = await sql<{ id: string }[]>`
        insert into dossiers (id, code, owner, idempotency_key, body_hash, commune_list, office, province, channel,
          definition_id, definition_version, procedure_code, state, outcome, returns_at_once, received_at, due_at, updated_at,
          applicant_name, applicant_personal_id, parties)
        values (gen_random_uuid(), ${`H13.101-261123-${process.pid}${n}`}, 'o', ${`${process.pid} ${n}`}, gen_random_uuid(), '2025-07-01',
          '31471', '92', 'DESK', 'birth', 1, '2.000986', ${state}, 'GRANTED', false, ${MORNING}, '2026-11-27T16:59:59Z', now(),
          'Lê A', '093195000017', '') returning id`;
      const id = row?.id ?? "";
      const declarant = { fullName: "Lê A", personalId: "093195000017", phone, email };
      const request = packJson({ declarant, handover: { method: "DESK", paperCopies: 0 } });
      await sql`insert into requests (dossier_id, request) values (${id}, ${request})`;
      return id;
    },
    async told(dossier, state) {
      const row = await changed(dossier, state);
      const parsed = oneStopConfiguration({ MESSAGE_CHANNELS: "spool" }).messages.routes;
      const wanted = routes.map((route) => route.split(">") as unknown as (typeof parsed)[number]); // names of channels
      const change = { position: { row, place: 0 }, stepKey: null, state };
      await drizzle(forDrizzle).transaction((tx) => makeMessages(tx, [change], wanted));
      const [made] = await sql<{ id: string }[]>`select id from messages where change = ${row}`;
      if (!made) throw new Error(`No message tells ${state}`);
      return made.id;
    },
    start(environment, { failpoints, now = () => MORNING } = {}) {
      const configuration = oneStopConfiguration({ ...FAST, ...environment });
      const worker = startMessages({
        ...{ sql, now, kinds: dossierKinds(bundles, singleProcedure), log: pino({ level: "silent" }) },
        configuration: { ...configuration, failpoints: failpoints ?? configuration.failpoints },
        channels: openChannels(configuration.messages, { sql, now, timeoutMs: configuration.deliveryTimeoutMs }),
      });
      running.add(worker);
      return worker;
    },
    async delivery(message, route = routes[0] ?? "") {
      const [row] = await sql<Delivery[]>`
        select state, channel, attempts, reason, reference from message_deliveries
         where message_id = ${message} and route = ${route}`;
      if (!row) throw new Error("The message has no delivery by this route");
      return row;
    },
  };
}
