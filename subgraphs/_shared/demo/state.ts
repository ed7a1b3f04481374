import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AgencyCode } from "../../agency-registry.ts";

/** What a client author can make an agency do on demand, in demo mode only. `LOSES_ANSWERS` works and drops the reply. */
export const MOODS = ["UP", "DOWN", "SLOW", "REFUSES", "ASKS_FOR_PAPERS", "LOSES_ANSWERS"] as const;
export type Mood = (typeof MOODS)[number];

export type DemoState = {
  /** Milliseconds that the business clock is ahead of the machine's. */
  clockOffsetMs(): number;
  mood(agency: AgencyCode): Mood;
  setClockOffsetMs(offset: number): void;
  setMood(agency: AgencyCode, mood: Mood): void;
};

/**
 * The demo's switches as two small files below `directory`, written by renaming and read when they change, so that every
 * process sees the same and no restart forgets them.
 */
export function demoState(directory: string): DemoState {
  mkdirSync(directory, { recursive: true });
  const clock = watchedFile<{ offsetMs: number }>(join(directory, "clock.json"), { offsetMs: 0 });
  const moods = watchedFile<Partial<Record<AgencyCode, Mood>>>(join(directory, "moods.json"), {});
  return {
    clockOffsetMs: () => clock.read().offsetMs,
    mood: (agency) => moods.read()[agency] ?? "UP",
    setClockOffsetMs: (offsetMs) => clock.write({ offsetMs }),
    setMood: (agency, mood) => moods.write({ ...moods.read(), [agency]: mood }),
  };
}

/** Outside demo mode: the machine's clock, and every agency as it is. */
export const noDemo: Pick<DemoState, "clockOffsetMs" | "mood"> = { clockOffsetMs: () => 0, mood: () => "UP" };

function watchedFile<T>(path: string, initial: T) {
  let value = initial;
  let version = "";
  return {
    read(): T {
      const stat = statSync(path, { throwIfNoEntry: false });
      const now = stat ? `${stat.mtimeMs}:${stat.ino}` : "";
      if (now === version) return value;
      version = now;
      value = stat ? (JSON.parse(readFileSync(path, "utf8")) as T) : initial; // written by `write` alone
      return value;
    },
    write(next: T): void {
      const draft = `${path}.${process.pid}.draft`;
      writeFileSync(draft, JSON.stringify(next));
      renameSync(draft, path);
    },
  };
}
