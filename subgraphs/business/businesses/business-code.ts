import type { Parsed } from "../../_shared/reference/identifiers/parsed.ts";
import { parseHouseholdBusinessCode, parseTaxCode } from "../../_shared/reference/identifiers/tax-code.ts";

/** Reads the code of an enterprise, a branch or a household business. Faults: those of the form it is meant to be. */
export function parseBusinessCode(raw: string): Parsed<string> {
  return /^\d{10}(-?\d{3})?$/.test(raw) ? parseTaxCode(raw) : parseHouseholdBusinessCode(raw);
}
