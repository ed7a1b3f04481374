import { accepted, type Brand, type Fault, type Parsed, refused } from "./identifiers/parsed.ts";

/** A legal day (ngày): `yyyy-MM-dd` in Asia/Ho_Chi_Minh. Text order is day order. */
export type LegalDay = Brand<string, "LegalDay">;

const dayMs = 86_400_000;
/** Viet Nam is at UTC+7 all year: no daylight saving, so the offset is a constant. */
const vietnamOffsetMs = 7 * 3_600_000;
const firstYear = 1800;
const lastYear = 2200;

const malformed: Fault = {
  code: "DATE_MALFORMED",
  message: "Ngày phải được ghi theo dạng năm-tháng-ngày, ví dụ 2026-02-13",
  messageEn: "A date is written yyyy-MM-dd, such as 2026-02-13",
};

const notExisting: Fault = {
  code: "DATE_DOES_NOT_EXIST",
  message: "Ngày này không có trong lịch; đề nghị kiểm tra lại ngày và tháng",
  messageEn: "There is no such day in the calendar; check day and month",
};

const outOfRange: Fault = {
  code: "DATE_OUT_OF_RANGE",
  message: `Năm phải từ ${firstYear} đến ${lastYear}; đề nghị kiểm tra lại năm`,
  messageEn: `The year must be between ${firstYear} and ${lastYear}; check the year`,
};

function utcDay(instantMs: number): LegalDay {
  // toISOString is the calendar; its first ten characters have the shape of a day by definition.
  return new Date(instantMs).toISOString().slice(0, 10) as LegalDay;
}

function utcMs(day: LegalDay): number {
  return Date.parse(`${day}T00:00:00Z`);
}

/**
 * Reads a day that exists in the Gregorian calendar, year 1800 to 2200.
 * Faults: DATE_MALFORMED, DATE_DOES_NOT_EXIST (29 February of a common year), DATE_OUT_OF_RANGE.
 */
export function parseLegalDay(raw: string): Parsed<LegalDay> {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(raw)) return refused(malformed);
  const year = Number(raw.slice(0, 4));
  if (year < firstYear || year > lastYear) return refused(outOfRange);
  const instant = Date.parse(`${raw}T00:00:00Z`);
  // The parser of the engine rolls 31 April over to 1 May; a day that exists comes back unchanged.
  if (Number.isNaN(instant) || utcDay(instant) !== raw) return refused(notExisting);
  return accepted(raw as LegalDay);
}

/** The legal day on which an instant falls in Viet Nam. Throws RangeError on an invalid Date. */
export function legalDayOf(instant: Date): LegalDay {
  return utcDay(instant.getTime() + vietnamOffsetMs);
}

/** The day `count` days later (earlier when negative). */
export function addDays(day: LegalDay, count: number): LegalDay {
  return utcDay(utcMs(day) + count * dayMs);
}

/** The same day of the month `count` months later, or the last day of a month that lacks it (Civil Code 2015, art. 148). */
export function addMonths(day: LegalDay, count: number): LegalDay {
  const [year = 0, month = 1, dayOfMonth = 1] = day.split("-").map(Number);
  const lastDay = new Date(Date.UTC(year, month + count, 0)).getUTCDate();
  return utcDay(Date.UTC(year, month - 1 + count, Math.min(dayOfMonth, lastDay)));
}

/** The first moment of the day, 00:00:00+07:00. */
export function startOfDay(day: LegalDay): Date {
  return new Date(`${day}T00:00:00+07:00`);
}

/** The last second of the day, 23:59:59+07:00: a term ends when its last day ends (Civil Code 2015, art. 148). */
export function endOfDay(day: LegalDay): Date {
  return new Date(`${day}T23:59:59+07:00`);
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: LegalDay, to: LegalDay): number {
  return Math.round((utcMs(to) - utcMs(from)) / dayMs);
}

/**
 * Completed years from `from` to `to`, such as an age; negative when `to` is earlier. A year is complete on the
 * anniversary itself; that of 29 February falls on 28 February in common years (Civil Code 2015, art. 148, by analogy).
 */
export function fullYearsBetween(from: LegalDay, to: LegalDay): number {
  if (to < from) return 0 - fullYearsBetween(to, from);
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4));
  const anniversary = from.slice(5) === "02-29" && !isLeapYear(Number(to.slice(0, 4))) ? "02-28" : from.slice(5);
  return to.slice(5) < anniversary ? years - 1 : years;
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** ISO 8601 with the offset +07:00, to the second; milliseconds only where there are any. Throws RangeError on an invalid Date. */
export function toVietnamTime(instant: Date): string {
  const local = new Date(instant.getTime() + vietnamOffsetMs).toISOString();
  return `${local.replace(/(\.000)?Z$/, "")}+07:00`;
}
