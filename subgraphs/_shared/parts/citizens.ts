/**
 * Personal numbers under `personalId` or `headPersonalId` anywhere in a part's content: the citizens whose data the agency
 * reads for its answer. Malformed numbers are skipped; the procedure reports them as problems.
 */
export function citizensNamed(content: unknown): string[] {
  if (typeof content !== "object" || content === null) return [];
  const found = Object.entries(content).flatMap(([name, value]) =>
    typeof value === "string" && /^(head)?personalId$/i.test(name) ? [value] : citizensNamed(value),
  );
  return [...new Set(found)].filter((value) => /^\d{12}$/.test(value));
}
