import type { WatchedSource } from "./supergraph-source.ts";

const FETCH_TIMEOUT_MS = 10_000;

/** The text at an http(s) address, asked again every `pollMs` (0: never); one that has not changed need not be sent. */
export function polledAddress(url: string, pollMs: number): WatchedSource {
  let polling: NodeJS.Timeout | undefined;
  let isClosed = false;
  let known: { text: string; tag: string | null } | undefined;

  async function read(): Promise<string> {
    const response = await fetch(url, {
      headers: { accept: "*/*", ...(known?.tag && { "if-none-match": known.tag }) },
      signal: AbortSignal.timeout(FETCH_TIMEOUT_MS),
    });
    if (response.status === 304 && known) return known.text;
    if (!response.ok) {
      await response.body?.cancel();
      throw new Error(`HTTP ${response.status}`);
    }
    known = { text: await response.text(), tag: response.headers.get("etag") };
    return known.text;
  }

  function later(seen: (reading: string | Error) => void): void {
    if (isClosed || pollMs === 0) return;
    polling = setTimeout(async () => {
      const reading = await read().catch((error: Error) => error);
      if (isClosed) return;
      seen(reading);
      later(seen);
    }, pollMs).unref();
  }

  return {
    read,
    watch: later,
    close() {
      isClosed = true;
      clearTimeout(polling);
    },
  };
}
