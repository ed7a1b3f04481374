import type postgres from "postgres";
import type { SupplementItem } from "../../_shared/parts/procedure.ts";
import { procedureAt } from "../procedures/catalogue.ts";
import type { StoredSupplement } from "../saga/dossier.ts";
import type { AnswerCodeConfiguration } from "./configuration.ts";

/** Papers that a dossier waits for: those of all its parts, which are answered together. */
export type OpenSupplement = {
  /** The same as long as exactly these requests are open. */
  key: string;
  items: SupplementItem[];
  /** End of the first term to answer; null without a term. */
  dueAt: Date | null;
  /** True if each part's procedure is received online. */
  isReceivedOnline: boolean;
};

type OpenStep = { id: string; procedure: string; supplement: StoredSupplement; receivedAt: Date };

/** Supplement that a dossier waits for now; null if there is none. */
export async function openSupplementOf(sql: postgres.Sql, dossierId: string): Promise<OpenSupplement | null> {
  const steps = await sql<OpenStep[]>`
    select s.id, s.procedure, s.supplement, d.received_at as "receivedAt"
      from steps s join dossiers d on d.id = s.dossier_id
     where s.dossier_id = ${dossierId} and s.state = 'SUPPLEMENT_NEEDED' and s.instruction is null and s.supplement is not null
     order by s.ordinal`;
  if (steps.length === 0) return null;
  const ends = steps.flatMap(({ supplement }) => (supplement.dueAt ? [Date.parse(supplement.dueAt)] : []));
  return {
    key: steps.map(({ id, supplement }) => `${id}@${supplement.requestedAt}`).join(),
    items: steps.flatMap(({ supplement }) => supplement.items),
    dueAt: ends.length === 0 ? null : new Date(Math.min(...ends)),
    isReceivedOnline: steps.every(({ procedure, receivedAt }) =>
      procedureAt(procedure, receivedAt)?.facts.channels.includes("ONLINE"),
    ),
  };
}

/** True if a supplement may be answered by a code: nothing of it has to be handed in at the desk. */
export function allowsAnswerByCode({ items, isReceivedOnline }: OpenSupplement, by: AnswerCodeConfiguration): boolean {
  return by.isOn && isReceivedOnline && !items.some(({ code }) => by.papersAtDesk.has(code));
}
