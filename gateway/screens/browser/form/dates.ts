/** ISO date, complete or partial, of a date as people in Vietnam type it, such as 16/11/2026, 11/2026 or 2026; other texts as they are. */
export function isoDate(typed: string): string {
  const text = typed.trim();
  const [, day, month, year] = /^(?:(\d{1,2})[/.-])?(\d{1,2})[/.-](\d{4})$/.exec(text) ?? [];
  if (!year || !month) return text;
  return [year, month, day].flatMap((each) => each?.padStart(2, "0") ?? []).join("-");
}
