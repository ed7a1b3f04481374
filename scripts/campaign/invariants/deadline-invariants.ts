import type { DossierFact, SystemFacts } from "../system-facts.ts";
import { type Violation, violationsOf } from "../violation.ts";

/** First words of the entry in the history for each act that happens once in a dossier's life. */
const ENTRIES = { REMINDED: "Nhắc việc:", APOLOGISED: "Thư xin lỗi:", OVERDUE: "Quá hạn:" } as const;
/** No procedure of the campaign has a shorter term, whatever the days of the week. */
const SHORTEST_TERM_MS = 48 * 3_600_000;

/** Checks that each act has one mark and one entry, and that none is overdue before its time, without the citizen's. */
export function deadlinesKept({ dossiers, history }: SystemFacts): Violation[] {
  const notes = new Map<string, string[]>();
  for (const { dossierId, note } of history) {
    if (note !== null) notes.set(dossierId, [...(notes.get(dossierId) ?? []), note]);
  }
  return violationsOf("deadlines", [
    ...dossiers.flatMap((dossier) =>
      Object.entries(ENTRIES).map(([mark, words]) => {
        const entries = (notes.get(dossier.id) ?? []).filter((note) => note.startsWith(words)).length;
        const marks = dossier.marks[mark] === undefined ? 0 : 1;
        return entries === marks ? null : `${dossier.code} has ${marks} marks ${mark} and ${entries} entries of it`;
      }),
    ),
    ...dossiers.map(overdueTooEarly),
  ]);
}

function overdueTooEarly({ code, receivedAt, marks, holdings }: DossierFact): string | null {
  if (marks.OVERDUE === undefined) return null;
  const overdueAt = Date.parse(marks.OVERDUE);
  let awaitedMs = 0;
  for (const [place, { at, holder }] of holdings.entries()) {
    const end = Math.min(Date.parse(holdings[place + 1]?.at ?? marks.OVERDUE), overdueAt);
    if (holder === "CITIZEN") awaitedMs += Math.max(0, end - Date.parse(at));
  }
  const countedMs = overdueAt - receivedAt.getTime() - awaitedMs;
  if (countedMs >= SHORTEST_TERM_MS) return null;
  return `${code} is overdue after ${hours(countedMs)} hours, and ${hours(awaitedMs)} with the citizen`;
}

const hours = (ms: number) => Math.round(ms / 3_600_000);
