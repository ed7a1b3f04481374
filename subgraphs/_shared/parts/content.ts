import * as z from "zod";
import { parseLegalDay } from "../reference/days.ts";
import type { Parsed } from "../reference/identifiers/parsed.ts";
import { parsePersonalId } from "../reference/identifiers/personal-id.ts";
import { parsePartialDate } from "../reference/partial-dates.ts";
import type { PartProblem } from "./procedure.ts";

/*
 * Building blocks of the schemas of parts' contents. A content that does not match its schema is an error of the sender; a
 * value that matches the schema but that a parser refuses is a problem of the citizen's request.
 */

/** Text that a parser of the reference data must accept, with the parser's type. */
export function readBy<T>(parse: (raw: string) => Parsed<T>) {
  return z.string().transform((raw, context) => {
    const parsed = parse(raw);
    if (parsed.ok) return parsed.value;
    context.addIssue(parsed.fault.messageEn);
    return z.NEVER;
  });
}

export const personalId = readBy(parsePersonalId);
export const legalDay = readBy(parseLegalDay);
export const partialDate = readBy(parsePartialDate);

/** Text that a client may omit or leave empty. */
export const optionalText = z
  .string()
  .nullish()
  .transform((given) => given || null);

/**
 * Facts and day of an earlier grant that the register has lost, as the desk kept them from the agency's answer. The agency
 * enters them again. `comparedDossiers` is the fact of an officer's comparison, which any grant may have.
 */
export function grantedBefore<Facts extends z.ZodRawShape>(facts: Facts) {
  return z.object({ ...facts, comparedDossiers: z.string().optional(), on: legalDay }).nullish();
}

/** Dossiers whose entries an officer of an earlier step has compared with this one; the agency does not ask for it again. */
export const comparedDossiers = z.array(z.string()).default([]);

type Parent = { personalId: string | null };

/** Personal numbers of the parents who have one, the guardians of the child. */
export function parentNumbers({ mother, father }: { mother: Parent | null; father?: Parent | null }): string[] {
  return [mother?.personalId, father?.personalId].filter((number) => typeof number === "string");
}

/** Parses values one by one and collects the faults, so that a request gets all of them at once. */
export type ValueReader = {
  readonly problems: readonly PartProblem[];
  /** Parsed value. For an invalid value, records the fault and returns the raw one, so that the other values can be examined. */
  take<T extends string>(path: string[], raw: string, parse: (raw: string) => Parsed<T>): T;
  add(problem: PartProblem): void;
};

/** Reader of one part's content. An invalid value must never be registered. */
export function valueReader(): ValueReader {
  const problems: PartProblem[] = [];
  return {
    problems,
    take<T extends string>(path: string[], raw: string, parse: (raw: string) => Parsed<T>): T {
      const parsed = parse(raw);
      if (parsed.ok) return parsed.value;
      problems.push({ ...parsed.fault, path });
      return raw as T; // its problem refuses the part before anything is registered
    },
    add: (problem) => void problems.push(problem),
  };
}
