/**
 * The personal numbers that a part's content names under `personalId` or `headPersonalId`, wherever they stand: whose data an
 * agency looks at to answer. What is no number is left to the procedure's own problems.
 */
export function citizensNamed(content: unknown): string[] {
  if (typeof content !== "object" || content === null) return [];
  const found = Object.entries(content).flatMap(([name, value]) =>
    typeof value === "string" && /^(head)?personalId$/i.test(name) ? [value] : citizensNamed(value),
  );
  return [...new Set(found)].filter((value) => /^\d{12}$/.test(value));
}
