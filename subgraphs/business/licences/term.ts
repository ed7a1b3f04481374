import { eq } from "drizzle-orm";
import { addDays, addMonths, type LegalDay, parseLegalDay } from "../../_shared/reference/days.ts";
import type { Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { licenceEndsBefore, licenceIssuedLater, licenceTermTooLong } from "../errors.ts";
import type { LicenceKind } from "./licence-kinds.ts";
import { licenceRules } from "./tables.ts";

export type Rule = typeof licenceRules.$inferSelect;
export type Term = { issuedOn: LegalDay; expiresOn: LegalDay | null; renewBy: LegalDay | null };

/** The rule of a kind, as configured. */
export async function ruleOf(tx: Tx, kind: LicenceKind): Promise<Rule> {
  const [rule] = await tx.select().from(licenceRules).where(eq(licenceRules.kind, kind));
  if (!rule) throw new Error(`No rule of the kind ${kind} was written at the start`);
  return rule;
}

/** The longest term that the rule allows, from the day of issue. */
export function longestTerm(issuedOn: LegalDay, rule: Rule): Term {
  const { validityMonths } = rule;
  return termUntil(issuedOn, validityMonths === null ? null : addMonths(issuedOn, validityMonths), rule);
}

function termUntil(issuedOn: LegalDay, expiresOn: LegalDay | null, { renewBeforeDays }: Rule): Term {
  return { issuedOn, expiresOn, renewBy: expiresOn && addDays(expiresOn, -renewBeforeDays) };
}

type TermInput = { issuedOn: string; expiresOn?: string | null };

/** The term of an input with the last day to request its renewal; undefined, with problems, if there cannot be such a term. */
export function readTerm(input: TermInput, rule: Rule, on: LegalDay, problems: Problems): Term | undefined {
  const issuedOn = problems.take(["issuedOn"], parseLegalDay(input.issuedOn));
  const stated = input.expiresOn == null ? null : problems.take(["expiresOn"], parseLegalDay(input.expiresOn));
  if (issuedOn && issuedOn > on) problems.add(["issuedOn"], licenceIssuedLater());
  if (!issuedOn || stated === undefined) return undefined;
  const longest = longestTerm(issuedOn, rule);
  if (stated && stated <= issuedOn) problems.add(["expiresOn"], licenceEndsBefore());
  if (stated && longest.expiresOn && stated > longest.expiresOn)
    problems.add(["expiresOn"], licenceTermTooLong(rule.validityMonths ?? 0));
  return stated ? termUntil(issuedOn, stated, rule) : longest;
}
