/** A violated invariant with the detail found. */
export type Violation = { invariant: Invariant; detail: string };

/** Invariants in the order of the report. */
export const INVARIANTS = {
  acknowledged: "every acknowledged request is stored under its code and with its body",
  answered: "one key has one response, and no request is rejected without a reason",
  ended: "every request ends, or waits for an agency that says so",
  single: "at most one birth, person, residency and card for each child",
  granted: "every granted step has its register entry, which belongs to its part",
  refusals: "every refusal has an expected reason",
  agreement: "the desk and the agency have the same state of every part",
  orphans: "every register entry and every part belongs to a dossier",
  tombstones: "a cancelled part has no entry, whatever is delivered later",
  history: "the history grants a step once, completes a dossier once, and ends as the state is",
  children: "a child belongs to the one dossier that is open or granted for it",
} as const;
export type Invariant = keyof typeof INVARIANTS;

/** Violations of one invariant. */
export function breaches(invariant: Invariant, details: Iterable<string | null>): Violation[] {
  return [...details].filter((detail) => detail !== null).map((detail) => ({ invariant, detail }));
}
