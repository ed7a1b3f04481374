import type { Calendar } from "../clock/calendar.ts";
import { workingMinutesBetween } from "../clock/working-minutes.ts";
import type { Holding } from "./holdings.ts";

/** Entry of the ledger. `to` is null for the current holder. */
export type LedgerEntry = Omit<Holding, "at" | "holder"> & {
  holder: NonNullable<Holding["holder"]>;
  from: Date;
  to: Date | null;
  workingMinutes: number;
};

/** Facts from which a ledger is computed; a dossier of an older release may have no holdings. */
export type LedgerFacts = { receivedAt: Date; endedAt: Date | null; holdings: readonly Holding[] };

/**
 * Time from the receipt to the end, or to now, by holder. Each entry begins at the end of the previous one, so every working
 * minute belongs to exactly one entry. Holders without time are omitted.
 */
export function timeLedger(
  { receivedAt, endedAt, holdings }: LedgerFacts,
  calendar: Calendar,
  now: Date,
): LedgerEntry[] {
  const end = holdings.find(({ holder }) => holder === null)?.at;
  const until = end ? new Date(end) : endedAt;
  const spans = holdings.flatMap(({ holder, ...held }) => (holder === null ? [] : [{ ...held, holder }]));
  const [first, ...others] = spans;
  const from = { holder: "DESK" as const, agency: null, officer: null, ...first, at: receivedAt.toISOString() };
  const all = [from, ...others].map(({ at, ...held }, index) => {
    const next = others[index]?.at;
    const begin = new Date(at);
    const to = next ? new Date(next) : until;
    return { ...held, from: begin, to, workingMinutes: workingMinutesBetween(begin, to ?? now, calendar) };
  });
  const lasting = all.filter(({ from: begin, to }) => to === null || to > begin);
  return lasting.length > 0 ? lasting : all.slice(0, 1);
}
