import { type LegalDay, legalDayOf } from "../../_shared/reference/days.ts";
import { officeAgencyCode } from "../../_shared/reference/offices.ts";
import type { OpenDatabase } from "../../_shared/serving/database.ts";
import type { OneStopConfiguration } from "../configuration.ts";

/**
 * First number of the codes that desks reserve for their offline hours. No office receives so many dossiers on one day.
 */
export const FIRST_RESERVED = 90_001;

/** Next code of an office's day, such as `H13.155-261122-0001`. Numbers may be skipped and are never used twice. */
export async function nextCode(
  database: OpenDatabase,
  { officeCodes }: OneStopConfiguration,
  office: string,
  now: Date,
): Promise<string> {
  const day = legalDayOf(now);
  const agencyCode = officeAgencyCode(office, officeCodes);
  const [row] = await database.relaxed<{ last: number }[]>`
    insert into code_counters (agency_code, day, last) values (${agencyCode}, ${day}, 1)
    on conflict (agency_code, day) do update set last = code_counters.last + 1 returning last`;
  return codeOf(agencyCode, day, row?.last ?? 1);
}

/** Raises a counter that lost its last numbers in a crash beyond the codes that are in use. */
export async function raiseCounter(database: OpenDatabase, usedCode: string): Promise<void> {
  const prefix = usedCode.slice(0, usedCode.lastIndexOf("-"));
  const agencyCode = prefix.slice(0, prefix.lastIndexOf("-"));
  const day = `20${prefix.slice(-6, -4)}-${prefix.slice(-4, -2)}-${prefix.slice(-2)}`;
  await database.sql`
    update code_counters set last = greatest(last, (
      select coalesce(max(split_part(code, '-', 3)::int), 0) from dossiers where code like ${`${prefix}-%`} and split_part(code, '-', 3)::int < ${FIRST_RESERVED}))
     where agency_code = ${agencyCode} and day = ${day}`;
}

export function codeOf(agencyCode: string, day: LegalDay, number: number): string {
  return `${agencyCode}-${day.slice(2).replaceAll("-", "")}-${String(number).padStart(4, "0")}`;
}
