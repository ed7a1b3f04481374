import { and, eq, gte, isNull, lt, type SQL } from "drizzle-orm";
import { addDays, type LegalDay, legalDayOf } from "../../_shared/reference/days.ts";
import { LISTED_AFTER_END_DAYS } from "../../_shared/reminders/source.ts";
import type { ReminderState } from "../../_shared/reminders/state-type.ts";
import { expiryReminders, type ReminderRow } from "./tables.ts";

/** State of a reminder on a day: why it ended, or by its last day. */
export function reminderState({ endState, expiresOn }: ReminderRow, today: LegalDay): ReminderState {
  return endState ?? (expiresOn < today ? "EXPIRED" : "DUE");
}

/** Condition that a reminder has a state. */
export function hasState(state: ReminderState, now: Date): SQL | undefined {
  const { endState, expiresOn } = expiryReminders;
  if (state !== "DUE" && state !== "EXPIRED") return eq(endState, state);
  return and(isNull(endState), (state === "DUE" ? gte : lt)(expiresOn, legalDayOf(now)));
}

/** Condition that a reminder is listed without being asked for by its state: it has not ended, or expired not long ago. */
export function isListed(now: Date): SQL | undefined {
  const { endState, expiresOn } = expiryReminders;
  return and(isNull(endState), gte(expiresOn, addDays(legalDayOf(now), -LISTED_AFTER_END_DAYS)));
}
