import { inArray, sql } from "drizzle-orm";
import { insertMany } from "../../_shared/registers/insert-many.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import type { ChangeConsumer } from "../changes/consumers.ts";
import type { Change } from "../changes/types.ts";
import { dossiers } from "../tables.ts";
import { changeDeliveryId } from "./delivery-ids.ts";
import { webhookDeliveries, webhooks } from "./tables.ts";

export type WebhookRow = typeof webhooks.$inferSelect;
type DeliveryRow = typeof webhookDeliveries.$inferInsert;

/** Writes the deliveries of every change for the webhooks that it concerns. */
export const webhookConsumer: ChangeConsumer = {
  name: "webhooks",
  async take(tx, changes) {
    const all = await tx.select().from(webhooks);
    if (all.length === 0) return;
    const known = await concernedDossiers(tx, changes);
    const rows = changes.flatMap((change) => {
      const dossier = known.get(change.dossierId);
      return all.filter((each) => dossier && wants(each, dossier)).map((each) => deliveryOf(each, change));
    });
    await insertMany(tx, webhookDeliveries, rows, sql`on conflict (id) do nothing`);
  },
};

type Concerned = { province: string; office: string; procedureCode: string };

async function concernedDossiers(tx: Tx, changes: readonly Change[]): Promise<Map<string, Concerned>> {
  const ids = [...new Set(changes.map(({ dossierId }) => dossierId))];
  const { id, province, office, procedureCode } = dossiers;
  const rows = await tx.select({ id, province, office, procedureCode }).from(dossiers).where(inArray(id, ids));
  return new Map(rows.map(({ id, ...dossier }) => [id, dossier]));
}

/** True if a dossier is within the webhook's reach and fits its filter. */
function wants(webhook: WebhookRow, { province, office, procedureCode }: Concerned): boolean {
  const allows = (wanted: string | null, actual: string) => wanted === null || wanted === actual;
  return (
    allows(webhook.reachOffice, office) &&
    allows(webhook.reachProvince, province) &&
    allows(webhook.filterOffice, office) &&
    allows(webhook.filterProvince, province) &&
    allows(webhook.filterProcedure, procedureCode)
  );
}

/** Delivery of a change, to be made at once. */
export function deliveryOf({ id: webhookId }: Pick<WebhookRow, "id">, change: Change): DeliveryRow {
  const { position, dossierId, code, dossierState, at } = change;
  const id = changeDeliveryId(webhookId, change);
  return { id, webhookId, kind: "CHANGE", dossierId, code, ...position, dossierState, at };
}
