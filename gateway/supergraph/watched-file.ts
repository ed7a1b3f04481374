import { type FSWatcher, watch } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import type { WatchedSource } from "./watched-source.ts";

/** Delay after an event: one change causes several, and a file written in place is incomplete at the first. */
const SETTLING_MS = 100;

/**
 * Text of a file. The directory is watched, which also notices a file replaced by renaming and a mounted ConfigMap, whose links
 * lead through `..data`. The file is also read every `pollMs` (0: never), since some file systems send no events.
 */
export function watchedFile(path: string, pollMs: number): WatchedSource {
  let watcher: FSWatcher | undefined;
  let settling: NodeJS.Timeout | undefined;
  let polling: NodeJS.Timeout | undefined;
  const read = () => readFile(path, "utf8");

  return {
    read,
    watch(onReading) {
      const readNow = () => void read().then(onReading, onReading);
      const readSoon = (_: string, changed: string | null) => {
        if (changed !== null && changed !== basename(path) && !changed.startsWith("..")) return;
        clearTimeout(settling);
        settling = setTimeout(readNow, SETTLING_MS).unref();
      };
      try {
        watcher = watch(dirname(path), { persistent: false }, readSoon);
        watcher.on("error", () => watcher?.close()); // the directory was removed; polling continues
      } catch (error) {
        onReading(error instanceof Error ? error : new Error(String(error)));
      }
      if (pollMs > 0) polling = setInterval(readNow, pollMs).unref();
    },
    close() {
      watcher?.close();
      clearTimeout(settling);
      clearInterval(polling);
    },
  };
}
