import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays, type LegalDay, toVietnamTime } from "../../../subgraphs/_shared/reference/days.ts";
import { calendarOf, nationalEntries } from "../../../subgraphs/one-stop/clock/calendar.ts";
import { type DueRequest, explainDue } from "../../../subgraphs/one-stop/clock/due.ts";
import { replayExplanation } from "../../../subgraphs/one-stop/clock/replay-explanation.ts";
import { FIFTEEN_HOURS, OFFICE_CLOSED, type ServiceRule, TERM_UNITS } from "../../../subgraphs/one-stop/clock/terms.ts";
import { plainDue } from "./plain-count.ts";

/** Number of random cases: 10,000 by default; CLOCK_CASES=1000000 for the long form. */
const CASES = Number(process.env.CLOCK_CASES ?? 10_000);

const at = (text: string) => new Date(`${text}+07:00`);
const instants = (from: string, days: number) =>
  fc.integer({ min: 0, max: days * 86_400 }).map((seconds) => new Date(at(from).getTime() + seconds * 1_000));

const requests: fc.Arbitrary<DueRequest> = fc
  .record({
    receivedAt: instants("2024-01-02T00:00:00", 5 * 365),
    unit: fc.oneof(
      { weight: 60, arbitrary: fc.constantFrom(...TERM_UNITS.slice(0, 3)) },
      { weight: 2, arbitrary: fc.constantFrom(...TERM_UNITS.slice(4)) },
      { weight: 1, arbitrary: fc.constant("HOUR" as const) },
    ),
    quantity: fc.integer({ min: 1, max: 30 }),
    cutoff: fc.constantFrom(null, FIFTEEN_HOURS, OFFICE_CLOSED),
    pauses: fc.array(
      fc.record({
        wait: fc.integer({ min: 0, max: 10 * 86_400 }),
        lasts: fc.integer({ min: 0, max: 12 * 86_400 }),
        after: fc.constantFrom("RESUME" as const, "RESUME" as const, "RESTART" as const),
        reason: fc.constantFrom("CITIZEN" as const, "PAYMENT" as const),
      }),
      { maxLength: 2 },
    ),
    isOpen: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    extension: fc.constantFrom(0, 0, 2, 5),
    rule: fc.constantFrom("NONE", "SAME_DAY", "PERCENT"),
    weekdays: fc.subarray([1, 2, 3, 4, 5, 6], { minLength: 1 }),
  })
  .map(({ receivedAt, unit, quantity, cutoff, pauses, isOpen, extension, rule, weekdays }) => {
    let from = receivedAt.getTime();
    const suspensions = pauses.map(({ wait, lasts, after, reason }, index) => {
      from += wait * 1_000 + 1_000;
      const begins = new Date(from);
      from += lasts * 1_000;
      const open = isOpen && index === pauses.length - 1;
      return { from: begins, to: open ? null : new Date(from), after, reason };
    });
    const service: ServiceRule = {
      ...{ id: "random", name: "Ngẫu nhiên", nameEn: "Random", weekdays },
      ...{ validFrom: "2025-01-01" as LegalDay, validTo: "2027-12-31" as LegalDay },
      ...{ domains: ["residence"], procedures: null, offices: null },
      effect: rule === "SAME_DAY" ? { kind: "SAME_DAY" } : { kind: "PERCENT", percent: 40 },
    };
    const hours = unit === "HOUR";
    return {
      receivedAt,
      term: {
        unit,
        quantity: hours
          ? Math.min(quantity, 10)
          : unit === "YEAR"
            ? 1
            : unit === "MONTH"
              ? (quantity % 9) + 1
              : quantity,
      },
      cutoff,
      suspensions,
      extensions: extension > 0 ? [{ by: extension, reason: "VERIFICATION" as const }] : [],
      serviceRules: rule === "NONE" || hours ? [] : [service],
      subject: { domain: "residence", procedure: "1.004222", office: "31471" },
    };
  });

test(`${CASES} random cases agree with a plain count, and every explanation proves its date`, {
  timeout: 1_800_000,
}, () => {
  fc.assert(
    fc.property(requests, (request) => {
      const { dueAt, lastDay, steps } = explainDue(request);
      const plain = plainDue(request);
      const ours = dueAt && request.term.unit === "HOUR" ? toVietnamTime(dueAt).slice(0, 16) : lastDay;
      if (ours !== plain) return false;
      return replayExplanation(steps)?.getTime() === dueAt?.getTime();
    }),
    { numRuns: CASES },
  );
});

test("a term that starts on each day of the data ends on a working day", () => {
  for (let day = "2024-01-01" as LegalDay; day < "2030-12-01"; day = addDays(day, 1)) {
    const { lastDay } = explainDue({
      receivedAt: at(`${day}T09:00:00`),
      term: { quantity: 5, unit: "DAY" },
      cutoff: null,
    });
    expect(calendarOf(nationalEntries()).statusOf(lastDay as LegalDay).works).toBe(true);
  }
});
