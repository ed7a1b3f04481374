import type { WatchedSource } from "./watched-source.ts";

const FETCH_TIMEOUT_MS = 10_000;

/** Text at an http(s) address, fetched every `pollMs` (0: never) with the ETag of the last response. */
export function polledAddress(url: string, pollMs: number): WatchedSource {
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  let last: { text: string; etag: string | null } | undefined;

  async function read(): Promise<string> {
    const response = await fetch(url, {
      headers: { accept: "*/*", ...(last?.etag && { "if-none-match": last.etag }) },
      signal: AbortSignal.timeout(FETCH_TIMEOUT_MS),
    });
    if (response.status === 304 && last) return last.text;
    if (!response.ok) {
      await response.body?.cancel();
      throw new Error(`HTTP ${response.status}`);
    }
    last = { text: await response.text(), etag: response.headers.get("etag") };
    return last.text;
  }

  function watch(onReading: (reading: string | Error) => void): void {
    if (isClosed || pollMs === 0) return;
    timer = setTimeout(async () => {
      const reading = await read().catch((error: Error) => error);
      if (isClosed) return;
      onReading(reading);
      watch(onReading);
    }, pollMs).unref();
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
