import * as z from "zod";
import { parsePersonalId, personalIdFacts } from "../../../_shared/reference/identifiers/personal-id.ts";

/* Answers that several forms have. The forms' own schemas have been checked before: here only their presence counts. */

export const text = z.string();
export const address = z.object({ line: text, commune: text });
export const namedPerson = z.object({ fullName: text, personalId: text });

/** Sex by a personal number. An unreadable number says nothing: the agency refuses it. */
export function sexByNumber(personalId: string): "MALE" | "FEMALE" {
  const number = parsePersonalId(personalId);
  return number.ok ? personalIdFacts(number.value).sex : "FEMALE";
}
