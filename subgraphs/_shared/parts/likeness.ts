/** One fact of a part, compared with the same fact of a similar entry. */
export type ComparedFact = {
  /** Path into the client's input, joined by dots. */
  field: string;
  /** Vietnamese. */
  label: string;
  here: string | null;
  there: string | null;
};

/** Suspected duplicate: a register entry that may be the same person or event as a part. An officer compares both before a grant. */
export type Likeness = {
  /** Id of the entry. */
  id: string;
  /** Type name of the entry in the graph. */
  type: string;
  /** Name of the rule that found it, UPPER_SNAKE. */
  rule: string;
  /** Vietnamese. */
  text: string;
  textEn: string;
  /** Dossier by which the entry was made. */
  dossier: string | null;
  facts: ComparedFact[];
};

/** Reason for which a part goes to an officer: it has likenesses. */
export const SUSPECTED_DUPLICATE = "SUSPECTED_DUPLICATE";

/** Likenesses that a decision does not list as compared. */
export function notCompared(
  likenesses: readonly Likeness[],
  compared: readonly string[] | null | undefined,
): Likeness[] {
  return likenesses.filter(({ id }) => !compared?.includes(id));
}

/** Fact of a grant after a comparison: codes of the dossiers of the compared entries, separated by spaces. */
export function comparisonFacts(likenesses: readonly Likeness[]): { comparedDossiers?: string } {
  const dossiers = likenesses.flatMap(({ dossier }) => dossier ?? []);
  return dossiers.length > 0 ? { comparedDossiers: dossiers.join(" ") } : {};
}

/** Likenesses without those to the entries that the officer of an earlier grant compared. */
export function notComparedBefore(
  likenesses: readonly Likeness[],
  { comparedDossiers }: { comparedDossiers?: string | undefined },
): Likeness[] {
  const compared = comparedDossiers?.split(" ") ?? [];
  return likenesses.filter(({ dossier }) => dossier === null || !compared.includes(dossier));
}
