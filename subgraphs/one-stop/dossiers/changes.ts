import { desc, eq } from "drizzle-orm";
import { demand } from "../../_shared/identity/caller.ts";
import { badUserInput, notFound } from "../../_shared/serving/errors.ts";
import type { SourceEvent } from "../../_shared/serving/streams.ts";
import type { OneStopContext } from "../loaders.ts";
import { historyRows } from "../saga/stored-history.ts";
import { history } from "../tables.ts";
import { dossierByCode } from "./dossier-list.ts";
import { entriesAfter } from "./history.ts";

const PAGE = 50;

/**
 * Events of a dossier in the order of its history, until the client disconnects: the entries after the given one, or else
 * the newest entry and all later ones.
 * @throws NOT_FOUND if the dossier is not within the caller's reach; BAD_USER_INPUT if `after` is not an id of an event
 */
export async function changesOf(
  code: string,
  after: string | null,
  ctx: OneStopContext,
): Promise<AsyncGenerator<SourceEvent>> {
  demand(ctx.caller, "dossier:read"); // the field's guard checks only once there is an event
  const dossier = await dossierByCode(ctx.db, ctx.caller, code);
  if (!dossier) throw notFound("dossier");
  const last = ctx.stream?.lastEventId ?? after;
  if (last !== null && !/^\d{1,15}$/.test(last)) throw badUserInput("after is the id of an event", "after");
  return events(dossier.id, last === null ? null : Number(last), ctx);
}

async function* events(
  dossierId: string,
  after: number | null,
  { db, stream, loaders }: OneStopContext,
): AsyncGenerator<SourceEvent> {
  let last = after ?? (await newestEntry(db, dossierId));
  if (after === null) yield { eventId: String(last) };
  while (stream && !stream.signal.aborted) {
    const entries = await entriesAfter(db, dossierId, last, PAGE);
    for (const { id } of entries) {
      last = id;
      yield { eventId: String(id) };
    }
    if (entries.length === 0) await loaders.desk().watch.entryAfter(dossierId, last, stream.signal);
  }
}

async function newestEntry(db: OneStopContext["db"], dossierId: string): Promise<number> {
  const [row] = await db
    .select()
    .from(history)
    .where(eq(history.dossierId, dossierId))
    .orderBy(desc(history.id))
    .limit(1);
  return (row && historyRows(row).at(-1)?.id) ?? 0;
}
