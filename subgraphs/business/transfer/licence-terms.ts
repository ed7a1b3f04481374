import type { Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { licenceRules } from "../licences/tables.ts";
import { type Rule, readTerm, type Term } from "../licences/term.ts";
import type { LicenceRow } from "./business-record.ts";

/** Rules of licences by their kinds. */
export type Rules = ReadonlyMap<string, Rule>;

export async function rulesOf(tx: Tx): Promise<Rules> {
  const rules = await tx.select().from(licenceRules);
  return new Map(rules.map((rule) => [rule.kind, rule]));
}

/** The term of a licence by the rule of its kind, with the last day to request its renewal; undefined, with problems, if it cannot be. */
export function termOf({ kind, issuedOn, expiresOn }: LicenceRow, rules: Rules, problems: Problems): Term | undefined {
  const rule = rules.get(kind);
  if (!rule) throw new Error(`No rule of the kind ${kind} was written at the start`);
  // a licence of a day to come would be refused; one of the past is judged on the day of its issue
  return readTerm({ issuedOn, expiresOn }, rule, issuedOn, problems);
}
