import DataLoader from "dataloader";
import { and, asc, eq, inArray } from "drizzle-orm";
import { hasOneOf } from "../../_shared/registers/personal-numbers.ts";
import type { Context } from "../../_shared/serving/context.ts";
import { type Delivery, deliveryOf } from "../messages/loaders.ts";
import { messageDeliveries, messages } from "../messages/tables.ts";
import { isListed } from "./reminder-state.ts";
import { expiryReminders, type ReminderRow } from "./tables.ts";

export function reminderLoaders({ db, now }: Pick<Context, "db" | "now">) {
  return {
    /** Reminders by the personal number of a person whom they concern or are told and which are listed. */
    remindersByPerson: new DataLoader<string, ReminderRow[]>(async (numbers) => {
      const { people, expiresOn, id } = expiryReminders;
      const rows = await db
        .select()
        .from(expiryReminders)
        .where(and(hasOneOf(people, numbers), isListed(now)))
        .orderBy(asc(expiresOn), asc(id));
      return numbers.map((number) => rows.filter((row) => row.people.includes(number)));
    }),
    /** Deliveries of the message of each reminder. */
    deliveriesByReminder: new DataLoader<string, Delivery[]>(async (ids) => {
      const { reminderId } = messages;
      const rows = await db
        .select({ reminderId, delivery: messageDeliveries })
        .from(messages)
        .innerJoin(messageDeliveries, eq(messageDeliveries.messageId, messages.id))
        .where(inArray(reminderId, [...ids]))
        .orderBy(asc(messageDeliveries.route));
      return ids.map((id) => rows.flatMap((row) => (row.reminderId === id ? [deliveryOf(row.delivery)] : [])));
    }),
  };
}
