import type { Logger } from "pino";
import type { AccessRecorder } from "../access-log/recorder.ts";
import type { Caller } from "../identity/caller.ts";
import type { HeldPapers } from "../papers/held-papers.ts";
import type { Procedures } from "../parts/procedure.ts";
import type { ExpirySource } from "../reminders/source.ts";
import type { Database, OpenDatabase } from "./database.ts";
import type { ServingMode } from "./serving-mode.ts";

/** Context of every resolver: the caller, the agency's own database, the business time and the loaders of one request. */
export type Context<Loaders = unknown> = {
  caller: Caller;
  db: Database;
  database: OpenDatabase;
  /** The business clock at the start of the request; leases and tokens never use it. */
  now: Date;
  access: AccessRecorder;
  log: Logger;
  /** The procedures that this agency decides, for the saga. */
  procedures: Procedures;
  heldPapers: HeldPapers;
  /** Entries with a term, for the desk's reminders; undefined in an agency without any. */
  expirySource?: ExpirySource | undefined;
  mode: Pick<ServingMode, "decide">;
  /** `performance.now()` milliseconds after which the caller has given up; undefined if the request names no deadline. */
  deadline: number | undefined;
  /** Present only while a subscription is served. */
  stream: { signal: AbortSignal; lastEventId: string | undefined } | undefined;
  /** Unresponsive agencies on which the answer depends, with the start of the outage: see `reportUnavailable`. */
  unavailable?: Map<string, Date>;
  /** Operation that was executed and its outcome, for the metrics: "ok", or the code of the first error. */
  executed?: { operation: string; outcome: string };
  loaders: Loaders;
};
