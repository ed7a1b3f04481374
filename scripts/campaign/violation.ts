/** What must always hold, and what was found that breaks it. */
export type Violation = { invariant: Invariant; detail: string };

/** In the order in which they are printed. */
export const INVARIANTS = {
  acknowledged: "acknowledged ⇒ found, under its code and with its body",
  answered: "one key has one answer, and nobody is turned away without reason",
  ended: "every request ends, or waits where the agency says so",
  single: "at most one birth, person, residency and card for each child",
  granted: "granted ⇒ the register's entry is there and belongs to the part",
  refusals: "nobody is refused what no one told an agency to refuse",
  agreement: "the desk and the agency say the same of every part",
  orphans: "no entry and no part that no dossier knows",
  tombstones: "a cancelled part has no entry, whatever is delivered later",
  history: "the history grants a step once, completes a dossier once, and ends as the state is",
  children: "a child belongs to the one dossier that is open or granted for it",
} as const;
export type Invariant = keyof typeof INVARIANTS;

/** Gathers what breaks one invariant. */
export function breaches(invariant: Invariant, details: Iterable<string | null>): Violation[] {
  return [...details].filter((detail) => detail !== null).map((detail) => ({ invariant, detail }));
}
