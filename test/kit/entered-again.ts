import { sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";
import { deliverPart, type IncomingPart } from "../../subgraphs/_shared/parts/delivery.ts";
import { instructPart } from "../../subgraphs/_shared/parts/instruction.ts";
import type { AnyProcedure, StoredAnswer } from "../../subgraphs/_shared/parts/procedure.ts";
import { addDays, legalDayOf } from "../../subgraphs/_shared/reference/days.ts";
import type { Database } from "../../subgraphs/_shared/serving/database.ts";
import { PLAIN_MODE } from "../../subgraphs/_shared/serving/serving-mode.ts";
import type { SubgraphDefinition } from "../../subgraphs/_shared/serving/subgraph.ts";
import { a, type ServedAgency, serveAgency } from "../health-insurance/served-agency.ts";

/** A part that its agency grants: by itself or, with the facts that an officer states, by an officer. */
export type GrantedPart = { procedure: string; content: object; stated?: Record<string, string> };
/** Enters what the part needs, and tells the part. */
export type Story = (agency: ServedAgency) => Promise<GrantedPart> | GrantedPart;

const NOW = new Date();
const TODAY = legalDayOf(NOW);
/** All that the register has is newer. */
const LONG_AGO = "2000-01-01";
/** The desk finds the loss weeks later. */
const LATER = new Date(`${addDays(TODAY, 40)}T09:00:00+07:00`);

type Exceptions = {
  /** Procedures whose grant is a statement alone. */
  entersNothing?: readonly string[];
  /** Stories whose grant follows nothing that the register has. */
  followsNothing?: readonly string[];
};

/**
 * Tests for every procedure of an agency that a grant which the register has lost is entered again as it was, and that a person decides
 * where the register has newer facts.
 */
export function everyGrantIsEnteredAgain<L>(
  definition: SubgraphDefinition<L>,
  stories: Record<string, Story>,
  { entersNothing = [], followsNothing = [] }: Exceptions = {},
): void {
  let agency: ServedAgency;
  const told = new Set<string>();
  beforeAll(async () => {
    agency = await serveAgency(definition);
  });
  afterAll(() => agency?.stop());

  test.each(Object.keys(stories))("%s, lost and delivered again, is as it was", async (name) => {
    const part = partOf(await (stories[name] as Story)(agency)); // one of its keys
    told.add(part.procedure);
    const first = await lostAfter(agency.db, (db) => entered(db, definition.procedures, part, NOW));
    expect(first.answer).toMatchObject({ state: "GRANTED", facts: expect.anything() });
    expect(first.rows.length > 0).toBe(!entersNothing.includes(part.procedure));
    const grantedBefore = { ...first.answer?.facts, on: TODAY };
    const again = { ...part, stated: undefined, content: { ...part.content, grantedBefore } };
    const second = await lostAfter(agency.db, (db) => entered(db, definition.procedures, again, LATER));
    expect(withoutTimes(second.answer)).toEqual(withoutTimes(first.answer));
    expect(second.rows).toEqual(first.rows);
    const isFollowing = !followsNothing.includes(name) && !entersNothing.includes(part.procedure);
    const on = isFollowing ? LONG_AGO : addDays(TODAY, -1);
    const stale = { ...again, content: { ...part.content, grantedBefore: { ...grantedBefore, on } } };
    const third = await lostAfter(agency.db, (db) => entered(db, definition.procedures, stale, LATER));
    expect(third.answer?.refusal?.code).toBe(isFollowing ? "NEWER_FACTS_REGISTERED" : undefined);
    expect(third.rows.length > 0).toBe(!isFollowing && !entersNothing.includes(part.procedure));
  });

  test("every procedure that the agency decides is tried", () => {
    expect([...told].sort()).toEqual(definition.procedures.map(({ procedure }) => procedure).sort());
  });
}

/** Grants a part for good. @returns its facts */
export async function grantedPart<L>(
  { db }: ServedAgency,
  { procedures }: SubgraphDefinition<L>,
  part: GrantedPart,
): Promise<Record<string, string>> {
  const answer = await grant(db, procedures, partOf(part), NOW);
  if (answer?.state !== "GRANTED") throw new Error(`${part.procedure} is not granted: ${JSON.stringify(answer)}`);
  return answer.facts ?? {};
}

type StatedPart = IncomingPart & { content: object; stated: Record<string, string> | undefined };

/** An answer without its time and the id of its entry, which a second entry has of its own. */
function withoutTimes(answer: StoredAnswer | null) {
  return { ...answer, decidedAt: null, result: answer?.result?.type };
}

function partOf({ stated, ...part }: GrantedPart): StatedPart {
  return { ...part, stated, id: uuidv7(), dossier: "H13.152-261130-0001", office: "31471", receivedAt: NOW };
}

/** Delivers a part; grants it as an officer if it waits for one and is not the repetition of a grant. */
async function grant(
  db: Database,
  handlers: AnyProcedure[],
  { stated, ...part }: StatedPart,
  now: Date,
): Promise<StoredAnswer | null> {
  const caller = a("service", { subject: "service:one-stop" });
  const delivery = { db, procedures: { handlers, officer: new Set<string>() }, caller, now, mode: PLAIN_MODE };
  const answer = await deliverPart(delivery, part);
  if (answer.state !== "PROCESSING" || "grantedBefore" in part.content) return answer;
  return instructPart(delivery, part.id, { by: "officer:1", grant: { facts: stated ?? {} } });
}

/** The answer to a part, and the rows that it entered. */
async function entered(db: Database, handlers: AnyProcedure[], part: StatedPart, now: Date) {
  const [begin] = await db.execute<{ xid: string }>(sql`select pg_current_xact_id()::text as xid`);
  const answer = await grant(db, handlers, part, now);
  await db.execute(sql`set constraints all immediate`);
  return { answer, rows: await rowsSince(db, begin?.xid ?? "") };
}

const RESTORED = new Error("The register is restored to its state before");

/** Runs work in a transaction that is rolled back: the register is restored to its state before. */
async function lostAfter<T>(db: Database, work: (db: Database) => Promise<T>): Promise<T> {
  let done: { result: T } | undefined;
  const attempt = db.transaction(async (tx) => {
    done = { result: await work(tx) };
    throw RESTORED;
  });
  await expect(attempt).rejects.toBe(RESTORED);
  if (!done) throw new Error("The work has not been done");
  return done.result;
}

/** Rows of the register that a transaction has entered, without ids, times of recording and authors. */
async function rowsSince(db: Database, xid: string): Promise<string[]> {
  const tables = await db.execute<{ name: string }>(sql`
    select table_name as name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE' and table_name !~ '^(access_log|received_parts|expiry_reminders|reminder_)'`);
  const rows: string[] = [];
  for (const { name } of tables) {
    const found = await db.execute<{ row: object }>(sql`
      select to_jsonb(t) - '{recorded_by,owner,role,body_hash}'::text[] as row from ${sql.identifier(name)} t
       where xmin::text::bigint >= ${xid}::bigint`);
    rows.push(...found.map(({ row }) => `${name} ${withoutIds(JSON.stringify(row))}`));
  }
  return rows.sort();
}

function withoutIds(row: string): string {
  return row.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "ID").replace(/"\d{4}-\d\d-\d\dT[^"]*"/g, '"TIME"');
}
