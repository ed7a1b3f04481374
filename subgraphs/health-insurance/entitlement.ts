import { type LegalDay, legalDayOf } from "../_shared/reference/days.ts";
import { childCardLastDay } from "../_shared/reference/identifiers/health-card.ts";
import { earliestDay, latestDay, type PartialDate } from "../_shared/reference/partial-dates.ts";

/** `lastDay`: the last legal day on which a child's card is due and valid. */
export type Entitlement = { entitled: boolean; lastDay: LegalDay };

/**
 * Until when a child has the free card, and whether at `at` (business time): Law on Health Insurance, art. 12 and 16.
 * Where day or month of birth is unknown the latest possible day counts: a doubt takes no cover from a child.
 */
export function childCardEntitlement(dateOfBirth: PartialDate | LegalDay, at: Date): Entitlement {
  const born = dateOfBirth as PartialDate; // a whole day is a partial date of which all is known
  const lastDay = childCardLastDay(latestDay(born));
  const today = legalDayOf(at);
  return { entitled: earliestDay(born) <= today && today <= lastDay, lastDay };
}
