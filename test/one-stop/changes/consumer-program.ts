import { sql } from "drizzle-orm";
import { openDatabase } from "../../../subgraphs/_shared/serving/database.ts";
import { partLog } from "../../../subgraphs/_shared/serving/log.ts";
import { changeWatch } from "../../../subgraphs/one-stop/changes/change-watch.ts";
import { type ChangeConsumer, consumeChanges } from "../../../subgraphs/one-stop/changes/consumers.ts";
import { settler } from "../../../subgraphs/one-stop/changes/settle-changes.ts";
import { DEFAULT_BACKOFF } from "../../../subgraphs/one-stop/saga/backoff.ts";
import { failpoints } from "../../../subgraphs/one-stop/saga/failpoints.ts";
import { progress } from "../../../subgraphs/one-stop/saga/progress.ts";

/** Process that consumes the stream of DATABASE_URL into the table `taken`, and stops with the program that started it. */
const database = openDatabase(process.env.DATABASE_URL ?? "", { name: "consumer", pool: 4 });

/** A consumer whose name ends in `frail` fails often; one that ends in `broken` always. */
function consumer(name: string): ChangeConsumer {
  return {
    name,
    async take(tx, changes) {
      for (const { dossierId, note } of changes)
        await tx.execute(sql`insert into taken (consumer, change) values (${name}, ${`${dossierId} ${note}`})`);
      if (name.endsWith("broken") || (name.endsWith("frail") && Math.random() < 0.5)) throw new Error("It fails");
    },
  };
}

consumeChanges(
  {
    database,
    changeWatch: changeWatch(database.sql, settler(database.sql), progress()),
    configuration: {
      ...{ concurrency: Number(process.env.CONCURRENCY ?? 1), failpoints: failpoints() },
      backoff: { ...DEFAULT_BACKOFF, deliver: { baseMs: 10, capMs: 50 } },
    },
    log: partLog("consumer", "fatal"),
  },
  (process.env.CONSUMERS ?? "").split(",").map(consumer),
);
process.stdin.resume().once("end", () => process.exit());
