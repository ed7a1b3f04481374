export type CacheBounds = { entries: number; bytes: number };

/** LRU cache. */
export type BoundedCache<Value> = {
  get(key: string): Value | undefined;
  set(key: string, value: Value, bytes: number): void;
  size(): { entries: number; bytes: number };
};

/** Opens an LRU cache with a maximum of entries and of bytes, as the callers estimate them. */
export function boundedCache<Value>(most: CacheBounds): BoundedCache<Value> {
  const entries = new Map<string, { value: Value; bytes: number }>(); // in the order of last use
  let bytes = 0;
  let latest: string | undefined;

  function drop(key: string): void {
    bytes -= entries.get(key)?.bytes ?? 0;
    entries.delete(key);
  }

  return {
    get(key) {
      const entry = entries.get(key);
      if (entry && key !== latest) {
        entries.delete(key);
        entries.set(key, entry);
        latest = key;
      }
      return entry?.value;
    },
    set(key, value, size) {
      drop(key);
      if (size > most.bytes) return;
      entries.set(key, { value, bytes: size });
      bytes += size;
      latest = key;
      for (const oldest of entries.keys()) {
        if (entries.size <= most.entries && bytes <= most.bytes) break;
        drop(oldest);
      }
    },
    size: () => ({ entries: entries.size, bytes }),
  };
}
