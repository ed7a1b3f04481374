import { and, eq, type SQL, sql } from "drizzle-orm";
import { demand } from "../../_shared/identity/caller.ts";
import type { PageInfo } from "../../_shared/registers/page-info-type.ts";
import { pageSize } from "../../_shared/registers/pages.ts";
import { waitWithin } from "../../_shared/serving/deadline.ts";
import type { SourceEvent } from "../../_shared/serving/streams.ts";
import type { OneStopContext } from "../loaders.ts";
import { visibleDossiers } from "../rights.ts";
import { dossiers } from "../tables.ts";
import { cursorExpired } from "./errors.ts";
import { changesPageInfo, cursorOfChange, isOfThisStream, markAt } from "./marks.ts";
import { afterRow, type Cursor, cursorAt, type Position, readCursor } from "./position.ts";
import { readChanges } from "./read-changes.ts";
import { changeStream } from "./tables.ts";
import type { Change, DossierChangeFilter } from "./types.ts";

/** Longest wait for transactions that are writing changes at the moment of a query. */
const SETTLE_MS = 500;
/** Time kept for reading the page. */
const READ_MS = 500;
const EVENTS_OF_A_READ = 50;

export type ChangesRequest = { filter: DossierChangeFilter; since: string | null; first: number };
/** Change as an event: a client that connects again sends its cursor. */
export type ChangeEvent = SourceEvent & { change: Change };
export type ListedChanges = { nodes: Change[]; pageInfo: PageInfo & { endCursor: string } };

/**
 * Page of the changes within the caller's reach, after the cursor, or else from the oldest one that is kept.
 * @throws BAD_USER_INPUT, with the reason CURSOR_EXPIRED where the changes after the cursor are no longer kept
 */
export async function listChanges(
  ctx: OneStopContext,
  { filter, since, first }: ChangesRequest,
): Promise<ListedChanges> {
  const size = pageSize(first);
  const given = since === null ? null : readCursor(since, "since");
  await settleForReading(ctx);
  const { settled, oldest } = await keptChanges(ctx, given, "since");
  const page = await readChanges(ctx.db, {
    wanted: wantedBy(ctx, filter),
    from: given ?? afterRow(oldest),
    ...{ settled, first: size },
  });
  return { nodes: page.nodes, pageInfo: await changesPageInfo(ctx.db, page, given) };
}

/** Waits, within the request's deadline, until the stream has every change that was committed before. */
export function settleForReading(ctx: OneStopContext): Promise<void> {
  return ctx.loaders.desk().settler.settle(waitWithin(ctx.deadline, SETTLE_MS, READ_MS));
}

/** Changes within the caller's reach as they happen, after the given cursor or from now on, until the client disconnects. */
export async function followChanges(
  ctx: OneStopContext,
  filter: DossierChangeFilter,
  after: string | null,
): Promise<AsyncGenerator<ChangeEvent>> {
  demand(ctx.caller, "dossier:read"); // the field's guard checks only once there is an event
  const last = ctx.stream?.lastEventId ?? after;
  const given = last === null ? null : readCursor(last, "after");
  await ctx.loaders.openedDesk();
  const { settled } = await keptChanges(ctx, given, "after");
  return events(ctx, filter, given ?? afterRow(settled));
}

async function* events(ctx: OneStopContext, filter: DossierChangeFilter, begin: Position): AsyncGenerator<ChangeEvent> {
  const { db, stream, loaders } = ctx;
  for (let from = begin; stream && !stream.signal.aborted; ) {
    const { settled } = await keptChanges(ctx, { ...from, mark: null }, "after"); // its mark was checked at the beginning
    const page = await readChanges(db, { wanted: wantedBy(ctx, filter), from, settled, first: EVENTS_OF_A_READ });
    for (const change of page.nodes) yield { eventId: cursorOfChange(change), change };
    from = page.end;
    if (!page.hasNextPage) await loaders.desk().changeWatch.settledAfter(from.row, stream.signal);
  }
}

function wantedBy({ caller }: OneStopContext, filter: DossierChangeFilter): SQL | undefined {
  return and(
    visibleDossiers(caller),
    filter.province ? eq(dossiers.province, filter.province) : undefined,
    filter.office ? eq(dossiers.office, filter.office) : undefined,
    filter.procedure ? eq(dossiers.procedureCode, filter.procedure) : undefined,
  );
}

/** Rows between which changes are kept. @throws CURSOR_EXPIRED if the cursor is not among them, or not of this stream */
export async function keptChanges({ db, loaders }: OneStopContext, cursor: Cursor | null, argument: string) {
  const { changesDays } = loaders.desk().configuration;
  const oldest = sql<number>`
    coalesce((select max(settled) from change_days where day < current_date - ${changesDays}::int), 0)`;
  const [stream] = await db
    .select({ settled: changeStream.settled, oldest: oldest.mapWith(Number) })
    .from(changeStream);
  if (!stream) throw new Error("The stream of changes has lost its row");
  if (cursor === null) return stream;
  const { settled } = stream;
  const isKept = cursor.row >= stream.oldest && cursor.row <= settled && (await isOfThisStream(db, cursor));
  if (isKept) return stream;
  throw cursorExpired(argument, cursorAt(afterRow(settled), await markAt(db, settled)), changesDays);
}
