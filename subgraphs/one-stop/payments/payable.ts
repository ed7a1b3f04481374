import * as z from "zod";
import type { Facts } from "../definitions/dossier-kind.ts";

const payable = z.object({
  lines: z.array(z.object({ id: z.string(), name: z.string(), amountVnd: z.int().positive() })),
  dueOn: z.iso.date().nullable(),
});
/** Amounts in dong that an agency states to be paid, by its entries and their names, and the last day by its notice. */
export type Payable = z.infer<typeof payable>;

/** Content of the fact `payable` of an agency's answer; null without one. @throws if it cannot be read */
export function payableOf(facts: Facts): Payable | null {
  return facts.payable === undefined ? null : payable.parse(JSON.parse(facts.payable));
}
