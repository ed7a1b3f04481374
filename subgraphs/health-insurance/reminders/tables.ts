import { expiryRemindersTable } from "../../_shared/reminders/tables.ts";
import { cards } from "../tables.ts";

export { reminderSweeps } from "../../_shared/reminders/tables.ts";

/** Cards of children whose last day is near, once for each card and last day. */
export const expiryReminders = expiryRemindersTable(() => cards.id);
