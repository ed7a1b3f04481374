import { expiryRemindersTable } from "../../_shared/reminders/tables.ts";
import { maritalConfirmations } from "../confirmations/tables.ts";

export { reminderSweeps } from "../../_shared/reminders/tables.ts";

/** Confirmations of the marital status whose last day is near, once each. */
export const expiryReminders = expiryRemindersTable(() => maritalConfirmations.id);
