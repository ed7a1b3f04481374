import { setTimeout as pause } from "node:timers/promises";
import { eq } from "drizzle-orm";
import type { Logger } from "pino";
import type { OpenDatabase, Tx } from "../../_shared/serving/database.ts";
import type { OneStopConfiguration } from "../configuration.ts";
import { backoffMs } from "../saga/backoff.ts";
import type { ChangeWatch } from "./change-watch.ts";
import { afterRow } from "./position.ts";
import { type ChangesPage, readChanges } from "./read-changes.ts";
import { settleChanges } from "./settle-changes.ts";
import { changeConsumers, changeStream } from "./tables.ts";
import type { Change } from "./types.ts";

/** Part of the desk that learns every settled change once, in the order of the stream. */
export type ChangeConsumer = {
  /** Key of its stored position, and of its failpoints. */
  name: string;
  /** True for one that gets the changes from the first one on, also those of before its first start. */
  beginsAtFirst?: true;
  /** Writes what follows from these changes, in the transaction that stores the new position. Rejects to have them again later. */
  take(tx: Tx, changes: readonly Change[]): Promise<void>;
};

export type ConsumptionOptions = {
  database: Pick<OpenDatabase, "db" | "sql">;
  changeWatch: ChangeWatch;
  configuration: Pick<OneStopConfiguration, "concurrency" | "backoff" | "failpoints">;
  log: Logger;
};

/** Changes of one transaction. */
const BATCH_SIZE = 200;
/** Pause before a consumer is looked at again that another process is serving. */
const SERVED_ELSEWHERE_MS = 500;

/**
 * Gives each consumer all changes from its first start on, or from the first change. Any number of processes may run it: one of them at a time locks the
 * consumer's position. A consumer that fails gets the same changes again after growing pauses and delays no other one.
 */
export function consumeChanges(
  options: ConsumptionOptions,
  consumers: readonly ChangeConsumer[],
): { stop(): Promise<void> } {
  const stopped = new AbortController();
  const served = options.configuration.concurrency > 0 ? consumers : [];
  const serving = served.map((each) => serve(options, each, stopped.signal));
  return {
    async stop() {
      stopped.abort();
      await Promise.all(serving);
    },
  };
}

async function serve(options: ConsumptionOptions, consumer: ChangeConsumer, signal: AbortSignal): Promise<void> {
  const { database, changeWatch, configuration, log } = options;
  let begun = false;
  for (let failures = 0; !signal.aborted; ) {
    try {
      if (!begun) await begin(database, consumer);
      begun = true;
      const page = await consumeBatch(options, consumer);
      failures = 0;
      if (page === null) await wait(SERVED_ELSEWHERE_MS, signal);
      else if (!page.hasNextPage) await changeWatch.settledAfter(page.end.row, signal);
    } catch (error) {
      const ms = backoffMs(failures++, Math.random(), configuration.backoff.deliver);
      log.error({ err: error, consumer: consumer.name, failures, ms }, "A consumer of the stream of changes failed");
      await wait(ms, signal);
    }
  }
}

/** Pause that ends when the consumers are stopped. */
function wait(ms: number, signal: AbortSignal): Promise<void> {
  return pause(ms, undefined, { signal }).catch(() => {});
}

/** Sets the position of a new consumer: the present end of the stream, unless it begins at the first change. */
async function begin(
  { db, sql }: ConsumptionOptions["database"],
  { name, beginsAtFirst }: ChangeConsumer,
): Promise<void> {
  const known = await db
    .select({ name: changeConsumers.name })
    .from(changeConsumers)
    .where(eq(changeConsumers.name, name));
  if (known.length > 0) return;
  await settleChanges(sql); // nobody may have settled the histories of earlier releases yet
  const [stream] = await db.select({ settled: changeStream.settled }).from(changeStream);
  await db
    .insert(changeConsumers)
    .values({ name, ...afterRow(beginsAtFirst ? 0 : (stream?.settled ?? 0)) })
    .onConflictDoNothing();
}

/** Gives a consumer its next changes. @returns null while another process serves the consumer */
async function consumeBatch(options: ConsumptionOptions, consumer: ChangeConsumer): Promise<ChangesPage | null> {
  const { database, changeWatch, configuration } = options;
  const { row, place, name } = changeConsumers;
  const page = await database.db.transaction(async (tx) => {
    const [from] = await tx
      .select({ row, place })
      .from(changeConsumers)
      .where(eq(name, consumer.name))
      .for("update", { skipLocked: true });
    if (!from) return null;
    const [stream] = await tx.select({ settled: changeStream.settled }).from(changeStream);
    const settled = stream?.settled ?? 0;
    const found = await readChanges(tx, { wanted: undefined, from, settled, first: BATCH_SIZE });
    if (found.nodes.length > 0) await consumer.take(tx, found.nodes);
    await tx.update(changeConsumers).set(found.end).where(eq(name, consumer.name));
    await configuration.failpoints("before-commit", consumer.name);
    return found;
  });
  if (page) changeWatch.consumed(consumer.name);
  if (page) await configuration.failpoints("after-commit", consumer.name);
  return page;
}
