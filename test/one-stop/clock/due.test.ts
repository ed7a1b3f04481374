import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, type LegalDay, toVietnamTime } from "../../../subgraphs/_shared/reference/days.ts";
import { projectPath } from "../../../subgraphs/_shared/serving/paths.ts";
import { calendarOf, nationalEntries } from "../../../subgraphs/one-stop/clock/calendar.ts";
import { type DueRequest, explainDue } from "../../../subgraphs/one-stop/clock/due.ts";
import { describeSteps, replayExplanation } from "../../../subgraphs/one-stop/clock/explanation.ts";
import {
  cutoffOf,
  FIFTEEN_HOURS,
  OFFICE_CLOSED,
  type ServiceRule,
  supplementTerm,
  TERM_UNITS,
  type Term,
} from "../../../subgraphs/one-stop/clock/terms.ts";
import { postedTextFault } from "../../../subgraphs/one-stop/procedures/posted-text.ts";
import { plainDue } from "./plain-count.ts";

const { deadlines } = JSON.parse(readFileSync(projectPath("test", "data", "identifier-test-vectors.json"), "utf8"));
/** How many random cases: 100,000 by default; CLOCK_CASES=1000000 for the long form. */
const CASES = Number(process.env.CLOCK_CASES ?? 100_000);

const at = (text: string) => new Date(`${text}+07:00`);
const due = (request: DueRequest) => explainDue(request).lastDay;
const working = (quantity: number): Term => ({ quantity, unit: "WORKING_DAY" });
/** Received on Monday 9 March 2026 at nine o'clock: a term of three working days ends on Thursday. */
const monday: DueRequest = { receivedAt: at("2026-03-09T09:00:00"), term: working(3), cutoff: null };

describe("the deadline vectors explain themselves", () => {
  const cases: [string, DueRequest, string][] = [
    ...deadlines.workingDays.map((each: { receivedAt: string; workingDays: number; dueDate: string }) => [
      `${each.workingDays} working days from ${each.receivedAt}`,
      { receivedAt: new Date(each.receivedAt), term: working(each.workingDays), cutoff: FIFTEEN_HOURS },
      each.dueDate,
    ]),
    ...deadlines.calendarDays.map((each: { receivedAt: string; calendarDays: number; dueDate: string }) => [
      `${each.calendarDays} days from ${each.receivedAt}`,
      {
        receivedAt: new Date(each.receivedAt),
        term: { quantity: each.calendarDays, unit: "DAY" },
        cutoff: FIFTEEN_HOURS,
      },
      each.dueDate,
    ]),
    ...deadlines.sameDay.map((each: { receivedAt: string; resultDate: string }) => [
      `the same day as ${each.receivedAt}`,
      {
        receivedAt: new Date(each.receivedAt),
        term: { quantity: 1, unit: "WORKING_DAY_SAME" },
        cutoff: FIFTEEN_HOURS,
      },
      each.resultDate,
    ]),
  ];
  test.each(cases)("%s", (_, request, dueDate) => {
    const { steps, lastDay, dueAt } = explainDue(request);
    expect([lastDay, toVietnamTime(dueAt as Date)]).toEqual([dueDate, `${dueDate}T23:59:59+07:00`]);
    expect(replayExplanation(steps)).toEqual(dueAt);
  });
});

describe("the cut-off", () => {
  test("of 15:00 holds by default for same-day civil status and the interlinked groups alone", () => {
    expect(cutoffOf("civil_status", "WORKING_DAY_SAME")).toEqual(FIFTEEN_HOURS);
    expect(cutoffOf("interlinked", "WORKING_DAY")).toEqual(FIFTEEN_HOURS);
    expect(cutoffOf("civil_status", "WORKING_DAY")).toEqual(OFFICE_CLOSED);
    expect(cutoffOf("certification", "WORKING_DAY_SAME")).toEqual(OFFICE_CLOSED);
    const everywhere = { sameDayDomains: ["certification"], domains: [] };
    expect(cutoffOf("certification", "WORKING_DAY_SAME", everywhere)).toEqual(FIFTEEN_HOURS);
  });

  test("elsewhere is the end of office hours: what comes at night counts from the next working day", () => {
    const request = { ...monday, cutoff: OFFICE_CLOSED };
    expect(due({ ...request, receivedAt: at("2026-03-09T17:29:59") })).toBe("2026-03-12");
    expect(due({ ...request, receivedAt: at("2026-03-09T20:00:00") })).toBe("2026-03-13");
  });
});

describe("a suspended clock", () => {
  const suspension = (from: string, to: string | null, after: "RESUME" | "RESTART" = "RESUME") => ({
    from: at(from),
    to: to === null ? null : at(to),
    reason: "CITIZEN" as const,
    after,
  });

  test("leaves out the days for which the citizen is awaited", () => {
    const suspensions = [suspension("2026-03-10T10:00:00", "2026-03-12T10:00:00")];
    expect(due({ ...monday, suspensions })).toBe("2026-03-16");
  });

  test("loses nothing when the answer comes on the day of the request", () => {
    expect(due({ ...monday, suspensions: [suspension("2026-03-10T10:00:00", "2026-03-10T16:00:00")] })).toBe(
      "2026-03-12",
    );
  });

  test("begins anew where the rule says so", () => {
    const suspensions = [suspension("2026-03-10T10:00:00", "2026-03-12T10:00:00", "RESTART")];
    expect(due({ ...monday, suspensions })).toBe("2026-03-17");
  });

  test("has no due date while it stands still, and says why", () => {
    const { dueAt, steps } = explainDue({ ...monday, suspensions: [suspension("2026-03-10T10:00:00", null)] });
    expect(dueAt).toBeNull();
    expect(steps.at(-1)).toEqual({ rule: "STILL_SUSPENDED", reason: "CITIZEN" });
    expect(replayExplanation(steps)).toBeNull();
  });

  test("that stops after the due date changes nothing", () => {
    expect(due({ ...monday, suspensions: [suspension("2026-03-13T10:00:00", null)] })).toBe("2026-03-12");
  });
});

describe("rules that change a term", () => {
  const rule: ServiceRule = {
    id: "green-friday",
    name: "Thứ Sáu xanh",
    nameEn: "Green Friday",
    weekdays: [5],
    validFrom: "2026-01-01" as LegalDay,
    validTo: "2026-06-30" as LegalDay,
    domains: ["residence"],
    procedures: null,
    offices: null,
    effect: { kind: "PERCENT", percent: 50 },
  };
  const friday: DueRequest = {
    receivedAt: at("2026-03-13T09:00:00"),
    term: working(7),
    cutoff: null,
    serviceRules: [rule],
    subject: { domain: "residence", procedure: "1.004222", office: "31471" },
  };

  test("shorten it on their weekday, in their field and while they are in force", () => {
    expect(due(friday)).toBe("2026-03-19");
    expect(due({ ...friday, receivedAt: at("2026-03-12T09:00:00") })).toBe("2026-03-23");
    expect(due({ ...friday, receivedAt: at("2026-07-03T09:00:00") })).toBe("2026-07-14");
    expect(due({ ...friday, subject: { domain: "land", procedure: "1.012783", office: "31471" } })).toBe("2026-03-24");
  });

  test("make a no-appointment day, on which results come at once", () => {
    expect(due({ ...friday, serviceRules: [{ ...rule, effect: { kind: "SAME_DAY" } }] })).toBe("2026-03-13");
  });

  test("lengthen it for verification from three working days to five", () => {
    expect(due({ ...monday, extensions: [{ by: 2, reason: "VERIFICATION" }] })).toBe("2026-03-16");
  });

  test("give the citizen seven working days to supplement an interlinked dossier, and no term elsewhere", () => {
    expect(supplementTerm("interlinked")).toEqual(working(7));
    expect(supplementTerm("land")).toBeNull();
  });
});

describe("other units", () => {
  test.each([
    [{ quantity: 1, unit: "MONTH" }, "2026-01-31T09:00:00", "2026-03-02"],
    [{ quantity: 6, unit: "MONTH" }, "2026-03-10T09:00:00", "2026-09-10"],
    [{ quantity: 1, unit: "YEAR" }, "2028-02-29T09:00:00", "2029-02-28"],
  ] as const)("%o from %s end on %s", (term, receivedAt, end) => {
    expect(due({ ...monday, term, receivedAt: at(receivedAt) })).toBe(end);
  });

  test.each([
    ["2026-03-10T11:00:00", 1, "2026-03-10T14:00:00+07:00"],
    ["2026-03-10T17:00:00", 1, "2026-03-11T08:00:00+07:00"],
    ["2026-03-13T16:30:00", 4, "2026-03-16T10:30:00+07:00"],
    ["2026-03-14T09:00:00", 8, "2026-03-16T17:30:00+07:00"],
  ])("from %s, %i working hours end at %s", (receivedAt, quantity, end) => {
    const { dueAt } = explainDue({ ...monday, receivedAt: at(receivedAt), term: { quantity, unit: "HOUR" } });
    expect(toVietnamTime(dueAt as Date)).toBe(end);
  });
});

describe("a calendar", () => {
  test("of an agency takes its own days off over the national ones", () => {
    const calendar = calendarOf([
      ...nationalEntries(),
      { date: "2026-03-11" as LegalDay, kind: "swap_off", name: "Nghỉ theo lịch của tỉnh" },
    ]);
    expect(due({ ...monday, calendar })).toBe("2026-03-13");
    expect(due(monday)).toBe("2026-03-12");
  });
});

describe("an explanation", () => {
  const explained = explainDue({
    receivedAt: at("2026-02-13T16:10:00"),
    term: working(3),
    cutoff: FIFTEEN_HOURS,
    suspensions: [
      { from: at("2026-02-24T09:00:00"), to: at("2026-02-25T09:00:00"), reason: "PAYMENT", after: "RESUME" },
    ],
  });

  test("tells every rule and day in Vietnamese and English", () => {
    const lines = describeSteps(explained.steps);
    expect(lines.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining([
        "RECEIVED",
        "AFTER_CUTOFF",
        "DAY_OFF",
        "RECEIPT_DAY",
        "TERM",
        "SUSPENDED",
        "COUNTED",
        "DUE",
      ]),
    );
    for (const { text, textEn } of lines) {
      expect(text.normalize("NFD")).toMatch(/\p{M}/u);
      expect(text.replace(/\(.*\)/, "")).toMatch(/\.$/);
      expect(textEn).toMatch(/\.$/);
    }
    expect(postedTextFault(lines.find(({ rule }) => rule === "TERM")?.text ?? "")).toBeNull();
  });

  test("proves its date, and one with a day left out proves none", () => {
    expect(replayExplanation(explained.steps)).toEqual(explained.dueAt);
    const counted = explained.steps.findIndex(({ rule }) => rule === "COUNTED");
    expect(() => replayExplanation(explained.steps.toSpliced(counted, 1))).toThrow(/counts|leaves out/);
    const off = explained.steps.findLastIndex(({ rule }) => rule === "SUSPENDED");
    expect(() => replayExplanation(explained.steps.toSpliced(off, 1))).toThrow(/leaves out/);
  });
});

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
      extensions:
        extension > 0 && !hours && unit !== "YEAR" && unit !== "MONTH"
          ? [{ by: extension, reason: "VERIFICATION" as const }]
          : [],
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
