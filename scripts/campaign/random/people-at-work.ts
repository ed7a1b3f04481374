import { setTimeout as sleep } from "node:timers/promises";
import type { SeededRandom } from "../../../subgraphs/_shared/demo/population-random.ts";
import { officers } from "../../../subgraphs/_shared/rights/permissions.ts";
import type { AgencyCode } from "../../../subgraphs/agency-registry.ts";
import type { ActResult, PeopleClient, Person } from "../people-client.ts";
import type { FaultInjector } from "./fault-injector.ts";

const PAUSE_MS = 250;
const REFUSAL = { reason: "Không đủ điều kiện", legalBasis: "Nghị định 118/2025/NĐ-CP" };

type Waiting = { id: string; state: string; agency: AgencyCode; code: string; office: string; items: string[] | null };

/**
 * Clerks and officers who claim, decide, answer and withdraw through the gateway while faults happen, each act repeated under
 * its key. What they meet as problems is a part that somebody else has finished before.
 */
export function startPeople(
  { query }: Pick<FaultInjector, "query">,
  people: PeopleClient,
  random: SeededRandom,
): { stop(): Promise<void> } {
  let isStopping = false;
  const acts: Promise<unknown>[] = [];
  const work = async () => {
    for (let number = 1; !isStopping; number++) {
      const [part] = await query<Waiting>(`
        select s.id, s.state, s.agency, d.code, d.office,
               (select array_agg(i ->> 'code') from jsonb_array_elements(s.supplement -> 'items') i) as items
          from steps s join dossiers d on d.id = s.dossier_id
         where d.definition_id = 'birth' and s.part and s.state in ('PROCESSING', 'SUPPLEMENT_NEEDED')
         order by random() limit 1`).catch(() => []);
      if (part) acts.push(actOn(part, people, random, `people-${number}`).catch(() => undefined));
      await sleep(PAUSE_MS);
    }
  };
  const working = work();
  return {
    async stop() {
      isStopping = true;
      await working;
      await Promise.all(acts);
    },
  };
}

function actOn(part: Waiting, people: PeopleClient, random: SeededRandom, key: string): Promise<ActResult> {
  const { id, state, agency, code, office } = part;
  const clerk: Person = { persona: "clerk", commune: office };
  const officer: Person = {
    persona: officers.find((each) => each.agency === agency)?.role ?? "clerk",
    commune: office,
  };
  const choice = random.below(10);
  if (choice === 0) {
    const variables = { dossier: code, reason: "Người nộp rút hồ sơ", idempotencyKey: key };
    return people.act(clerk, "withdraw-dossier", variables);
  }
  if (choice < 3) return people.act(officer, "claim-part", { part: id });
  if (state === "SUPPLEMENT_NEEDED") {
    const answers = (part.items ?? []).map((item) => ({ item, text: "Đã bổ sung" }));
    return people.act(clerk, "answer-supplement", { dossier: code, answers, idempotencyKey: key });
  }
  return people.act(officer, "decide-part", { part: id, decision: { refuse: REFUSAL }, idempotencyKey: key });
}
