import { LRUCache } from "lru-cache";
import type { DocumentHash } from "./document-id.ts";

/** Documents that clients have sent once and identify by their hash from then on; an LRU cache. */
export type PersistedQueries = {
  get(hash: DocumentHash): string | undefined;
  add(hash: DocumentHash, text: string): void;
  size(): { entries: number; bytes: number };
};

/** @param limit bytes of all texts together, with the overhead of their entries. */
export function persistedQueries(limit: number): PersistedQueries {
  const known = new LRUCache<DocumentHash, string>({ maxSize: limit, sizeCalculation: bytesOf });
  return {
    get: (hash) => known.get(hash),
    add: (hash, text) => void known.set(hash, text),
    size: () => ({ entries: known.size, bytes: known.calculatedSize }),
  };
}

const ENTRY_BYTES = 200;

/** JavaScript stores a text in one or two bytes a character. */
function bytesOf(text: string): number {
  return 2 * text.length + ENTRY_BYTES;
}
