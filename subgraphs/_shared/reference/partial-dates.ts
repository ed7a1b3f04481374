import { addDays, type LegalDay, parseLegalDay } from "./days.ts";
import { accepted, type Brand, type Fault, type Parsed, refused } from "./identifiers/parsed.ts";

/**
 * Date whose day, or month and day, may be unknown: `yyyy`, `yyyy-MM` or `yyyy-MM-dd`. Lawful for people whose papers name
 * only a year. An unknown day never becomes 1 January.
 */
export type PartialDate = Brand<string, "PartialDate">;

const malformed: Fault = {
  code: "DATE_MALFORMED",
  message: "Ngày phải được ghi theo dạng năm-tháng-ngày, năm-tháng hoặc chỉ năm, ví dụ 1993-04-12, 1993-04 hoặc 1993",
  messageEn: "A date is written yyyy-MM-dd, yyyy-MM or yyyy, such as 1993-04-12, 1993-04 or 1993",
};

/** Parses a partial date. Faults: DATE_MALFORMED, DATE_DOES_NOT_EXIST, DATE_OUT_OF_RANGE (1800 to 2200). */
export function parsePartialDate(raw: string): Parsed<PartialDate> {
  if (!/^\d{4}(-\d{2}){0,2}$/.test(raw)) return refused(malformed);
  const whole = parseLegalDay(`${raw}-01-01`.slice(0, 10));
  // The pattern and the legal day have validated the text as a day, a month or a year.
  return whole.ok ? accepted(raw as PartialDate) : whole;
}

/** A legal day as a partial date. */
export function asPartial(day: LegalDay): PartialDate {
  return day as string as PartialDate;
}

/** First possible day; a bound for comparisons, never a fact to store. */
export function earliestDay(date: PartialDate): LegalDay {
  return `${date}-01-01`.slice(0, 10) as LegalDay;
}

/** Last possible day; a bound for comparisons, never a fact to store. */
export function latestDay(date: PartialDate): LegalDay {
  if (date.length === 10) return earliestDay(date);
  const [year = 0, month = 12] = date.split("-").map(Number);
  const next = month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, "0")}-01`;
  return addDays(next as LegalDay, -1);
}

/** Year, which is always known. */
export function yearOf(date: PartialDate): number {
  return Number(date.slice(0, 4));
}
