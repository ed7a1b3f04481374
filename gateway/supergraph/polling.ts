import type { WatchedSource } from "./watched-source.ts";

/** Reads at an interval, which is asked for before each read; 0 ends the polling. */
export function polling(read: () => Promise<string>, intervalMs: () => number): WatchedSource {
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  function watch(onReading: (reading: string | Error) => void): void {
    const ms = intervalMs();
    if (isClosed || ms === 0) return;
    timer = setTimeout(async () => {
      const reading = await read().catch((error: Error) => error);
      if (isClosed) return;
      onReading(reading);
      watch(onReading);
    }, ms).unref();
  }

  return {
    read,
    watch,
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}
