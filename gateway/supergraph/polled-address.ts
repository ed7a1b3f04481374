import { polling } from "./polling.ts";
import type { WatchedSource } from "./watched-source.ts";

const FETCH_TIMEOUT_MS = 10_000;

/** Text at an http(s) address, fetched every `pollMs` (0: never) with the ETag of the last response. */
export function polledAddress(url: string, pollMs: number, headers: Record<string, string> = {}): WatchedSource {
  let last: { text: string; etag: string | null } | undefined;

  async function read(): Promise<string> {
    const response = await fetch(url, {
      headers: { accept: "*/*", ...headers, ...(last?.etag && { "if-none-match": last.etag }) },
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

  return polling(read, () => pollMs);
}
