import { EventEmitter } from "node:events";
import type postgres from "postgres";
import type { LiveDossier } from "./dossier.ts";

/** Tells those who wait at the counter that something happened to a dossier, in this process. */
export type Progress = {
  tell(dossier: LiveDossier): void;
  /** Calls back whenever something is told; gives what ends that. */
  listen(heard: () => void): () => void;
  /** Resolves when no agency is being called for this dossier, or after `ms`. `begun`: this process has just begun to call. */
  waitFor(dossierId: string, sql: postgres.Sql, ms: number, begun: boolean): Promise<void>;
};

// another process may be the one that moves the dossier: look, too
const LOOK_EVERY_MS = 250;
/** No dossier's id. */
const ANY = "any";

export function progress(): Progress {
  const events = new EventEmitter().setMaxListeners(0);

  /** What this process says of the dossier within `ms`; undefined if nothing. */
  function news(dossierId: string, ms: number): Promise<boolean | undefined> {
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
    tell(dossier) {
      events.emit(dossier.id, isBusy(dossier));
      events.emit(ANY);
    },
    listen(heard) {
      events.on(ANY, heard);
      return () => void events.off(ANY, heard);
    },
    async waitFor(dossierId, sql, ms, begun) {
      const deadline = Date.now() + ms;
      let heard: boolean | undefined = begun || undefined;
      for (let left = ms; left > 0; left = deadline - Date.now()) {
        // listen before looking: nothing that happens between the two is missed
        const next = news(dossierId, Math.min(left, LOOK_EVERY_MS));
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
