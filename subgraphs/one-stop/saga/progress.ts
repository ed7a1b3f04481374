import { EventEmitter } from "node:events";
import type postgres from "postgres";

/** Tells those who wait at the counter that something happened to a dossier, in this process. */
export type Progress = {
  tell(dossierId: string): void;
  waitFor(dossierId: string, sql: postgres.Sql, ms: number): Promise<void>;
};

// another process may be the one that moves the dossier: look, too
const LOOK_EVERY_MS = 250;

export function progress(): Progress {
  const events = new EventEmitter().setMaxListeners(0);
  return {
    tell: (dossierId) => void events.emit(dossierId),
    /** Resolves when no agency is being called for this dossier, or after `ms`. */
    async waitFor(dossierId, sql, ms) {
      const deadline = Date.now() + ms;
      for (let left = ms; left > 0; left = deadline - Date.now()) {
        const told = new Promise<void>((resolve) => {
          const timer = setTimeout(done, Math.min(left, LOOK_EVERY_MS));
          function done() {
            clearTimeout(timer);
            events.off(dossierId, done);
            resolve();
          }
          events.once(dossierId, done);
        });
        const [{ busy } = { busy: false }] = await sql<{ busy: boolean }[]>`
          select exists (select 1 from steps where dossier_id = ${dossierId} and state in ('READY', 'SENT')) as busy`;
        if (!busy) return;
        await told;
      }
    },
  };
}
