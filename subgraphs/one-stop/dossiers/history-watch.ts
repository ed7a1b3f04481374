import type postgres from "postgres";
import type { Progress } from "../saga/progress.ts";

/** Wakes readers that wait for a new entry of a dossier's history, whichever process wrote it. */
export type HistoryWatch = {
  /** Resolves when the history has an entry after `after`, or when `signal` is aborted. */
  beyond(dossierId: string, after: number, signal: AbortSignal): Promise<void>;
  stop(): void;
};

type Waiting = { dossierId: string; after: number; wake(): void };

// NOTIFY would wake readers at once, but a commit that notifies holds a lock that all other commits wait for
const LOOK_EVERY_MS = 500;
/** Pause before the query, because several steps of a dossier often end together. */
const SETTLING_MS = 10;

/** One query for all readers: at once after a change by this process, else twice a second; none without readers. */
export function historyWatch(sql: postgres.Sql, progress: Progress): HistoryWatch {
  const waiting = new Set<Waiting>();
  let timer: NodeJS.Timeout | undefined;
  /** Time of the next query. */
  let due = Number.POSITIVE_INFINITY;
  let isLooking = false;
  let isNews = false;
  const deaf = progress.listen(() => {
    isNews = true;
    if (waiting.size > 0 && !isLooking) lookIn(SETTLING_MS);
  });

  function lookIn(ms: number): void {
    const at = performance.now() + ms;
    if (at >= due) return;
    due = at;
    clearTimeout(timer);
    timer = setTimeout(() => void look(), ms).unref();
  }

  async function look(): Promise<void> {
    isLooking = true;
    isNews = false;
    due = Number.POSITIVE_INFINITY;
    const newest = await newestOf([...new Set([...waiting].map(({ dossierId }) => dossierId))]);
    for (const each of waiting) if ((newest.get(each.dossierId) ?? 0) > each.after) each.wake();
    isLooking = false;
    if (waiting.size > 0) lookIn(isNews ? SETTLING_MS : LOOK_EVERY_MS);
  }

  /** An empty list when the database does not answer: the next query follows soon. */
  async function newestOf(ids: string[]): Promise<Map<string, number>> {
    if (ids.length === 0) return new Map();
    const rows = await sql<{ id: string; newest: string }[]>`
      select dossier_id as id, max(id) as newest from history where dossier_id in ${sql(ids)} group by dossier_id`.catch(
      () => [],
    );
    return new Map(rows.map(({ id, newest }) => [id, Number(newest)]));
  }

  return {
    beyond: (dossierId, after, signal) =>
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
        // finds entries written between the reader's last query and now, too
        if (!isLooking) lookIn(SETTLING_MS);
        else isNews = true;
      }),
    stop() {
      deaf();
      clearTimeout(timer);
      for (const each of waiting) each.wake();
    },
  };
}
