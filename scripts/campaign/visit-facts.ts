import type { Harness } from "./harness.ts";

/** What the desk's database has of tickets and drafts. */
export type VisitFacts = {
  /** Tickets by office and day; `key` is that under which it was taken. */
  tickets: { id: string; series: string; number: number; key: string; state: string }[];
  /** Dossiers from drafts. */
  dossiers: { code: string; draft: string }[];
};

export async function readVisitFacts({ sql }: Pick<Harness, "sql">): Promise<VisitFacts> {
  const desk = sql("one-stop");
  const [tickets, dossiers] = await Promise.all([
    desk<VisitFacts["tickets"]>`
      select id, office || ' ' || day as series, number, idempotency_key as key, state from tickets order by number`,
    desk<VisitFacts["dossiers"]>`
      select d.code, f.code as draft from drafts f join dossiers d on d.id = f.dossier_id`,
  ]);
  return { tickets: [...tickets], dossiers: [...dossiers] };
}
