import type { Logger } from "pino";
import type { AccessRecorder } from "../access-log/recorder.ts";
import type { Mood } from "../demo/state.ts";
import type { Caller } from "../identity/caller.ts";
import type { Procedures } from "../parts/procedure.ts";
import type { Database, OpenDatabase } from "./database.ts";

/** What every resolver of an agency gets: who asks, the agency's own database, the law's time, and per-request loaders. */
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
  /** How the demo wants this agency to behave; `UP` outside demo mode. */
  mood: Mood;
  /** `performance.now()` milliseconds after which nobody waits for the answer any more; undefined if nobody said. */
  deadline: number | undefined;
  /** What there is only while a subscription is read. */
  stream: { signal: AbortSignal; lastEventId: string | undefined } | undefined;
  loaders: Loaders;
};
