import { FINDING_KINDS, type FindingKind, type Outcome, type Settled } from "./findings.ts";
import type { Reconciled } from "./run.ts";

export type Counts = Record<FindingKind, Record<Outcome, number>>;

export function noCounts(): Counts {
  const kinds = Object.keys(FINDING_KINDS) as FindingKind[]; // the keys of a const object are exactly its key type
  const counts = kinds.map((kind) => [kind, { RESUMED: 0, PLANNED: 0, UNANSWERED: 0, PERSON: 0 }] as const);
  return Object.fromEntries(counts) as Counts; // one for each kind
}

export function count(counts: Counts, { kind, outcome }: Settled): void {
  counts[kind][outcome]++;
}

/** 0: nothing differs, or all that did is resumed; 1: somebody must look, or a dry run left something; 2: not all asked. */
export function exitCode(counts: Counts, { silent }: Pick<Reconciled, "silent">): 0 | 1 | 2 {
  const all = Object.values(counts);
  if (silent.length > 0 || all.some(({ UNANSWERED }) => UNANSWERED > 0)) return 2;
  return all.some(({ PERSON, PLANNED }) => PERSON + PLANNED > 0) ? 1 : 0;
}
