import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";

export type Database = PostgresJsDatabase;
/** A transaction, or the database where one statement is enough. */
export type Tx = Pick<
  Database,
  "select" | "selectDistinctOn" | "insert" | "update" | "delete" | "execute" | "$with" | "with"
>;

export type OpenDatabase = {
  db: Database;
  /** For SQL written by hand, on connections of its own: drizzle takes over the driver's reading of dates and JSON. */
  sql: postgres.Sql;
  /** A small pool whose commits do not wait for the disk: for the access log alone. */
  relaxed: postgres.Sql;
  /** Resolves if the database answers within a second; rejects otherwise. */
  ping(): Promise<void>;
  close(): Promise<void>;
};

/** Opens the agency's own database. Every statement has a deadline; the pool reconnects fast after a restart of the server. */
export function openDatabase(
  url: string,
  options: { pool?: number; statementTimeoutMs?: number; name: string },
): OpenDatabase {
  const common = {
    connect_timeout: 5,
    // measured: the default backoff left queries unanswered for seconds after a restart of the server
    backoff: () => 0.05 + Math.random() * 0.2,
    onnotice: () => {},
    // arrays go as JSON or by drizzle; without it a pool that closes while it connects leaves a rejection nobody handles
    fetch_types: false,
    connection: { application_name: options.name, statement_timeout: options.statementTimeoutMs ?? 10_000 },
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
 * The same client with prepared statements for what drizzle sends: it uses `unsafe`, which by default asks the server for
 * the types of each statement anew, a round trip and a plan for every query (measured: more than the queries themselves).
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

/** A client-side deadline: the driver's own waits can outlast a dying server. */
export function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The database did not answer within ${ms} ms`)), ms);
  });
  return Promise.race([work, deadline]).finally(() => clearTimeout(timer));
}

type PostgresError = { code: string; constraint_name?: string };

/** The PostgreSQL error behind an error of drizzle or postgres.js, if there is one. */
function postgresError(error: unknown): PostgresError | undefined {
  for (let e = error; e instanceof Error; e = e.cause) {
    if ("code" in e && typeof e.code === "string" && /^[0-9A-Z]{5}$/.test(e.code)) return e as unknown as PostgresError;
  }
  return undefined;
}

/** True if a text holds what PostgreSQL cannot keep, such as U+0000: whoever sent it is at fault, not the program. */
export function isUnstorableText(error: unknown): boolean {
  const code = postgresError(error)?.code;
  return code === "22021" || code === "22P05"; // character_not_in_repertoire, untranslatable_character
}

/** The name of the violated unique (or exclusion) constraint, if that is what went wrong. */
export function violatedUnique(error: unknown): string | undefined {
  const found = postgresError(error);
  return found && (found.code === "23505" || found.code === "23P01") ? (found.constraint_name ?? "unknown") : undefined;
}
