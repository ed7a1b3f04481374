import { addDays, type LegalDay, parseLegalDay } from "./days.ts";
import { accepted, type Brand, type Fault, type Parsed, refused } from "./identifiers/parsed.ts";

/**
 * A date of which day, or month and day, may be unknown: `yyyy`, `yyyy-MM` or `yyyy-MM-dd`. Lawful for people whose papers
 * name only a year; what is unknown stays unknown and never becomes 1 January.
 */
export type PartialDate = Brand<string, "PartialDate">;

const malformed: Fault = {
  code: "DATE_MALFORMED",
  message: "Ngày phải được ghi theo dạng năm-tháng-ngày, năm-tháng hoặc chỉ năm, ví dụ 1993-04-12, 1993-04 hoặc 1993",
  messageEn: "A date is written yyyy-MM-dd, yyyy-MM or yyyy, such as 1993-04-12, 1993-04 or 1993",
};

/** Reads a date or a part of one. Faults: DATE_MALFORMED, DATE_DOES_NOT_EXIST, DATE_OUT_OF_RANGE (1800 to 2200). */
export function parsePartialDate(raw: string): Parsed<PartialDate> {
  if (!/^\d{4}(-\d{2}){0,2}$/.test(raw)) return refused(malformed);
  const whole = parseLegalDay(`${raw}-01-01`.slice(0, 10));
  // What exists as a day or as a beginning of one has earned the brand.
  return whole.ok ? accepted(raw as PartialDate) : whole;
}

/** The first day the date can mean; a bound for comparing, never a fact to store. */
export function earliestDay(date: PartialDate): LegalDay {
  return `${date}-01-01`.slice(0, 10) as LegalDay;
}

/** The last day the date can mean; a bound for comparing, never a fact to store. */
export function latestDay(date: PartialDate): LegalDay {
  if (date.length === 10) return earliestDay(date);
  const [year = 0, month = 12] = date.split("-").map(Number);
  const next = month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, "0")}-01`;
  return addDays(next as LegalDay, -1);
}

/** The year, always known. */
export function yearOf(date: PartialDate): number {
  return Number(date.slice(0, 4));
}
