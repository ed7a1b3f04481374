import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type LegalDay, toVietnamTime } from "../../../subgraphs/_shared/reference/days.ts";
import { projectPath } from "../../../subgraphs/_shared/serving/paths.ts";
import { calendarOf, nationalEntries } from "../../../subgraphs/one-stop/clock/calendar.ts";
import { type DueRequest, explainDue } from "../../../subgraphs/one-stop/clock/due.ts";
import { describeSteps } from "../../../subgraphs/one-stop/clock/explanation.ts";
import { replayExplanation } from "../../../subgraphs/one-stop/clock/replay-explanation.ts";
import {
  cutoffOf,
  FIFTEEN_HOURS,
  OFFICE_CLOSED,
  type ServiceRule,
  supplementRule,
  type Term,
} from "../../../subgraphs/one-stop/clock/terms.ts";
import { postedTextFault } from "../../../subgraphs/one-stop/procedures/posted-text.ts";

const { deadlines } = JSON.parse(readFileSync(projectPath("test", "data", "identifier-test-vectors.json"), "utf8"));

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
  test.each(cases)("the due day is that of the fixture for %s", (_, request, dueDate) => {
    const { steps, lastDay, dueAt } = explainDue(request);
    expect([lastDay, toVietnamTime(dueAt as Date)]).toEqual([dueDate, `${dueDate}T23:59:59+07:00`]);
    expect(replayExplanation(steps)).toEqual(dueAt);
  });
});

describe("the cut-off", () => {
  test("the cut-off of 15:00 applies by default only to same-day civil status and the interlinked groups", () => {
    expect(cutoffOf("civil_status", "WORKING_DAY_SAME")).toEqual(FIFTEEN_HOURS);
    expect(cutoffOf("interlinked", "WORKING_DAY")).toEqual(FIFTEEN_HOURS);
    expect(cutoffOf("civil_status", "WORKING_DAY")).toEqual(OFFICE_CLOSED);
    expect(cutoffOf("certification", "WORKING_DAY_SAME")).toEqual(OFFICE_CLOSED);
    const everywhere = { sameDayDomains: ["certification"], domains: [] };
    expect(cutoffOf("certification", "WORKING_DAY_SAME", everywhere)).toEqual(FIFTEEN_HOURS);
  });

  test("all other procedures have the end of office hours as cut-off: a submission at night counts from the next working day", () => {
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

  test("a suspended clock does not count the days for which the citizen is awaited", () => {
    const suspensions = [suspension("2026-03-10T10:00:00", "2026-03-12T10:00:00")];
    expect(due({ ...monday, suspensions })).toBe("2026-03-16");
  });

  test("a suspended clock loses nothing when the answer comes on the day of the request", () => {
    expect(due({ ...monday, suspensions: [suspension("2026-03-10T10:00:00", "2026-03-10T16:00:00")] })).toBe(
      "2026-03-12",
    );
  });

  test("a suspended clock restarts from the beginning if the rule says so", () => {
    const suspensions = [suspension("2026-03-10T10:00:00", "2026-03-12T10:00:00", "RESTART")];
    expect(due({ ...monday, suspensions })).toBe("2026-03-17");
  });

  test("a suspended clock has no due date and states the reason", () => {
    const { dueAt, steps } = explainDue({ ...monday, suspensions: [suspension("2026-03-10T10:00:00", null)] });
    expect(dueAt).toBeNull();
    expect(steps.at(-1)).toEqual({ rule: "STILL_SUSPENDED", reason: "CITIZEN" });
    expect(replayExplanation(steps)).toBeNull();
  });

  test("a suspended clock with a planned end has a due date that states its assumption", () => {
    const planned = { ...suspension("2026-03-10T10:00:00", "2026-03-12T10:00:00"), planned: true };
    const { lastDay, dueAt, steps } = explainDue({ ...monday, suspensions: [planned] });
    expect(lastDay).toBe("2026-03-16");
    expect(steps).toContainEqual({ rule: "ASSUMED_ANSWER", at: planned.to, reason: "CITIZEN" });
    expect(replayExplanation(steps)).toEqual(dueAt);
  });

  test("a suspension after the due date changes nothing", () => {
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

  test("rules that change a term shorten it on their weekday, in their field and while they are in force", () => {
    expect(due(friday)).toBe("2026-03-19");
    expect(due({ ...friday, receivedAt: at("2026-03-12T09:00:00") })).toBe("2026-03-23");
    expect(due({ ...friday, receivedAt: at("2026-07-03T09:00:00") })).toBe("2026-07-14");
    expect(due({ ...friday, subject: { domain: "land", procedure: "1.012783", office: "31471" } })).toBe("2026-03-24");
  });

  test("rules that change a term make a no-appointment day, on which results come at once", () => {
    expect(due({ ...friday, serviceRules: [{ ...rule, effect: { kind: "SAME_DAY" } }] })).toBe("2026-03-13");
  });

  test("rules that change a term lengthen it for verification from three working days to five", () => {
    expect(due({ ...monday, extensions: [{ by: 2, reason: "VERIFICATION" }] })).toBe("2026-03-16");
  });

  test("rules that change a term add working days to a term of any unit, after its last day", () => {
    const extensions = [{ by: 2, reason: "OFFICER" as const }];
    expect(due({ ...monday, term: { quantity: 5, unit: "DAY" }, extensions })).toBe("2026-03-18");
    expect(due({ ...monday, term: { quantity: 1, unit: "WORKING_DAY_SAME" }, extensions })).toBe("2026-03-11");
    expect(due({ ...monday, term: { quantity: 1, unit: "MONTH" }, extensions })).toBe("2026-04-13");
    expect(due({ ...monday, term: { quantity: 1, unit: "HOUR" }, extensions })).toBe("2026-03-11");
  });

  test("rules that change a term give the citizen seven working days to supplement an interlinked dossier, and no term elsewhere", () => {
    expect(supplementRule("interlinked", "2026-03-10" as LegalDay)).toMatchObject({
      term: working(7),
      after: "RESUME",
    });
    expect(supplementRule("land", "2026-03-10" as LegalDay)).toMatchObject({ term: null, after: "RESUME" });
  });
});

describe("other units", () => {
  test.each([
    [{ quantity: 1, unit: "MONTH" }, "2026-01-31T09:00:00", "2026-03-02"],
    [{ quantity: 6, unit: "MONTH" }, "2026-03-10T09:00:00", "2026-09-10"],
    [{ quantity: 1, unit: "YEAR" }, "2028-02-29T09:00:00", "2029-02-28"],
  ] as const)("a term of %o from %s ends on %s", (term, receivedAt, end) => {
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
  test("the calendar of an agency has its own days off beside the national ones", () => {
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

  test("an explanation tells every rule and day in Vietnamese and English", () => {
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

  test.each<[Term, string]>([
    [working(3), "The day of receipt is Monday 2026-03-09; it is not counted (Civil Code 2015, art. 147)."],
    [{ quantity: 1, unit: "WORKING_DAY_SAME" }, "The day of receipt is Monday 2026-03-09."],
    [{ quantity: 1, unit: "HOUR" }, "The day of receipt is Monday 2026-03-09."],
  ])("an explanation of the term %o says whether the day of receipt counts", (term, sentence) => {
    const lines = describeSteps(explainDue({ ...monday, term }).steps);
    expect(lines.find(({ rule }) => rule === "RECEIPT_DAY")?.textEn).toBe(sentence);
  });

  test("an explanation of one unit is in the singular", () => {
    const lines = describeSteps(explainDue({ ...monday, term: { quantity: 1, unit: "HOUR" } }).steps);
    expect(lines.find(({ rule }) => rule === "TERM")?.textEn).toBe("The term is 1 working hour.");
  });

  test("an explanation proves its date, and one with a day left out proves none", () => {
    expect(replayExplanation(explained.steps)).toEqual(explained.dueAt);
    const counted = explained.steps.findIndex(({ rule }) => rule === "COUNTED");
    expect(() => replayExplanation(explained.steps.toSpliced(counted, 1))).toThrow(/counts|leaves out/);
    const off = explained.steps.findLastIndex(({ rule }) => rule === "SUSPENDED");
    expect(() => replayExplanation(explained.steps.toSpliced(off, 1))).toThrow(/leaves out/);
  });
});
