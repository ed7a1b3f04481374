import { setTimeout as sleep } from "node:timers/promises";
import type { AgencyCode } from "../../subgraphs/agency-registry.ts";
import { subgraphOf } from "../../subgraphs/agency-registry.ts";
import type { Harness } from "./harness.ts";

const QUERY_EVERY_MS = 100;

/**
 * Waits until the system is settled: no step is being delivered, and every waiting step agrees with its agency's state.
 * Status queries, which may be minutes apart, are made due at once. False if the system is not settled within `seconds`;
 * then the invariants report the stuck steps.
 */
export async function isSettled(harness: Pick<Harness, "sql">, seconds: number): Promise<boolean> {
  const deadline = performance.now() + seconds * 1_000;
  for (let patience = true; patience; patience = performance.now() < deadline) {
    const { moving, lost, waiting } = await unfinished(harness);
    if (lost) return false;
    if (!moving && (await agenciesAgree(harness, waiting))) return true;
    await hastenStatusQueries(harness);
    await sleep(QUERY_EVERY_MS);
  }
  return false;
}

/** Unfinished steps in words, for the failure of a scenario that waits for a settled system. */
export async function unsettledSteps(harness: Pick<Harness, "sql">): Promise<string> {
  const steps = await harness.sql("one-stop")<Record<string, unknown>[]>`
    select s.key, s.state, s.work, s.attempts, s.next_attempt_at > now() as later, s.lease_until > now() as leased, count(*)::int
      from steps s join dossiers d on d.id = s.dossier_id
     where s.state in ('READY', 'SENT', 'PROCESSING', 'SUPPLEMENT_NEEDED') and d.definition_id = 'birth'
     group by 1, 2, 3, 4, 5, 6`;
  return JSON.stringify(steps);
}

type Step = { id: string; agency: AgencyCode; state: string; instruction: string | null };

/** Unfinished steps, read by one statement: between two statements a step could end and the next one start. */
async function unfinished({ sql }: Pick<Harness, "sql">): Promise<{ moving: boolean; lost: boolean; waiting: Step[] }> {
  const steps = await sql("one-stop")<(Step & { work: string | null })[]>`
    select s.id, s.agency, s.state, s.instruction, s.work from steps s join dossiers d on d.id = s.dossier_id
     where s.state in ('READY', 'SENT', 'PROCESSING', 'SUPPLEMENT_NEEDED') and d.definition_id = 'birth'`;
  const isMoving = (step: Step) => step.state === "READY" || step.state === "SENT" || step.instruction !== null;
  const moving = steps.filter(isMoving);
  const lost = moving.some(({ work }) => work === null);
  return { moving: moving.length > 0, lost, waiting: steps.filter((step) => !isMoving(step)) };
}

/** Tells whether every agency's state of a waiting step equals the desk's. */
async function agenciesAgree({ sql }: Pick<Harness, "sql">, waiting: Step[]): Promise<boolean> {
  for (const agency of new Set(waiting.map((step) => step.agency))) {
    const own = waiting.filter((step) => step.agency === agency);
    const kept = await sql(subgraphOf(agency).name)<{ id: string; state: string }[]>`
      select part_id as id, state from received_parts where part_id in ${sql("one-stop")(own.map(({ id }) => id))}`;
    const states = new Map(kept.map(({ id, state }) => [id, state]));
    if (own.some(({ id, state }) => states.get(id) !== state)) return false;
  }
  return true;
}

async function hastenStatusQueries({ sql }: Pick<Harness, "sql">): Promise<void> {
  await sql("one-stop")`
    update steps set next_attempt_at = now() where id in (
      select id from steps where work = 'ASK_STATUS' and lease_until is null and next_attempt_at > now() for update skip locked)`;
}
