import { type LegalDay, legalDayOf } from "../../_shared/reference/days.ts";
import { childCardLastDay } from "../../_shared/reference/identifiers/health-card.ts";
import { earliestDay, latestDay, type PartialDate } from "../../_shared/reference/partial-dates.ts";

/** `lastDay`: the last legal day on which a child is entitled to the card and the card is valid. */
export type Entitlement = { entitled: boolean; lastDay: LegalDay };

/**
 * Entitlement of a child to the free card at `at` (business time): Law on Health Insurance, art. 12 and 16. Where the day or
 * month of birth is unknown, the latest possible day counts, so that no child loses cover because of a doubt.
 */
export function childCardEntitlement(dateOfBirth: PartialDate | LegalDay, at: Date): Entitlement {
  const born = dateOfBirth as PartialDate; // every full date is a partial date
  const lastDay = childCardLastDay(latestDay(born));
  const today = legalDayOf(at);
  return { entitled: earliestDay(born) <= today && today <= lastDay, lastDay };
}
