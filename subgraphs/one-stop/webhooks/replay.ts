import { and, eq, type SQL, sql } from "drizzle-orm";
import { recordChange } from "../../_shared/access-log/recorder.ts";
import { insertMany } from "../../_shared/registers/insert-many.ts";
import { pageSize } from "../../_shared/registers/pages.ts";
import { keptChanges, settleForReading } from "../changes/changes.ts";
import { changesPageInfo } from "../changes/marks.ts";
import { afterRow, isAfter, readCursor } from "../changes/position.ts";
import { readChanges } from "../changes/read-changes.ts";
import type { OneStopContext } from "../loaders.ts";
import { dossiers } from "../tables.ts";
import { deliveryOf, type WebhookRow } from "./change-deliveries.ts";
import { webhookDeliveries } from "./tables.ts";
import { webhookById } from "./webhooks.ts";

export type ReplayRequest = { webhook: string; since: string | null; until: string | null; first: number };

/** Clause for deliveries that exist: one that has ended is made again, a pending one stays as it is. */
const AGAIN = sql`
  on conflict (id) do update set state = 'PENDING', attempts = 0, next_attempt_at = now()
   where webhook_deliveries.state <> 'PENDING'`;

/**
 * Delivers the changes of a part of the stream again, page by page, with the ids of the first time.
 * @throws NOT_FOUND; BAD_USER_INPUT for a cursor, with the reason CURSOR_EXPIRED where the changes are no longer kept
 */
export async function replayWebhook(ctx: OneStopContext, { webhook: id, since, until, first }: ReplayRequest) {
  const size = pageSize(first);
  const begin = since === null ? null : readCursor(since, "since");
  const end = until === null ? null : readCursor(until, "until");
  const webhook = await webhookById(ctx, id);
  await settleForReading(ctx);
  const { settled, oldest } = await keptChanges(ctx, begin, "since");
  if (end) await keptChanges(ctx, end, "until");
  const page = await readChanges(ctx.db, {
    ...{ wanted: wantedBy(webhook), from: begin ?? afterRow(oldest), settled, first: size },
  });
  const changes = page.nodes.filter(({ position }) => end === null || !isAfter(position, end));
  await ctx.db.transaction(async (tx) => {
    const rows = changes.map((change) => deliveryOf(webhook, change));
    await insertMany(tx, webhookDeliveries, rows, AGAIN);
    await recordChange(tx, ctx.caller, [webhook.id], ["WebhookDelivery"]);
  });
  const hasNextPage = page.hasNextPage && (end === null || !isAfter(page.end, end));
  return {
    count: changes.length,
    pageInfo: await changesPageInfo(ctx.db, { ...page, nodes: changes, hasNextPage }, begin),
  };
}

function wantedBy(webhook: WebhookRow): SQL | undefined {
  const fits =
    (column: typeof dossiers.office | typeof dossiers.province | typeof dossiers.procedureCode) =>
    (value: string | null) =>
      value === null ? undefined : eq(column, value);
  return and(
    ...[webhook.reachOffice, webhook.filterOffice].map(fits(dossiers.office)),
    ...[webhook.reachProvince, webhook.filterProvince].map(fits(dossiers.province)),
    fits(dossiers.procedureCode)(webhook.filterProcedure),
  );
}
