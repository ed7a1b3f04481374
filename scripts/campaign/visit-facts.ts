import type { Harness } from "./harness.ts";

/** Rows of the desk's database for tickets, drafts and refilings. */
export type VisitFacts = {
  /** Tickets by office and day; `key` is that under which it was taken. */
  tickets: { id: string; series: string; number: number; key: string; state: string }[];
  /** Dossiers from drafts. */
  dossiers: { code: string; draft: string }[];
  /** Refiled parts with the dossier of before; `decisions` counts those that were recorded for the new part. */
  refilings: { code: string; earlier: string; earlierState: string; state: string; decisions: number }[];
};

export async function readVisitFacts({ sql }: Pick<Harness, "sql">): Promise<VisitFacts> {
  const desk = sql("one-stop");
  const [tickets, dossiers, refilings] = await Promise.all([
    desk<VisitFacts["tickets"]>`
      select id, office || ' ' || day as series, number, idempotency_key as key, state from tickets order by number`,
    desk<VisitFacts["dossiers"]>`
      select d.code, f.code as draft from drafts f join dossiers d on d.id = f.dossier_id`,
    desk<VisitFacts["refilings"]>`
      select d.code, before.code as earlier, old.state as "earlierState", s.state,
             (select count(*)::int from acts a where a.step_id = s.id and a.kind = 'DECIDE') as decisions
        from dossiers d join steps old on old.id = d.refiled_from join dossiers before on before.id = old.dossier_id
        join steps s on s.dossier_id = d.id`,
  ]);
  return { tickets: [...tickets], dossiers: [...dossiers], refilings: [...refilings] };
}
