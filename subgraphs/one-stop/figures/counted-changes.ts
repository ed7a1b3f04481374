import { setTimeout as pause } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { settleForReading } from "../changes/changes.ts";
import { isBehind } from "../changes/position.ts";
import { changeConsumers, changeStream } from "../changes/tables.ts";
import type { OneStopContext } from "../loaders.ts";
import { FIGURES } from "./consumer.ts";

const LONGEST_WAIT_MS = 500;
const PAUSE_MS = 20;

/**
 * Waits until every change that was committed before is counted, at most half a second.
 * @returns false if some are not counted yet
 */
export async function countedChanges(ctx: OneStopContext): Promise<boolean> {
  await settleForReading(ctx);
  const [stream] = await ctx.db.select({ settled: changeStream.settled }).from(changeStream);
  const wanted = stream?.settled ?? 0;
  for (let waited = 0; ; waited += PAUSE_MS) {
    const [position] = await ctx.db
      .select({ row: changeConsumers.row, place: changeConsumers.place })
      .from(changeConsumers)
      .where(eq(changeConsumers.name, FIGURES));
    if (position && isBehind(wanted, position)) return true;
    if (waited >= LONGEST_WAIT_MS) return false;
    await pause(PAUSE_MS);
  }
}
