import type { Database } from "../serving/database.ts";

/** True if the register has the paper of a person, by personal number. */
export type HoldsPaper = (db: Database, personalId: string) => Promise<boolean>;

/** Kinds of papers that a register keeps, by the desk's code. */
export type HeldPapers = Readonly<Record<string, HoldsPaper>>;
