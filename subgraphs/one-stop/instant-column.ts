import { timestamp } from "drizzle-orm/pg-core";

/** Column of an instant. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });
