import { FINDING_KINDS, type FindingKind, type Outcome, type ResolvedFinding } from "./findings.ts";
import type { Reconciled } from "./run-reconciliation.ts";

export type Counts = Record<FindingKind, Record<Outcome, number>>;

export function noCounts(): Counts {
  const kinds = Object.keys(FINDING_KINDS) as FindingKind[]; // the keys of a const object are exactly its key type
  const counts = kinds.map((kind) => [kind, { RESUMED: 0, PLANNED: 0, UNANSWERED: 0, PERSON: 0 }] as const);
  return Object.fromEntries(counts) as Counts; // one for each kind
}

export function count(counts: Counts, { kind, outcome }: ResolvedFinding): void {
  counts[kind][outcome]++;
}

/** Exit code. 0: no difference, or all resumed; 1: a person must decide, or a dry run found one; 2: not all agencies answered. */
export function exitCode(counts: Counts, { unresponsive }: Pick<Reconciled, "unresponsive">): 0 | 1 | 2 {
  const all = Object.values(counts);
  if (unresponsive.length > 0 || all.some(({ UNANSWERED }) => UNANSWERED > 0)) return 2;
  return all.some(({ PERSON, PLANNED }) => PERSON + PLANNED > 0) ? 1 : 0;
}
