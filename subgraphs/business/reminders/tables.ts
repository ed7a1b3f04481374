import { expiryRemindersTable } from "../../_shared/reminders/tables.ts";
import { licences } from "../licences/tables.ts";

export { reminderSweeps } from "../../_shared/reminders/tables.ts";

/** Licences that were found in their renewal window, once for each licence and term. */
export const expiryReminders = expiryRemindersTable(() => licences.id);
