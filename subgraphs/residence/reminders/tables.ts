import { expiryRemindersTable } from "../../_shared/reminders/tables.ts";
import { temporaryResidences } from "../temporary/tables.ts";

export { reminderSweeps } from "../../_shared/reminders/tables.ts";

/** Temporary residences in the last days of a term, once for each stay and term. */
export const expiryReminders = expiryRemindersTable(() => temporaryResidences.id);
