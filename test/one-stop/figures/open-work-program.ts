import { openDatabase } from "../../../subgraphs/_shared/serving/database.ts";
import { partLog } from "../../../subgraphs/_shared/serving/log.ts";
import { failpoints } from "../../../subgraphs/one-stop/saga/failpoints.ts";
import { keepOpenWork } from "../../../subgraphs/one-stop/supervision/fold-open-work.ts";
import { randomInstant } from "./random-work.ts";

/** Process that writes the counts of open parts of DATABASE_URL, by a clock that leaps, and stops with the program that started it. */
keepOpenWork(
  {
    database: openDatabase(process.env.DATABASE_URL ?? "", { name: "open-work", pool: 2 }),
    configuration: { failpoints: failpoints() },
    log: partLog("open-work", "fatal"),
    now: () => randomInstant(Math.random()),
  },
  5,
);
process.stdin.resume().once("end", () => process.exit());
