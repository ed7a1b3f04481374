/** A violated invariant with the detail found. */
export type Violation = { invariant: Invariant; detail: string };

/** Invariants in the order of the report. */
export const INVARIANTS = {
  acknowledged: "every acknowledged request is stored under its code and with its body",
  answered: "one key has one response, and no request is rejected without a reason",
  ended: "every request ends, or waits for an officer or the citizen",
  single: "at most one birth, person, residency and card for each child",
  granted: "every granted step has its register entry, which belongs to its part",
  refusals: "every refusal has an expected reason",
  agreement: "the desk and the agency have the same state of every part",
  orphans: "every register entry and every part belongs to a dossier",
  tombstones: "a cancelled part has no entry, whatever is delivered later",
  history: "the history grants a step once, completes a dossier once, and its last entry equals the state",
  changes: "a portal that reads to the end has every change once, in one order",
  webhooks: "a webhook's receiver has every change of its province under one id, those of a dossier in order",
  messages: "a change has one message, every receipt of a dossier is told, and what is sent is there once",
  portal: "the national portal has the steps of every dossier as the stream has them",
  deadlines: "a deadline is acted on once, and its time stands still while the citizen is awaited",
  codes: "a reserved code is used by the one dossier that bears it, or by none",
  payments: "a payment counts once, and the money kept is what the parts cost that were worked on",
  tickets: "a ticket has one number of a series without a gap, and one call",
  drafts: "a draft is submitted as one dossier",
  refilings: "a refused part is refiled as one linked dossier, which is decided once, and stays refused",
  lifeEvents:
    "each death, marriage, move, start of a business and transfer of land is one dossier that ends, with one act for each grant",
  children: "the duplicate keys of a child belong to its one open or granted dossier",
} as const;
export type Invariant = keyof typeof INVARIANTS;

/** Violations of one invariant. */
export function violationsOf(invariant: Invariant, details: Iterable<string | null>): Violation[] {
  return [...details].filter((detail) => detail !== null).map((detail) => ({ invariant, detail }));
}
