import { eq } from "drizzle-orm";
import { settleForReading } from "../changes/changes.ts";
import { isBehind } from "../changes/position.ts";
import { changeConsumers, changeStream } from "../changes/tables.ts";
import type { OneStopContext } from "../loaders.ts";
import { FIGURES } from "./consumer.ts";

const LONGEST_WAIT_MS = 500;
/** Time between two queries of the position where another process serves the consumer. */
const LOOK_EVERY_MS = 100;

/**
 * Waits until every change that was committed before is counted, at most half a second.
 * @returns false if some are not counted yet
 */
export async function countedChanges(ctx: OneStopContext): Promise<boolean> {
  await settleForReading(ctx);
  const [stream] = await ctx.db.select({ settled: changeStream.settled }).from(changeStream);
  const wanted = stream?.settled ?? 0;
  const deadline = performance.now() + LONGEST_WAIT_MS;
  for (let left = LONGEST_WAIT_MS; ; left = deadline - performance.now()) {
    // listen before the query, so that no batch between the two is missed
    const batch = ctx.loaders
      .desk()
      .changeWatch.nextBatchOf(FIGURES, Math.ceil(Math.max(0, Math.min(left, LOOK_EVERY_MS))));
    const [position] = await ctx.db
      .select({ row: changeConsumers.row, place: changeConsumers.place })
      .from(changeConsumers)
      .where(eq(changeConsumers.name, FIGURES));
    if (position && isBehind(wanted, position)) return true;
    if (left <= 0) return false;
    await batch;
  }
}
