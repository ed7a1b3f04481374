import type { DocumentHash } from "./document-id.ts";

/** Documents that clients have sent once and identify by their hash from then on; an LRU cache. */
export type PersistedQueries = {
  get(hash: DocumentHash): string | undefined;
  add(hash: DocumentHash, text: string): void;
  size(): { entries: number; bytes: number };
};

/** @param limit bytes of all texts together, with the overhead of their entries. */
export function persistedQueries(limit: number): PersistedQueries {
  const known = new Map<DocumentHash, string>();
  let bytes = 0;

  function forget(hash: DocumentHash): void {
    const text = known.get(hash);
    if (text !== undefined && known.delete(hash)) bytes -= bytesOf(text);
  }

  return {
    get(hash) {
      const text = known.get(hash);
      if (text === undefined) return undefined;
      known.delete(hash); // a Map keeps the order of insertion, so this makes it the most recent
      known.set(hash, text);
      return text;
    },
    add(hash, text) {
      if (bytesOf(text) > limit) return;
      forget(hash);
      known.set(hash, text);
      bytes += bytesOf(text);
      for (const oldest of known.keys()) {
        if (bytes <= limit) break;
        forget(oldest);
      }
    },
    size: () => ({ entries: known.size, bytes }),
  };
}

const ENTRY_BYTES = 200;

/** JavaScript stores a text in one or two bytes a character. */
function bytesOf(text: string): number {
  return 2 * text.length + ENTRY_BYTES;
}
