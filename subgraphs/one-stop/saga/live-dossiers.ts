import type { LiveDossier } from "./dossier.ts";

type Entry = { dossier: LiveDossier; users: number; turn: Promise<unknown> };

/** Cache of the dossiers that this process works on, at the newest revision that it has seen. */
export type LiveDossiers = {
  /** Caches the dossier while work on it runs, if it is known. @returns a function that ends the work */
  enter(dossierId: string, known: LiveDossier | null): () => void;
  update(dossier: LiveDossier): void;
  /** Runs `work` after the earlier work on the same dossier, with the newest cached state, or with `known`. */
  inTurn<T>(dossierId: string, known: LiveDossier, work: (newest: LiveDossier) => Promise<T>): Promise<T>;
};

export function liveDossiers(): LiveDossiers {
  const entries = new Map<string, Entry>();
  return {
    enter(dossierId, known) {
      const entry = entries.get(dossierId) ?? (known && { dossier: known, users: 0, turn: Promise.resolve() });
      if (!entry) return () => {};
      entries.set(dossierId, entry);
      entry.users++;
      return () => {
        if (--entry.users === 0) entries.delete(dossierId);
      };
    },
    update(dossier) {
      const entry = entries.get(dossier.id);
      if (entry) entry.dossier = dossier;
    },
    inTurn(dossierId, known, work) {
      const entry = entries.get(dossierId);
      const before = entry?.turn ?? Promise.resolve();
      const turn = before.then(() => work(entries.get(dossierId)?.dossier ?? known));
      if (entry) entry.turn = turn.catch(() => undefined);
      return turn;
    },
  };
}
