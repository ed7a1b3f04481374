import type { Harness } from "./harness.ts";
import { proceduresByAgency } from "./procedures-by-agency.ts";

type StepOfEvent = { id: string; key: string; part: boolean; agency: string; state: string; resultId: string | null };

/** Rows of the databases for the life events beside births. */
export type LifeEventFacts = {
  dossiers: { code: string; key: string; state: string; steps: StepOfEvent[] }[];
  /** State and result of each part at its agency. */
  received: ReadonlyMap<string, { state: string; resultId: string | null }>;
  /** Number of acts in all registers that were entered for a part. */
  actsOf: ReadonlyMap<string, number>;
  /** Agencies whose grants are acts of the register. */
  registersActs: ReadonlySet<string>;
};

/** Agencies that enter every grant as an act whose key begins with the part. */
const WITH_ACTS = ["civil-status", "business", "land"] as const;
const CODES = { "civil-status": "CIVIL_STATUS", business: "BUSINESS", land: "LAND" } as const;

export async function readLifeEventFacts(
  { sql }: Pick<Harness, "sql">,
  keys: readonly string[],
): Promise<LifeEventFacts> {
  const desk = sql("one-stop");
  const dossiers = await desk<LifeEventFacts["dossiers"]>`
    select d.code, d.idempotency_key as key, d.state,
           (select json_agg(json_build_object('id', s.id, 'key', s.key, 'part', s.part, 'agency', s.agency, 'state', s.state,
                                              'resultId', s.result_id)) from steps s where s.dossier_id = d.id) as steps
      from dossiers d where d.idempotency_key = any(${desk.array([...keys])})`;
  const ids = dossiers.flatMap(({ steps }) => steps.map(({ id }) => id));
  const received: [string, { state: string; resultId: string | null }][] = [];
  for (const name of (await proceduresByAgency()).keys()) {
    const parts = await sql(name)<{ id: string; state: string; resultId: string | null }[]>`
      select part_id as id, state, result_id as "resultId" from received_parts where part_id = any(${desk.array(ids)}::uuid[])`;
    received.push(...parts.map(({ id, ...part }): [string, (typeof received)[number][1]] => [id, part]));
  }
  const acts: [string, number][] = [];
  for (const name of WITH_ACTS) {
    const counted = await sql(name)<{ id: string; times: number }[]>`
      select split_part(idempotency_key, ':', 1) as id, count(*)::int as times from acts
       where split_part(idempotency_key, ':', 1) = any(${desk.array(ids)}) group by 1`;
    acts.push(...counted.map(({ id, times }): [string, number] => [id, times]));
  }
  const registersActs = new Set(WITH_ACTS.map((name) => CODES[name]));
  return { dossiers: [...dossiers], received: new Map(received), actsOf: new Map(acts), registersActs };
}
