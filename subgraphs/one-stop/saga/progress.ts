import { EventEmitter } from "node:events";
import type postgres from "postgres";
import type { LiveDossier } from "./dossier.ts";

/** Notifies waiting requests of this process that a dossier has changed. */
export type Progress = {
  notify(dossier: LiveDossier): void;
  /** Notifies of an entry of a history that no transition wrote. */
  changed(): void;
  /** Calls `heard` after each notification. @returns a function that ends this */
  listen(heard: () => void): () => void;
  /** Resolves when no agency is being called for the dossier, or after `ms`. `begun`: this process is calling already. */
  waitFor(dossierId: string, sql: postgres.Sql, ms: number, begun: boolean): Promise<void>;
};

// another process may change the dossier without a notification here, so the database is queried as well
const LOOK_EVERY_MS = 250;
/** Event name of notifications about any dossier. */
const ANY = "any";

export function progress(): Progress {
  const events = new EventEmitter().setMaxListeners(0);

  /** Next notification of this process about the dossier within `ms`; undefined if there is none. */
  function nextNotification(dossierId: string, ms: number): Promise<boolean | undefined> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => done(undefined), ms);
      function done(busy: boolean | undefined): void {
        clearTimeout(timer);
        events.off(dossierId, done);
        resolve(busy);
      }
      events.once(dossierId, done);
    });
  }

  return {
    notify(dossier) {
      events.emit(dossier.id, isBusy(dossier));
      events.emit(ANY);
    },
    changed: () => void events.emit(ANY),
    listen(heard) {
      events.on(ANY, heard);
      return () => void events.off(ANY, heard);
    },
    async waitFor(dossierId, sql, ms, begun) {
      const deadline = Date.now() + ms;
      let heard: boolean | undefined = begun || undefined;
      for (let left = ms; left > 0; left = deadline - Date.now()) {
        // listen before the query, so that no change between the two is missed
        const next = nextNotification(dossierId, Math.min(left, LOOK_EVERY_MS));
        if (heard === undefined && !(await isBusyInStore(sql, dossierId))) return;
        heard = await next;
        if (heard === false) return;
      }
    },
  };
}

function isBusy({ steps }: LiveDossier): boolean {
  return steps.some(({ state }) => state === "READY" || state === "SENT");
}

async function isBusyInStore(sql: postgres.Sql, dossierId: string): Promise<boolean> {
  const [found] = await sql<{ busy: boolean }[]>`
    select exists (select 1 from steps where dossier_id = ${dossierId} and state in ('READY', 'SENT')) as busy`;
  return found?.busy ?? false;
}
