import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";

export type Database = PostgresJsDatabase;
/** A transaction, or the database if one statement is enough. */
export type Tx = Pick<
  Database,
  "select" | "selectDistinctOn" | "insert" | "update" | "delete" | "execute" | "$with" | "with"
>;

export type OpenDatabase = {
  db: Database;
  /** For handwritten SQL, on separate connections, because drizzle changes how the driver reads dates and JSON. */
  sql: postgres.Sql;
  /** Small pool whose commits do not wait for the disk: for the access log and for accepted nonces. */
  relaxed: postgres.Sql;
  /** Resolves if the database answers within a second; rejects otherwise. */
  ping(): Promise<void>;
  close(): Promise<void>;
};

/**
 * Opens the agency's own database. Every statement has a deadline, and so has every pause within a transaction: the server ends the
 * transaction of a process that stalls, so that its locks do not stop the other processes. The pool reconnects fast after a restart of
 * the server.
 */
export function openDatabase(
  url: string,
  options: { pool?: number; statementTimeoutMs?: number; name: string },
): OpenDatabase {
  const deadlineMs = options.statementTimeoutMs ?? 10_000;
  const common = {
    connect_timeout: 5,
    // measured: the default backoff left queries unanswered for seconds after a restart of the server
    backoff: () => 0.05 + Math.random() * 0.2,
    onnotice: () => {},
    // not needed, because arrays are sent as JSON or by drizzle; with it, a pool closed while it connects leaves an unhandled rejection
    fetch_types: false,
    connection: {
      application_name: options.name,
      ...{ statement_timeout: deadlineMs, idle_in_transaction_session_timeout: deadlineMs },
    },
  };
  const sql = postgres(url, { ...common, max: options.pool ?? 10 });
  const forDrizzle = postgres(url, { ...common, max: options.pool ?? 10 });
  const relaxed = postgres(url, { ...common, max: 4, connection: { ...common.connection, synchronous_commit: "off" } });
  return {
    db: drizzle(preparing(forDrizzle)),
    sql,
    relaxed,
    ping: () =>
      within(
        1000,
        sql`select 1`.then(() => undefined),
      ),
    close: async () => {
      await Promise.all([sql.end({ timeout: 2 }), forDrizzle.end({ timeout: 2 }), relaxed.end({ timeout: 2 })]);
    },
  };
}

/**
 * Client that prepares the statements of drizzle. Drizzle uses `unsafe`, which by default asks the server for the types of
 * each statement again: a round trip and a plan for every query (measured: more than the queries themselves).
 */
function preparing(client: postgres.Sql): postgres.Sql {
  return new Proxy(client, {
    get(target, name, receiver) {
      const own: unknown = Reflect.get(target, name, receiver);
      if (typeof own !== "function") return own;
      if (name === "unsafe") {
        return (query: string, parameters: never[] = [], options = {}) =>
          target.unsafe(query, parameters, { ...options, prepare: true });
      }
      if (name === "begin" || name === "savepoint") {
        return (...args: unknown[]) =>
          own.apply(
            target,
            args.map((arg) => (typeof arg === "function" ? (tx: postgres.Sql) => arg(preparing(tx)) : arg)),
          );
      }
      return own;
    },
  });
}

/** Client-side deadline, because the driver can wait longer for a server that fails. */
export function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The database did not answer within ${ms} ms`)), ms);
  });
  return Promise.race([work, deadline]).finally(() => clearTimeout(timer));
}

type PostgresError = { code: string; message: string; constraint_name?: string };

/** PostgreSQL error that caused an error of drizzle or postgres.js, if there is one. */
function postgresError(error: unknown): PostgresError | undefined {
  for (let e = error; e instanceof Error; e = e.cause) {
    if ("code" in e && typeof e.code === "string" && /^[0-9A-Z]{5}$/.test(e.code)) return e as unknown as PostgresError;
  }
  return undefined;
}

/**
 * True if a text has a character that PostgreSQL cannot store, such as U+0000 or half a surrogate pair, which is the sender's
 * fault.
 */
export function isUnstorableText(error: unknown): boolean {
  const found = postgresError(error);
  // invalid_text_representation of JSON: JSON.stringify escapes half a surrogate pair, and PostgreSQL refuses the escape
  if (found?.code === "22P02") return found.message.includes("for type json");
  return found?.code === "22021" || found?.code === "22P05"; // character_not_in_repertoire, untranslatable_character
}

/** Name of the violated unique or exclusion constraint; undefined for any other error. */
export function violatedUnique(error: unknown): string | undefined {
  const found = postgresError(error);
  return found && (found.code === "23505" || found.code === "23P01") ? (found.constraint_name ?? "unknown") : undefined;
}

/** Name of the constraint, or of the rule of a trigger, by which the database refuses a row (SQLSTATE 23…); undefined for any other error. */
export function integrityViolation(error: unknown): string | undefined {
  const found = postgresError(error);
  return found?.code.startsWith("23") ? (found.constraint_name ?? found.message) : undefined;
}

/** A concurrent transaction has changed what this one read before its locks: it is attempted again. */
export class LostRace extends Error {
  constructor() {
    super("A concurrent transaction has changed what this one had read");
  }
}

/** Number of times that a concurrent transaction may win before the request fails, and its sender repeats it. */
const RETRIES_AFTER_A_RACE = 3;

/** Attempts a transaction again while a concurrent one was first, so that it sees what that one did. */
export async function afterLostRaces<T>(attempt: () => Promise<T>): Promise<T> {
  for (let attempts = 1; ; attempts++) {
    try {
      return await attempt();
    } catch (error) {
      if (!isLostRace(error) || attempts > RETRIES_AFTER_A_RACE) throw error;
    }
  }
}

/** True if a transaction failed only because a concurrent one was first, or was chosen to end a deadlock (40P01). */
function isLostRace(error: unknown): boolean {
  return error instanceof LostRace || violatedUnique(error) !== undefined || postgresError(error)?.code === "40P01";
}
