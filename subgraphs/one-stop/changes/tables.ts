import { bigint, boolean, date, integer, pgTable, text } from "drizzle-orm/pg-core";

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

/** Positions up to which the consumers of the stream inside the desk have taken the changes. */
export const changeConsumers = pgTable("change_consumers", {
  name: text("name").primaryKey(),
  row: bigint("row", { mode: "number" }).notNull(),
  place: integer("place").notNull(),
});
