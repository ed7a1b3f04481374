import { and, asc, eq, gt, max } from "drizzle-orm";
import { demand } from "../../_shared/identity/caller.ts";
import { badUserInput, notFound } from "../../_shared/serving/errors.ts";
import type { SourceEvent } from "../../_shared/serving/streams.ts";
import type { OneStopContext } from "../loaders.ts";
import { history } from "../tables.ts";
import { dossierByCode } from "./list.ts";

const PAGE = 50;

/**
 * An event for each entry of a dossier's history, in its order, for as long as it is listened to: those after the one that was
 * seen last, or from now on, beginning with what is the case now.
 * @throws NOT_FOUND where it is none of the caller's; BAD_USER_INPUT for an id that is none.
 */
export async function changesOf(
  code: string,
  after: string | null,
  ctx: OneStopContext,
): Promise<AsyncGenerator<SourceEvent>> {
  demand(ctx.caller, "dossier:read"); // the guard looks at each event, this before any
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
    const entries = await db
      .select({ id: history.id })
      .from(history)
      .where(and(eq(history.dossierId, dossierId), gt(history.id, last)))
      .orderBy(asc(history.id))
      .limit(PAGE);
    for (const { id } of entries) {
      last = id;
      yield { eventId: String(id) };
    }
    if (entries.length === 0) await loaders.desk().watch.beyond(dossierId, last, stream.signal);
  }
}

async function newestEntry(db: OneStopContext["db"], dossierId: string): Promise<number> {
  const [row] = await db
    .select({ newest: max(history.id) })
    .from(history)
    .where(eq(history.dossierId, dossierId));
  return row?.newest ?? 0;
}
