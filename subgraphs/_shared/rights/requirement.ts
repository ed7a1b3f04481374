/** Something a caller has or has not: a token at all, a scope, or that a policy holds. */
export type Atom = "authenticated" | `scope:${string}` | `policy:${string}`;

/** Any of these sets of atoms would do, a set only as a whole. */
export type Clause = readonly (readonly Atom[])[];

/** All of these must hold; none at all is open to everybody. Clauses are in normal form and differ. */
export type Requirement = readonly Clause[];

export const OPEN: Requirement = [];

/** More sets than this are not told apart: what comes after them is as if it were not offered. */
const MOST_SETS = 256;

/** One clause, or none where it asks nothing: no sets and an empty set both hold always, as in Apollo's router. */
export function anyOf(sets: readonly (readonly Atom[])[]): Requirement {
  if (sets.length === 0 || sets.some((set) => set.length === 0)) return OPEN;
  return [normal(sets)];
}

export function allOf(...requirements: readonly Requirement[]): Requirement {
  const clauses = new Map(requirements.flat().map((clause) => [JSON.stringify(clause), clause]));
  return [...clauses].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, clause]) => clause);
}

/** What holds where at least one of these holds. */
export function oneOf(requirements: readonly Requirement[]): Requirement {
  return anyOf(requirements.flatMap(setsOf));
}

/** The sets of atoms that would do, none of which contains another: an empty set alone where nothing is asked. */
export function setsOf(requirement: Requirement): readonly (readonly Atom[])[] {
  let sets: readonly (readonly Atom[])[] = [[]];
  for (const clause of requirement) {
    sets = normal(sets.flatMap((set) => clause.map((other) => [...set, ...other]))).slice(0, MOST_SETS);
  }
  return sets;
}

/** True if both ask the same of everybody; false also where that takes more sets than are told apart. */
export function isSame(one: Requirement, other: Requirement): boolean {
  const sets = setsOf(one);
  return sets.length < MOST_SETS && JSON.stringify(sets) === JSON.stringify(setsOf(other));
}

export function holds(requirement: Requirement, has: (atom: Atom) => boolean): boolean {
  return requirement.every((clause) => clause.some((set) => set.every(has)));
}

/** The names of one kind in each of the sets that would do. */
export function namedSets(requirement: Requirement, kind: "scope" | "policy"): string[][] {
  const names = (set: readonly Atom[]) =>
    set.filter((atom) => atom.startsWith(`${kind}:`)).map((atom) => atom.slice(kind.length + 1));
  const sets = setsOf(requirement)
    .map(names)
    .filter((set) => set.length > 0);
  return [...new Map(sets.map((set) => [JSON.stringify(set), set])).values()];
}

/** Sorted, without repetitions and without sets that contain another one. */
function normal(sets: readonly (readonly Atom[])[]): Clause {
  const distinct = new Map(sets.map((set) => [...new Set(set)].sort()).map((set) => [JSON.stringify(set), set]));
  const bySize = [...distinct.values()].sort((one, other) => one.length - other.length);
  const kept: Atom[][] = [];
  for (const set of bySize) if (!kept.some((smaller) => smaller.every((atom) => set.includes(atom)))) kept.push(set);
  return kept.sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}
