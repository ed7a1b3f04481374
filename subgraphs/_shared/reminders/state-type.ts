import { describedEnum } from "../serving/described-enum.ts";
import { LISTED_AFTER_END_DAYS, type TermState } from "./source.ts";

/** States of a reminder: those at its agency, and EXPIRED, which the desk sees by the day. */
export type ReminderState = TermState | "EXPIRED";
export const ReminderStateEnum = describedEnum<ReminderState>(
  "ReminderState",
  "State of a reminder (trạng thái nhắc).",
  {
    DUE: "Its renewal is due, and its term is not over (sắp hết hạn).",
    EXPIRED: `Its term is over without a renewal (đã hết hạn). It is listed for ${LISTED_AFTER_END_DAYS} days more.`,
    RENEWED: "It has a longer term by now (đã gia hạn).",
    SUPERSEDED: "A newer fact takes its place, such as another paper or another term (đã được thay thế).",
    CLOSED: "It was ended, revoked or closed before the end of its term (đã chấm dứt).",
  },
);
