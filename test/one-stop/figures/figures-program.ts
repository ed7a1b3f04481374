import { openDatabase } from "../../../subgraphs/_shared/serving/database.ts";
import { partLog } from "../../../subgraphs/_shared/serving/log.ts";
import { changeWatch } from "../../../subgraphs/one-stop/changes/change-watch.ts";
import { consumeChanges } from "../../../subgraphs/one-stop/changes/consumers.ts";
import { settler } from "../../../subgraphs/one-stop/changes/settle-changes.ts";
import { liveRules } from "../../../subgraphs/one-stop/clock-rules/rules-log.ts";
import { figuresConsumer } from "../../../subgraphs/one-stop/figures/consumer.ts";
import { DEFAULT_BACKOFF } from "../../../subgraphs/one-stop/saga/backoff.ts";
import { failpoints } from "../../../subgraphs/one-stop/saga/failpoints.ts";
import { progress } from "../../../subgraphs/one-stop/saga/progress.ts";

/** Process that counts the figures of DATABASE_URL, and stops with the program that started it. */
const database = openDatabase(process.env.DATABASE_URL ?? "", { name: "figures", pool: 4 });
consumeChanges(
  {
    database,
    changeWatch: changeWatch(database.sql, settler(database.sql), progress()),
    configuration: {
      ...{ concurrency: 1, failpoints: failpoints() },
      backoff: { ...DEFAULT_BACKOFF, deliver: { baseMs: 10, capMs: 50 } },
    },
    log: partLog("figures", "fatal"),
  },
  [figuresConsumer(liveRules(database.sql))],
);
process.stdin.resume().once("end", () => process.exit());
