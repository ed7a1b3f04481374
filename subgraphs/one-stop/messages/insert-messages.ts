import type { Tx } from "../../_shared/serving/database.ts";
import { type Route, writtenRoute } from "./routes.ts";
import { messageDeliveries, messages } from "./tables.ts";

/** Enters messages with a delivery by each route, and passes over those that are there already. */
export async function insertMessages(
  tx: Tx,
  told: readonly (typeof messages.$inferInsert)[],
  routes: readonly Route[],
): Promise<void> {
  if (told.length === 0) return;
  const made = await tx
    .insert(messages)
    .values([...told])
    .onConflictDoNothing()
    .returning({ messageId: messages.id, dossierId: messages.dossierId, change: messages.change });
  const deliveries = made.flatMap((message) =>
    routes.flatMap((route) => (route[0] ? [{ ...message, route: writtenRoute(route), channel: route[0] }] : [])),
  );
  if (deliveries.length > 0) await tx.insert(messageDeliveries).values(deliveries);
}
