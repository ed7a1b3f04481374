import type { Draft, Storage } from "./storage.ts";

/** Pause after the last key before a draft is written. */
const SAVE_MS = 250;

/** Writes a draft while it is typed; `saved` hears of each time. */
export function saveWhileTyped(storage: Storage, { id, kind, name }: Draft, saved: () => void) {
  let pause: ReturnType<typeof setTimeout> | undefined;
  let unsaved: unknown;

  async function save(): Promise<void> {
    clearTimeout(pause);
    if (unsaved === undefined) return;
    const content = unsaved;
    unsaved = undefined;
    await storage.saveDraft({ id, kind, name, content });
    saved();
  }

  addEventListener("pagehide", save);
  return {
    /** Notes content that is written after a pause. */
    note(content: unknown): void {
      unsaved = content;
      clearTimeout(pause);
      pause = setTimeout(save, SAVE_MS);
    },
    /** Writes content now. @throws where the browser refuses to keep it */
    async saveNow(content: unknown): Promise<void> {
      unsaved = content;
      await save();
    },
    close(): void {
      removeEventListener("pagehide", save);
      void save();
    },
  };
}
