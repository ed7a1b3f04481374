import { bigint, boolean, date, pgTable } from "drizzle-orm/pg-core";

/** The stream's only row: the number of a row of the history up to which the stream is complete. */
export const changeStream = pgTable("change_stream", {
  only: boolean("only").primaryKey().default(true),
  settled: bigint("settled", { mode: "number" }).notNull(),
});

/** Position of the stream at the end of each day, by the database's clock, for the retention. */
export const changeDays = pgTable("change_days", {
  day: date("day").primaryKey(),
  settled: bigint("settled", { mode: "number" }).notNull(),
});
