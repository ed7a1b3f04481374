import postgres from "postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { setBlockedAside } from "../../../subgraphs/one-stop/webhooks/blocked-deliveries.ts";
import { leaseDeliveries, recordAttempt } from "../../../subgraphs/one-stop/webhooks/delivery-store.ts";
import { messageDesk } from "../messages/message-desk.ts";

const desk = messageDesk([]);
const DOSSIERS = 30;
/** Changes of each dossier: the first one has failed, the others wait for it. */
const CHANGES = 300;
const NOTHING_RUNS = new Map<string, number>();
const LEASE_MS = 60_000;
let sql: postgres.Sql;
let asked: { query: string; parameters: unknown[] }[] = [];

beforeAll(async () => {
  const debug = (_connection: number, query: string, parameters: unknown[]) => void asked.push({ query, parameters });
  sql = postgres(desk.url, { max: 1, debug, onnotice: () => {} });
  const dossiers = await Promise.all(Array.from({ length: DOSSIERS }, () => desk.dossier()));
  const [webhook] = await sql<{ id: string }[]>`
    insert into webhooks (id, url, reach_office, failures, owner, idempotency_key, body_hash, created_at)
    values (gen_random_uuid(), 'http://receiver.example.test/', '31471', 5, 'a', 'a', 'a', now()) returning id`;
  await sql`
    insert into webhook_deliveries (id, webhook_id, kind, dossier_id, code, row, place, dossier_state, at, attempts, next_attempt_at)
    select gen_random_uuid(), ${webhook?.id ?? ""}, 'CHANGE', dossier, 'H13.155', 64 * n, 0, 'IN_PROGRESS', now(),
           case n when 1 then 1 else 0 end, case n when 1 then now() + interval '1 hour' else now() end
      from unnest(${dossiers}::uuid[]) as dossier, generate_series(1, ${CHANGES}) as n`;
  await sql`analyze webhook_deliveries`;
});
afterAll(() => sql?.end({ timeout: 1 }));

type Plan = { "Relation Name"?: string; "Actual Rows": number; "Actual Loops": number; Plans?: Plan[] };

/** Rows of deliveries that a lease reads, those that it passes over included. */
async function rowsReadByLease(): Promise<number> {
  asked = [];
  await leaseDeliveries(sql, NOTHING_RUNS, LEASE_MS);
  const { query, parameters } = asked.find((each) => each.query.includes("with due")) ?? { query: "", parameters: [] };
  const values = parameters.map((each) => (each === "[]" ? [] : each)); // the driver writes JSON itself
  const [row] = await sql.unsafe(`explain (analyze, format json) ${query}`, values as never[]);
  const read = (plan: Plan & { "Rows Removed by Filter"?: number }): number => {
    const own = plan["Relation Name"] === "webhook_deliveries";
    const rows = (plan["Actual Rows"] + (plan["Rows Removed by Filter"] ?? 0)) * plan["Actual Loops"];
    return (own ? rows : 0) + (plan.Plans ?? []).reduce((sum, each) => sum + read(each), 0);
  };
  return read(row?.["QUERY PLAN"][0].Plan);
}

it("a lease reads nothing of what waits behind a failing receiver, once that is set aside", async () => {
  expect(await rowsReadByLease()).toBeGreaterThan(DOSSIERS * (CHANGES - 1));
  const counts: number[] = [];
  do counts.push(await setBlockedAside(sql));
  while (counts.at(-1) !== 0);
  expect(counts.reduce((sum, each) => sum + each, 0)).toBe(DOSSIERS * (CHANGES - 1));
  expect(Math.max(...counts)).toBe(1_000);
  expect(await rowsReadByLease()).toBe(0);
});

it("what was set aside becomes due when the delivery before it ends, in its order, and of no other dossier", async () => {
  await sql`
    update webhook_deliveries set next_attempt_at = now() where id = (
      select id from webhook_deliveries where attempts = 1 limit 1)`;
  const [head, ...others] = await leaseDeliveries(sql, NOTHING_RUNS, LEASE_MS);
  expect([head?.row, others]).toEqual([64, []]);
  if (!head) return;
  const success = { state: "DELIVERED", afterMs: 0, holdsMs: null, pauses: false } as const;
  await recordAttempt(sql, head, { failure: null, status: 204 }, success, { now: new Date(), pauseAfterDays: 5 });
  const next = await leaseDeliveries(sql, NOTHING_RUNS, LEASE_MS);
  expect(next.map(({ dossierId, row }) => [dossierId, row])).toEqual([[head.dossierId, 128]]);
  const due =
    await sql`select distinct dossier_id from webhook_deliveries where state = 'PENDING' and next_attempt_at <= now()`;
  expect(due).toHaveLength(1);
});
