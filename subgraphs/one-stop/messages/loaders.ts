import DataLoader from "dataloader";
import { and, asc, desc, eq, inArray, isNull } from "drizzle-orm";
import type { Database } from "../../_shared/serving/database.ts";
import type { DeliveryState } from "./deliveries.ts";
import type { MessageKind } from "./message-kinds.ts";
import type { ChannelName } from "./routes.ts";
import { messageDeliveries, messageResends, messages } from "./tables.ts";

/** Channels as clients know them. */
export type DeliveryChannel = "EMAIL" | "SMS" | "FILE";
const CHANNELS: Record<ChannelName, DeliveryChannel> = { smtp: "EMAIL", smpp: "SMS", spool: "FILE" };

export type Delivery = { channel: DeliveryChannel; state: DeliveryState; endedAt: Date | null };
/** A message of a dossier with its deliveries. */
export type ToldMessage = { id: string; kind: MessageKind; at: Date; deliveries: Delivery[] };

export function deliveryOf({ channel, state, endedAt }: typeof messageDeliveries.$inferSelect): Delivery {
  return { channel: CHANNELS[channel], state, endedAt };
}

export function messageLoaders(db: Database) {
  return {
    /** Messages about a dossier, in the order of its changes. */
    messagesByDossier: new DataLoader<string, ToldMessage[]>(async (ids) => {
      const rows = await db
        .select({ message: messages, delivery: messageDeliveries })
        .from(messages)
        .innerJoin(messageDeliveries, eq(messageDeliveries.messageId, messages.id))
        .where(and(inArray(messages.dossierId, [...ids]), isNull(messages.reminderId)))
        .orderBy(asc(messages.change), asc(messageDeliveries.route));
      const told = new Map<string, ToldMessage & { dossierId: string }>();
      for (const { message, delivery } of rows) {
        const { id, dossierId, kind, at } = message;
        const known = told.get(id) ?? { id, dossierId, kind, at, deliveries: [] };
        known.deliveries.push(deliveryOf(delivery));
        told.set(id, known);
      }
      return ids.map((id) => [...told.values()].filter(({ dossierId }) => dossierId === id));
    }),
    /** Acts by which a delivery was sent again, the newest first. */
    resendsByDelivery: new DataLoader<string, { at: Date; by: string }[]>(async (ids) => {
      const { deliveryId, at, name: by, id } = messageResends;
      const rows = await db
        .select({ deliveryId, at, by })
        .from(messageResends)
        .where(inArray(deliveryId, [...ids]))
        .orderBy(desc(at), desc(id));
      return ids.map((each) => rows.filter((row) => row.deliveryId === each));
    }),
  };
}
