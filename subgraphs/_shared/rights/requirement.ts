/** Elementary condition: a token, a scope, or a policy that holds. */
export type Atom = "authenticated" | `scope:${string}` | `policy:${string}`;

/** Clause: met if all atoms of at least one set are met. */
export type Clause = readonly (readonly Atom[])[];

/** Conjunction of clauses; without a clause everybody meets it. Clauses are normalized and distinct. */
export type Requirement = readonly Clause[];

export const OPEN: Requirement = [];

/** Maximal number of sets of a disjunction; further sets are ignored, which can only refuse more. */
const MOST_SETS = 256;

/** Requirement of one clause; open if there are no sets or an empty one, as in Apollo's router. */
export function anyOf(sets: readonly (readonly Atom[])[]): Requirement {
  if (sets.length === 0 || sets.some((set) => set.length === 0)) return OPEN;
  return [normal(sets)];
}

export function allOf(...requirements: readonly Requirement[]): Requirement {
  const clauses = new Map(requirements.flat().map((clause) => [JSON.stringify(clause), clause]));
  return [...clauses].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, clause]) => clause);
}

/** Disjunction of the requirements: it is met if at least one of them is. */
export function oneOf(requirements: readonly Requirement[]): Requirement {
  return anyOf(requirements.flatMap(setsOf));
}

/** Minimal sets of atoms that meet the requirement; one empty set if it is open. */
export function setsOf(requirement: Requirement): readonly (readonly Atom[])[] {
  let sets: readonly (readonly Atom[])[] = [[]];
  for (const clause of requirement) {
    sets = normal(sets.flatMap((set) => clause.map((other) => [...set, ...other]))).slice(0, MOST_SETS);
  }
  return sets;
}

/** True if two requirements are equivalent; may be false for equivalent ones with too many sets. */
export function isSame(one: Requirement, other: Requirement): boolean {
  const sets = setsOf(one);
  return sets.length < MOST_SETS && JSON.stringify(sets) === JSON.stringify(setsOf(other));
}

export function holds(requirement: Requirement, has: (atom: Atom) => boolean): boolean {
  return requirement.every((clause) => clause.some((set) => set.every(has)));
}

/** Names of the atoms of one kind, for each minimal set. */
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
