import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type postgres from "postgres";
import { type SeededRandom, seededRandom } from "../../../subgraphs/_shared/demo/population-random.ts";
import type { AgencyCode } from "../../../subgraphs/agency-registry.ts";
import { ENTERED_AGAIN, recordResult } from "../../../subgraphs/one-stop/reconciliation/resumption.ts";
import type { HistoryEntry } from "../../../subgraphs/one-stop/saga/history-entry.ts";
import { packEntries } from "../../../subgraphs/one-stop/saga/stored-history.ts";

const MINUTE_MS = 60_000;
const FIRST_MS = Date.parse("2026-11-09T08:00:00+07:00");
/** Offices by commune code, in two provinces. */
export const OFFICES: Record<string, string> = { "31471": "92", "31426": "92", "00004": "01" };
type Kind = { code: string; parts: readonly (readonly [procedure: string, agency: string])[] };
const KINDS: readonly [Kind, ...Kind[]] = [
  { code: "1.000894", parts: [["1.000894", "CIVIL_STATUS"]] },
  {
    code: "3.000722",
    parts: [
      ["1.001193", "CIVIL_STATUS"],
      ["1.004222", "RESIDENCE"],
    ],
  },
  { code: "1.012784", parts: [["1.012784", "LAND"]] },
];

/** Offices of the random dossiers that a new database does not have. */
export async function addOffices(sql: postgres.Sql): Promise<void> {
  for (const [code, province] of Object.entries(OFFICES))
    await sql`insert into communes (list, code, name, province) values ('2025-07-01', ${code}, 'Xã mẫu', ${province}) on conflict do nothing`;
}

type Story = { sql: postgres.Sql; random: SeededRandom; id: string; at: Date };

/** Writes whole lives of random dossiers, one change in one transaction, like the desk: row, steps, payment and history together. */
export async function writeDossiers(sql: postgres.Sql, seed: number, dossiers: number): Promise<void> {
  const random = seededRandom(seed);
  for (let n = 0; n < dossiers; n++) {
    const story = { sql, random, id: randomUUID(), at: new Date(FIRST_MS + random.below(30_000) * MINUTE_MS) };
    await receive(story, `H13.9-261109-${seed * 10_000 + n}`);
    if (random.below(3) === 0) await change(story, [entry("RECEIVED", "ONE_STOP")]); // another due date
    if (random.below(2) === 0) await pay(story);
    const end = random.below(5);
    if (end > 1) await complete(story);
    if (end > 1 && random.below(3) === 0) await enterAgain(story);
    if (end === 1)
      await change(
        story,
        [entry("WITHDRAWN", "clerk")],
        (tx) => tx`update dossiers set state = 'WITHDRAWN' where id = ${story.id}`,
      );
    if (end === 2)
      await change(
        story,
        [entry("RETURNED", "clerk")],
        (tx) => tx`update dossiers set state = 'RETURNED' where id = ${story.id}`,
      );
  }
}

function entry(state: HistoryEntry["state"], actor: string, stepKey: string | null = null): HistoryEntry {
  return { stepKey, state, actor, note: null };
}

/** One change, some minutes after the one before. */
async function change(
  story: Story,
  entries: HistoryEntry[],
  write?: (tx: postgres.Sql) => Promise<unknown>,
): Promise<void> {
  story.at = new Date(story.at.getTime() + story.random.below(3_000) * MINUTE_MS);
  await story.sql.begin(async (transaction) => {
    const tx = transaction as unknown as postgres.Sql; // the same functions, on one connection
    await tx`update dossiers set revision = revision + 1 where id = ${story.id}`;
    await write?.(tx);
    await tx`insert into history (dossier_id, at, entries) values (${story.id}, ${story.at}, ${packEntries(entries)})`;
  });
  await sleep(story.random.below(3));
}

async function receive(story: Story, code: string): Promise<void> {
  const { sql, random, id, at } = story;
  const [office, province] = random.pick(Object.entries(OFFICES) as [[string, string], ...[string, string][]]); // not empty
  const kind = random.pick(KINDS);
  const channel = random.pick(["DESK", "ONLINE", "POST"]);
  const due = new Date(at.getTime() + random.below(20_000) * MINUTE_MS);
  await sql.begin(async (transaction) => {
    const tx = transaction as unknown as postgres.Sql; // the same functions, on one connection
    await tx`
      insert into dossiers (id, code, owner, idempotency_key, body_hash, commune_list, office, province, channel, definition_id, paper_traits,
        definition_version, procedure_code, state, returns_at_once, received_at, due_at, updated_at, applicant_name, parties)
      values (${id}, ${code}, 'o', ${id}, gen_random_uuid(), '2025-07-01', ${office}, ${province}, ${channel}, 'birth', ${random.below(16)}, 1,
        ${kind.code}, 'RECEIVED', false, ${at}, ${due}, ${at}, 'Lê A', '')`;
    for (const [ordinal, [procedure, agency]] of kind.parts.entries())
      await tx`
        insert into steps (id, dossier_id, ordinal, part, key, agency, procedure, office, state, delivery, released_at)
        values (gen_random_uuid(), ${id}, ${ordinal}, true, ${`P${ordinal}`}, ${agency}, ${procedure}, ${office}, 'PROCESSING', 'ACKNOWLEDGED', ${at})`;
    const entries = [entry("RECEIVED", "clerk"), entry("PROCESSING", "CIVIL_STATUS", "P0")];
    await tx`insert into history (dossier_id, at, entries) values (${id}, ${at}, ${packEntries(entries)})`;
  });
}

async function pay(story: Story): Promise<void> {
  const { id, random } = story;
  await change(
    story,
    [entry("PENDING", "ONE_STOP")],
    (tx) => tx`
    insert into payments (id, dossier_id, state, amount_vnd, lines) values (gen_random_uuid(), ${id}, 'PENDING', 8000, '[]')`,
  );
  const paid = (method: "ELECTRONIC" | "CASH") =>
    change(
      story,
      [entry("PAID", method === "CASH" ? "clerk" : "ONE_STOP")],
      (tx) => tx`
      update payments set state = 'PAID', payment_method = ${method}, paid_at = ${story.at}, receipt = 'r', recorded_by = 'c' where dossier_id = ${id}`,
    );
  const kind = random.below(5);
  if (kind === 0) return;
  if (kind === 1) return paid("CASH");
  await paid("ELECTRONIC");
  if (kind === 2) return;
  await change(
    story,
    [entry("REVERSED", "ONE_STOP")],
    (tx) => tx`update payments set state = 'REVERSED' where dossier_id = ${id}`,
  );
  if (kind === 3) await paid("CASH");
}

async function complete(story: Story): Promise<void> {
  const { id, random, sql } = story;
  const steps = await sql<
    { id: string; key: string; agency: string }[]
  >`select id, key, agency from steps where dossier_id = ${id}`;
  const decided = steps.map((step) => ({ ...step, state: random.pick(["GRANTED", "REFUSED"] as const) }));
  const outcome = decided.every(({ state }) => state === "REFUSED") ? "REFUSED" : "GRANTED";
  const officer = `officer-${random.below(3)}`;
  const suspended = random.below(3) === 0 ? new Date(story.at.getTime() - random.below(600) * MINUTE_MS) : null;
  const entries = [
    ...decided.map(({ key, state, agency }) => entry(state, agency, key)),
    entry("COMPLETED", "ONE_STOP"),
  ];
  await change(story, entries, async (tx) => {
    const clock = suspended && {
      // the desk hears of a decision in time, or hours later
      suspensions: [
        { from: suspended.toISOString(), to: new Date(story.at.getTime() + random.pick([0, 240]) * MINUTE_MS) },
      ],
      extensions: [],
    };
    for (const { id: step, state } of decided) {
      const result = state === "GRANTED" && random.below(2) === 0 ? step : null;
      await tx`
        update steps set state = ${state}, completed_at = ${story.at}, result_id = ${result}, decided_by = ${officer},
               decided_name = ${officer}, clock = ${clock && tx.json(clock)} where id = ${step}`;
    }
    await tx`update dossiers set state = 'COMPLETED', outcome = ${outcome}, completed_at = ${story.at} where id = ${id}`;
  });
}

/** The agencies have lost the granted parts of a dossier and enter them again, as a reconciliation records it. */
async function enterAgain(story: Story): Promise<void> {
  const { id, sql, random } = story;
  story.at = new Date(story.at.getTime() + (1 + random.below(3_000)) * MINUTE_MS);
  const granted = await sql<{ id: string; key: string; agency: AgencyCode; hasResult: boolean }[]>`
    select id, key, agency, result_id is not null as "hasResult" from steps where dossier_id = ${id} and state = 'GRANTED'`;
  for (const { hasResult, ...step } of granted) {
    const result = hasResult ? { type: "BirthRegistration", id: randomUUID() } : null;
    const answer = {
      state: "GRANTED",
      decidedAt: story.at,
      result,
      facts: null,
      refusal: null,
      supplement: null,
    } as const;
    await recordResult({ sql, now: () => story.at }, id, step, answer, ENTERED_AGAIN);
  }
}
