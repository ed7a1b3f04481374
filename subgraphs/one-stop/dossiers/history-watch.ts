import type postgres from "postgres";
import type { Progress } from "../saga/progress.ts";

/** Wakes readers that wait for a new entry of a dossier's history, whichever process wrote it. */
export type HistoryWatch = {
  /** Resolves when the history has an entry after `after`, or when `signal` is aborted. */
  entryAfter(dossierId: string, after: number, signal: AbortSignal): Promise<void>;
  stop(): void;
};

type Waiting = { dossierId: string; after: number; wake(): void };

// NOTIFY would wake readers at once, but a commit that notifies holds a lock that all other commits wait for
const QUERY_EVERY_MS = 500;
/** Pause before the query, because several steps of a dossier often end together. */
const SETTLING_MS = 10;

/** One query for all readers: at once after a change by this process, else twice a second; none without readers. */
export function historyWatch(sql: postgres.Sql, progress: Progress): HistoryWatch {
  const waiting = new Set<Waiting>();
  let timer: NodeJS.Timeout | undefined;
  /** Time of the next query. */
  let due = Number.POSITIVE_INFINITY;
  let isQuerying = false;
  let hasNews = false;
  const stopListening = progress.listen(() => {
    hasNews = true;
    if (waiting.size > 0 && !isQuerying) queryIn(SETTLING_MS);
  });

  function queryIn(ms: number): void {
    const at = performance.now() + ms;
    if (at >= due) return;
    due = at;
    clearTimeout(timer);
    timer = setTimeout(() => void query(), ms).unref();
  }

  async function query(): Promise<void> {
    isQuerying = true;
    hasNews = false;
    due = Number.POSITIVE_INFINITY;
    const newest = await newestOf([...new Set([...waiting].map(({ dossierId }) => dossierId))]);
    for (const each of waiting) if ((newest.get(each.dossierId) ?? 0) > each.after) each.wake();
    isQuerying = false;
    if (waiting.size > 0) queryIn(hasNews ? SETTLING_MS : QUERY_EVERY_MS);
  }

  /** Newest entry of each dossier; empty if the query fails, because the next query follows soon. */
  async function newestOf(ids: string[]): Promise<Map<string, number>> {
    if (ids.length === 0) return new Map();
    const rows = await sql<{ id: string; newest: string }[]>`
      select dossier_id as id, max(id) as newest from history where dossier_id in ${sql(ids)} group by dossier_id`.catch(
      () => [],
    );
    return new Map(rows.map(({ id, newest }) => [id, Number(newest)]));
  }

  return {
    entryAfter: (dossierId, after, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const each: Waiting = { dossierId, after, wake };
        function wake(): void {
          waiting.delete(each);
          signal.removeEventListener("abort", wake);
          resolve();
        }
        signal.addEventListener("abort", wake);
        waiting.add(each);
        // the reader's last query may have missed an entry that was written since
        if (!isQuerying) queryIn(SETTLING_MS);
        else hasNews = true;
      }),
    stop() {
      stopListening();
      clearTimeout(timer);
      for (const each of waiting) each.wake();
    },
  };
}
