import type { PartProblem } from "../_shared/parts/procedure.ts";
import { asPartial } from "../_shared/reference/partial-dates.ts";
import type { KnownBirth } from "./births.ts";
import type { BirthContent } from "./contents.ts";
import { birthOrderTaken, noticeAlreadyUsed } from "./errors.ts";
import { motherKey } from "./mother-key.ts";

/**
 * Order of this child among those that a mother bore on a day, or the reason why it is one of those registered already. The declared
 * order holds; without one it is the first, or the next if different notices prove that all of them are different.
 */
export function birthOrderOf(content: BirthContent, known: readonly KnownBirth[]): number | PartProblem {
  const { child } = content;
  const same = known.find((birth) => child.birthNotice !== null && birth.birthNotice === child.birthNotice);
  if (same) return noticeAlreadyUsed(same.dossier);
  const key = motherKey(content);
  const siblings = known.filter((b) => b.motherKey === key && b.dateOfBirth === asPartial(child.dateOfBirth));
  const order = declaredOrder(content);
  const holder = siblings.find((birth) => birth.birthOrder === order);
  if (!holder) return order;
  const allHaveNotices = child.birthNotice !== null && siblings.every((birth) => birth.birthNotice !== null);
  if (child.multipleBirth || !allHaveNotices) return birthOrderTaken(holder.dossier);
  return Math.max(...siblings.map((birth) => birth.birthOrder)) + 1;
}

/** Declared order, or the first. */
export function declaredOrder({ child }: BirthContent): number {
  return child.multipleBirth?.order ?? 1;
}
