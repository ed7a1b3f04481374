import type { LegalDay } from "../../_shared/reference/days.ts";
import { parseByPattern } from "../../_shared/reference/identifiers/parsed.ts";
import type { Path, Problems } from "../../_shared/registers/act-problems.ts";
import { industriesMissing, industryMalformed, namedTwice } from "../errors.ts";
import type { IndustryList } from "../tables.ts";

export type Line = { list: IndustryList; code: string };

/** First day on which the list of Decision 36/2025/QĐ-TTg is in force. */
const LIST_OF_2025_FROM = "2025-11-15";

/** The list of industries that is in force on a day. */
export function industryListOn(day: LegalDay): IndustryList {
  return day >= LIST_OF_2025_FROM ? "2025" : "2018";
}

/** The lines of business of an input, with the list in force; faults become problems. */
export function readLines(input: readonly string[], on: LegalDay, path: Path, problems: Problems): Line[] {
  if (input.length === 0) problems.add(path, industriesMissing());
  return input.flatMap((raw, index) => {
    const code = problems.take([...path, index], parseByPattern<string>(raw, /^\d{4}$/, industryMalformed()));
    if (input.indexOf(raw) < index) problems.add([...path, index], namedTwice());
    return code ? [{ list: industryListOn(on), code }] : [];
  });
}
