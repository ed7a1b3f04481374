import { type FSWatcher, watch } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import type { WatchedSource } from "./supergraph-source.ts";

/** One change makes several events, and a text that is written in place is not whole at the first of them. */
const SETTLING_MS = 100;

/**
 * A file's text. Its directory is watched, so that a file put in its place by renaming is noticed too, and a mounted
 * ConfigMap, whose links lead through `..data`. Not every file system tells: it is also read every `pollMs` (0: never).
 */
export function watchedFile(path: string, pollMs: number): WatchedSource {
  let watcher: FSWatcher | undefined;
  let settling: NodeJS.Timeout | undefined;
  let polling: NodeJS.Timeout | undefined;
  const read = () => readFile(path, "utf8");

  return {
    read,
    watch(seen) {
      const look = () => void read().then(seen, seen);
      const lookSoon = (_: string, changed: string | null) => {
        if (changed !== null && changed !== basename(path) && !changed.startsWith("..")) return;
        clearTimeout(settling);
        settling = setTimeout(look, SETTLING_MS).unref();
      };
      try {
        watcher = watch(dirname(path), { persistent: false }, lookSoon);
        watcher.on("error", () => watcher?.close()); // the directory is gone: there is still the polling
      } catch (error) {
        seen(error instanceof Error ? error : new Error(String(error)));
      }
      if (pollMs > 0) polling = setInterval(look, pollMs).unref();
    },
    close() {
      watcher?.close();
      clearTimeout(settling);
      clearInterval(polling);
    },
  };
}
