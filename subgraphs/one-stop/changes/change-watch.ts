import { EventEmitter, once } from "node:events";
import type postgres from "postgres";
import type { Progress } from "../saga/progress.ts";
import type { Settler } from "./settle-changes.ts";

/** Wakes readers that wait at the end of the stream, whichever process wrote the next change. */
export type ChangeWatch = {
  /** Resolves when the stream is settled beyond the row, or when `signal` is aborted. */
  settledAfter(row: number, signal: AbortSignal): Promise<void>;
  /** Notifies of a batch of changes that a consumer of this process has committed. */
  consumed(consumer: string): void;
  /** Resolves at the consumer's next batch, or after `ms`, since another process may serve it. */
  nextBatchOf(consumer: string, ms: number): Promise<void>;
  stop(): void;
};

type Waiting = { row: number; wake(): void };

const QUERY_EVERY_MS = 500;
/** Pause before the query, because changes come in groups and every reader that is woken reads. */
const GATHERING_MS = 50;
const SETTLE_MS = 1_000;

/** Batches of consumers, as this process commits them. */
function consumedBatches(): Pick<ChangeWatch, "consumed" | "nextBatchOf"> {
  const batches = new EventEmitter().setMaxListeners(0);
  return {
    consumed: (consumer) => void batches.emit(consumer),
    nextBatchOf: (consumer, ms) =>
      once(batches, consumer, { signal: AbortSignal.timeout(ms) }).then(
        () => {},
        () => {},
      ),
  };
}

/** One query for all readers: soon after a change by this process, else twice a second; none without readers. */
export function changeWatch(sql: postgres.Sql, settler: Settler, progress: Progress): ChangeWatch {
  const waiting = new Set<Waiting>();
  let timer: NodeJS.Timeout | undefined;
  /** Time of the next query. */
  let due = Number.POSITIVE_INFINITY;
  let isQuerying = false;
  let hasNews = false;
  const stopListening = progress.listen(() => {
    hasNews = true;
    if (waiting.size > 0 && !isQuerying) queryIn(GATHERING_MS);
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
    const settled = await settledNow();
    for (const each of waiting) if (each.row < settled) each.wake();
    isQuerying = false;
    if (waiting.size > 0) queryIn(hasNews ? GATHERING_MS : QUERY_EVERY_MS);
  }

  /** 0 if the query fails, because the next query follows soon. */
  async function settledNow(): Promise<number> {
    try {
      await settler.settle(SETTLE_MS);
      const [row] = await sql<{ settled: string }[]>`select settled from change_stream`;
      return Number(row?.settled ?? 0);
    } catch {
      return 0;
    }
  }

  return {
    ...consumedBatches(),
    settledAfter: (row, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const each: Waiting = { row, wake };
        function wake(): void {
          waiting.delete(each);
          signal.removeEventListener("abort", wake);
          resolve();
        }
        signal.addEventListener("abort", wake);
        waiting.add(each);
        // the reader's last query may have missed a change that was written since
        if (!isQuerying) queryIn(GATHERING_MS);
        else hasNews = true;
      }),
    stop() {
      stopListening();
      clearTimeout(timer);
      for (const each of waiting) each.wake();
    },
  };
}
