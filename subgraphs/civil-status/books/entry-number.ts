import { badUserInput } from "../../_shared/serving/errors.ts";

/**
 * Parts of a number in a register book.
 *
 * @throws BAD_USER_INPUT unless it is n/yyyy
 */
export function numberParts(text: string): { number: number; year: number } {
  const found = /^([1-9]\d{0,8})\/(\d{4})$/.exec(text.trim());
  if (!found) throw badUserInput("number is n/yyyy, such as 12/2026", "filter.number");
  return { number: Number(found[1]), year: Number(found[2]) };
}
