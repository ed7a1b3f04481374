import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type postgres from "postgres";
import { type SeededRandom, seededRandom } from "../../../subgraphs/_shared/demo/population-random.ts";
import { OFFICES } from "./random-dossiers.ts";

const HOUR_MS = 3_600_000;
const FIRST_MS = Date.parse("2026-11-09T08:00:00+07:00");
const LAST_MS = Date.parse("2026-11-19T20:00:00+07:00");
const OFFICERS = [null, "officer-a", "officer-b"];

/** Instant within the ten days in which the random parts are due, for a random number from 0 to 1. */
export const randomInstant = (random: number) => new Date(FIRST_MS + Math.floor(random * (LAST_MS - FIRST_MS)));

class Undone extends Error {}

type Act = (tx: postgres.Sql, step: string, random: SeededRandom) => Promise<unknown>;
const dueAt = (random: SeededRandom) => randomInstant(random.below(1_000) / 1_000);

/** Changes of a part as the desk makes them, and some that only an administrator would make. */
const ACTS: readonly [Act, ...Act[]] = [
  async (tx, step, random) => {
    const officer = random.pick(OFFICERS as [null, string, string]);
    await tx`update steps set claimed_by = ${officer}, claimed_name = ${officer && `Cán bộ ${officer}`} where id = ${step}`;
  },
  (tx, step, random) => {
    const from = new Date(dueAt(random).getTime() + HOUR_MS).toISOString();
    const clock = { suspensions: [{ from, to: null }], extensions: [] };
    return tx`update steps set state = 'SUPPLEMENT_NEEDED', clock = ${tx.json(clock)} where id = ${step}`;
  },
  (tx, step, random) => tx`update steps set state = 'PROCESSING', due_at = ${dueAt(random)} where id = ${step}`,
  (tx, step, random) => tx`update steps set due_at = ${dueAt(random)} where id = ${step}`,
  (tx, step) => tx`update steps set due_at = null where id = ${step}`,
  (tx, step) => tx`update steps set attempts = attempts + 1 where id = ${step}`,
  (tx, step, random) =>
    tx`update steps set state = ${random.pick(["GRANTED", "REFUSED", "CANCELLED"])} where id = ${step}`,
  (tx, step, random) =>
    tx`update steps set office = ${random.pick(Object.keys(OFFICES) as [string])} where id = ${step}`,
  (tx, step) => tx`delete from steps where id = ${step}`,
];

/** Writes random lives of the parts of dossiers, one act in one transaction. Some transactions are undone. */
export async function writeWork(sql: postgres.Sql, seed: number, dossiers: number): Promise<void> {
  const random = seededRandom(seed);
  for (let n = 0; n < dossiers; n++) {
    const steps = await receive(sql, random, `H13.9-261109-${seed * 10_000 + n}`);
    for (let acts = random.below(12); acts > 0; acts--)
      await inTransaction(sql, random, async (tx) => {
        await random.pick(ACTS)(tx, random.pick(steps), random);
        if (random.below(4) === 0) await random.pick(ACTS)(tx, random.pick(steps), random);
      });
  }
}

async function receive(sql: postgres.Sql, random: SeededRandom, code: string): Promise<[string, ...string[]]> {
  const [office, province] = random.pick(Object.entries(OFFICES) as [[string, string]]); // not empty
  const [id, first, second, third] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  await sql.begin(async (tx) => {
    await tx`
      insert into dossiers (id, code, owner, idempotency_key, body_hash, commune_list, office, province, channel, definition_id,
        definition_version, procedure_code, state, returns_at_once, received_at, due_at, updated_at, applicant_name, parties)
      values (${id}, ${code}, 'o', ${id}, gen_random_uuid(), '2025-07-01', ${office}, ${province}, 'DESK', 'birth', 1,
        ${random.pick(["3.000722", "1.001193"])}, 'RECEIVED', false, now(), now(), now(), 'Lê A', '')`;
    for (const [ordinal, step] of [first, second, third].entries())
      await tx`
        insert into steps (id, dossier_id, ordinal, part, key, agency, procedure, office, state, delivery, due_at)
        values (${step}, ${id}, ${ordinal}, ${ordinal < 2}, ${`P${ordinal}`}, ${random.pick(["CIVIL_STATUS", "RESIDENCE"])},
          ${random.pick(["1.001193", "1.004222"])}, ${office}, ${random.pick(["PROCESSING", "BLOCKED"])}, 'ACKNOWLEDGED',
          ${dueAt(random)})`;
  });
  return [first, second, third];
}

async function inTransaction(
  sql: postgres.Sql,
  random: SeededRandom,
  write: (tx: postgres.Sql) => Promise<unknown>,
): Promise<void> {
  await sql
    .begin(async (transaction) => {
      await write(transaction as unknown as postgres.Sql); // the same functions, on one connection
      await sleep(random.below(3));
      if (random.below(6) === 0) throw new Undone();
    })
    .catch((error) => {
      if (!(error instanceof Undone)) throw error;
    });
}
